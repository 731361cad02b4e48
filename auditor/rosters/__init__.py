"""Readers of rosters: one file per container, and what all of them share."""
