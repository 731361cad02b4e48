"""The command line: thin commands over `app`; errors become one line and an exit status."""

from auditor.cli.main import main

__all__ = ["main"]
