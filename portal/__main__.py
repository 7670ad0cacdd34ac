"""Lets `python -m portal` do what the command `portal` does."""

from portal.cli import main

main()
