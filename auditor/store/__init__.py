"""Runs, findings and decisions over the months."""
