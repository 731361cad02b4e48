"""What was made out of people's banners the last time."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "judgements",
        sa.Column("employee_id", sa.Text, primary_key=True),
        sa.Column("used_on", sa.Date, nullable=False, index=True),
        sa.Column("pictured", sa.Boolean, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
