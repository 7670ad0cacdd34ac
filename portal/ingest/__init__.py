"""Reads a provider's file and turns each row into an offering, or into problems that say how to mend it."""
