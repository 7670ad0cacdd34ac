"""The truth: what was published, when and by whom; the only place with SQL."""
