"""The catalogues in four languages."""
