"""The name on the page of which HR said that it is the person's."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it to the decisions; earlier ones have none."""
    op.add_column("decisions", sa.Column("page_name", sa.Text, nullable=False, server_default=""))
