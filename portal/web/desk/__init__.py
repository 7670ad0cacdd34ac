"""The desk: pages for those who publish, and for those who keep the portal. One blueprint a topic."""
