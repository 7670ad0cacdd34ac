"""Words and values of the catalogue; the ground floor, without input or output."""
