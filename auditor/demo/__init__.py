"""The invented company: people with known truth, their replica site, roster, banners and policy."""
