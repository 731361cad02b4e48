"""How banners, headlines, positions and names are judged; pure functions."""
