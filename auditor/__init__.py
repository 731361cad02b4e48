"""LinkedIn profile consistency auditor: a monthly check of banner, headline and company link."""

__version__ = "0.1.0"
