"""The monthly call in the system's own scheduler: its text, and how it gets there and away again."""
