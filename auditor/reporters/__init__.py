"""Reporters make documents of a report; pure, one file each."""
