"""Extractors read a profile out of a capture; one file per format."""
