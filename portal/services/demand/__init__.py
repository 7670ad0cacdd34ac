"""Demand: counts signals, rounds and thins the counts once, and keeps and reads what may be published."""
