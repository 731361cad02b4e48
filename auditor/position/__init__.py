"""What the positions of a profile say about working for the company. Pure."""
