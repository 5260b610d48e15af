"""Live question-and-answer sessions: their questions, what happened, votes."""

import sqlalchemy as sa
from alembic import op

revision = "webinars"
down_revision = "foundation"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "webinar",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("notice", sa.String(40), nullable=True),
        sa.Column("rehearsal", sa.Boolean, nullable=False),
        sa.Column("opened", sa.DateTime, nullable=False),
        sa.Column("closed", sa.DateTime, nullable=True),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("secret", sa.LargeBinary(32), nullable=False),
        sa.Column("handed", sa.DateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_webinar"),
        sa.UniqueConstraint("code", name="uq_webinar_code"),
    )
    op.create_table(
        "webinar_event",
        _webinar("webinar_event"),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("by", sa.String(64), nullable=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("webinar", "number", name="pk_webinar_event"),
    )
    op.create_table(
        "webinar_question",
        _webinar("webinar_question"),
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("message", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("locale", sa.String(2), nullable=True),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=True),
        sa.Column("votes", sa.Integer, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("traits", sa.LargeBinary, nullable=True),
        sa.Column("model", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("webinar", "id", name="pk_webinar_question"),
    )
    op.create_table(
        "webinar_vote",
        _webinar("webinar_vote"),
        sa.Column("question", sa.String(24), nullable=False),
        sa.Column("participant", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("webinar", "question", "participant", name="pk_webinar_vote"),
    )


def _webinar(table: str) -> sa.Column:
    return sa.Column("webinar", sa.Integer, sa.ForeignKey("webinar.id", name=f"fk_{table}_webinar_webinar", ondelete="CASCADE"), nullable=False)
