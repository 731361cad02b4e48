"""Puts the parts together. The only place that names the concrete families."""
