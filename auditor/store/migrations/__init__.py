"""The steps by which the store's schema grew; Alembic runs them."""
