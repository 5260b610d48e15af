"""Questions that could not be answered, and daily counts."""

import sqlalchemy as sa
from alembic import op

revision = "missed"
down_revision = "releases"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "missed",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("alike", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("ranking", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(20), nullable=True),
        sa.Column("entry", sa.String(120), nullable=True),
        sa.Column("by", sa.String(64), nullable=True),
        sa.Column("at", sa.DateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_missed"),
        sa.UniqueConstraint("day", "locale", "kind", "alike", name="uq_missed_day"),
    )
    op.create_index("ix_missed_alike", "missed", ["alike"])
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("entry", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "locale", "what", "topic", "entry", name="pk_daily_count"),
    )
