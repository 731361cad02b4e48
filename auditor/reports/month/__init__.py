"""The parts of the picture of the month, index.html."""
