"""The revisions are one line and lead to the very tables that the code expects, from nothing and from every form that was ever in service."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import bot.records
from bot.records.database import MIGRATIONS, Database
from bot.records.tables import METADATA

FORMER = ("foundation", "conversations", "webinars", "releases", "missed", "missed+conversations", "missed+webinars", "missed+conversations+webinars")


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    return made


def revisions(database: Database) -> list[str]:
    with database.read() as connection:
        return sorted(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def differences(database: Database) -> list[object]:
    for module in pkgutil.iter_modules(bot.records.__path__):
        importlib.import_module(f"bot.records.{module.name}")
    with database.read() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


def test_the_revisions_end_in_one_head():
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1, "two revisions follow the same one: let the newer follow the other"


def test_every_former_head_is_tried():
    line = ScriptDirectory.from_config(config())
    assert {name for former in FORMER for name in former.split("+")} == {one.revision for one in line.walk_revisions("base", "one_line")} - {"one_line"}


def test_the_revisions_make_the_tables_that_the_code_expects(database):
    assert differences(database) == []
    assert len(METADATA.tables) >= 4


@pytest.mark.parametrize("former", FORMER)
def test_a_database_of_any_former_form_is_brought_up_to_date_with_all_it_holds(url, former):
    database = Database(url)
    _bring_to(database, former.split("+"))
    with database.begin() as connection:
        connection.execute(text("INSERT INTO account (name, password, created, failures) VALUES ('edith', 'x', '2025-06-15 12:00:00', 3)"))
    database.upgrade()
    assert revisions(database) == ScriptDirectory.from_config(config()).get_heads()
    assert differences(database) == []
    with database.read() as connection:
        assert connection.execute(text("SELECT name, failures FROM account")).all() == [("edith", 3)]
    database.close()


def _bring_to(database: Database, revisions: list[str]) -> None:
    if database.is_sqlite:
        Path(str(database.url.database)).parent.mkdir(parents=True)
    with database.begin() as connection:
        made = config()
        made.attributes["connection"] = connection
        for revision in revisions:
            command.upgrade(made, revision)


def test_a_second_start_changes_nothing(database):
    before = revisions(database)
    database.upgrade()
    assert revisions(database) == before
    assert before
