"""Migrations are the only way a schema is made, and they make what the models say."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from directory.config import ROOT
from directory.database import Base, db

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
        connection.rollback()
    return found


def test_migrations_make_what_the_models_say(app):
    assert differences() == []


def test_the_guard_sees_a_missing_column(app):
    with db.engine.connect().execution_options(writes=True) as connection:
        connection.exec_driver_sql("ALTER TABLE event DROP COLUMN actor")
        connection.commit()
    assert [change[0] for change in differences()] == ["add_column"]


def test_migrations_go_down_to_nothing_and_up_again(app):
    db.session.remove()
    downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    upgrade()
    assert differences() == []


def test_numbers_follow_one_another_and_the_head_file_names_the_last():
    assert [path.name[:4] for path in VERSIONS] == [f"{n:04}" for n in range(1, len(VERSIONS) + 1)]
    assert (ROOT / "migrations" / "HEAD").read_text().strip() == VERSIONS[-1].stem


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_stands_on_its_own(path: Path):
    """It imports nothing of the application, which will have moved on when it runs."""
    assert not re.search(r"(from|import) directory", path.read_text())


def test_no_schema_is_made_by_other_means():
    source = "\n".join(path.read_text() for path in (ROOT / "directory").rglob("*.py"))
    assert "create_all" not in source
