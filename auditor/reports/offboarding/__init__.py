"""The documents of a departure: cases, steps, letters."""
