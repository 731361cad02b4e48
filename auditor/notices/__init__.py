"""Notices to people: the messages, and how they are sent."""
