"""The invented company: people, banners and a replica site on loopback."""
