"""One file for each container of rosters."""
