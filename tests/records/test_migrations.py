"""The revisions lead to the very tables that the code expects, from nothing."""

from __future__ import annotations

import importlib
import pkgutil

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

import bot.records
from bot.records.tables import METADATA


def test_the_revisions_make_the_tables_that_the_code_expects(database):
    for module in pkgutil.iter_modules(bot.records.__path__):
        importlib.import_module(f"bot.records.{module.name}")
    with database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)
    assert differences == []
    assert len(METADATA.tables) >= 4


def test_a_second_start_changes_nothing(database):
    def tables() -> list[str]:
        with database.read() as connection:
            return sorted(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())

    before = tables()
    database.upgrade()
    assert tables() == before
    assert before
