"""Profile pages of several years and forms, with invented people on them."""
