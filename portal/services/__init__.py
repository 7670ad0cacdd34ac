"""What the portal does, without knowing the web, SQL or the search engine."""
