"""A leaver's case: which side is open, when it closes. Pure."""
