"""One file for each document that a run writes."""
