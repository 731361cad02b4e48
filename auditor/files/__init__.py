"""The floor under everything that touches files: tables, archives, locks."""
