"""Osaset: the catalogue and search portal of micro-credentials."""

__version__ = "0.1.0"
