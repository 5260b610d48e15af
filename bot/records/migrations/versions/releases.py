"""Releases of the content, what was taken over from files, drafts, and who has which open."""

import sqlalchemy as sa
from alembic import op

revision = "releases"
down_revision = "foundation"


def upgrade() -> None:
    """Make the tables."""
    op.create_table("blob", sa.Column("digest", sa.String(64), nullable=False), sa.Column("text", sa.Text, nullable=False), sa.PrimaryKeyConstraint("digest", name="pk_blob"))
    _releases()
    _drafts()
    op.execute("INSERT INTO live_release (id, number) VALUES (1, NULL)")  # whoever writes locks these rows first
    op.execute("INSERT INTO draft_revision (id, last) VALUES (1, 0)")


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("back_to", sa.Integer, nullable=True),
        sa.Column("overrides", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_release"),
    )
    op.create_index("ix_release_version", "release", ["version"])
    op.create_table(
        "release_document",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", "path", name="pk_release_document"),
        sa.ForeignKeyConstraint(["number"], ["release.number"], name="fk_release_document_number_release"),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name="fk_release_document_digest_blob"),
    )
    op.create_table(
        "live_release",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_live_release"),
        sa.ForeignKeyConstraint(["number"], ["release.number"], name="fk_live_release_number_release"),
    )
    op.create_table(
        "imported_file",
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("waived", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("path", name="pk_imported_file"),
    )


def _drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=True),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_draft"),
    )
    op.create_table(
        "draft_revision",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft_revision"),
    )
    op.create_table(
        "presence",
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("seen", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("path", "by", name="pk_presence"),
    )
