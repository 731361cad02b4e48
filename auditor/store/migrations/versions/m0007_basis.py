"""What an examination rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of the examinations there are nothing is known."""
    op.add_column("examinations", sa.Column("basis", sa.JSON))
