"""Measurements: they tell how long and how much; tests tell whether."""
