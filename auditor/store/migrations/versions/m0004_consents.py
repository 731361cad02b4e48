"""The consents of members: register, personal links, tokens and what was fetched under them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the six tables."""
    op.create_table(
        "consents",
        sa.Column("employee_id", sa.Text, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("invited_on", sa.Date),
        sa.Column("consented_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("reminded_on", sa.Date),
        sa.Column("refused_on", sa.Date),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("expired_on", sa.Date),
        sa.Column("grant", sa.String(32), nullable=False),
    )
    op.create_table(
        "consent_invitations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("employee_id", sa.Text, nullable=False, index=True),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("issued_at", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
        sa.Column("revoked_at", sa.String(40)),
        sa.Column("opened_at", sa.String(40)),
        sa.Column("opened", sa.Integer, nullable=False),
    )
    op.create_table(
        "consent_requests",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("employee_id", sa.Text, nullable=False, index=True),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("issued_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "consent_tokens",
        sa.Column("employee_id", sa.Text, primary_key=True),
        sa.Column("grant", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "consent_snapshots",
        sa.Column("employee_id", sa.Text, primary_key=True),
        sa.Column("grant", sa.String(32), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("fetched_at", sa.String(40), nullable=False, index=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "throttles",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("began_at", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
