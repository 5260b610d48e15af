"""Conversations that several processes share."""

import sqlalchemy as sa
from alembic import op

revision = "conversations"
down_revision = "foundation"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "conversation",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("memory", sa.Text, nullable=False),
        sa.Column("used", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversation"),
    )
    op.create_index("ix_conversation_used", "conversation", ["used"])
