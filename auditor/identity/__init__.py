"""Whether a page is the person's. Pure."""
