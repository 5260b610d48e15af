"""The intents that a live session's kept probabilities speak of."""

import sqlalchemy as sa
from alembic import op

revision = "webinar_models"
down_revision = "one_line"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "webinar_model",
        sa.Column("webinar", sa.Integer, sa.ForeignKey("webinar.id", name="fk_webinar_model_webinar_webinar", ondelete="CASCADE"), nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("intents", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("webinar", "model", name="pk_webinar_model"),
    )
