"""A leaver's case: its steps, which side is open, when it closes, which letter comes next. Pure."""
