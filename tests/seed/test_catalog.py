import json
import time

from sqlalchemy import select

from directory.audit.models import Event
from directory.catalog import actions as catalog_actions
from directory.catalog import queries
from directory.database import db, transaction
from directory.seed import actions
from tests import factories


def events():
    return [(e.actor, e.subject, e.data) for e in db.session.scalars(select(Event).order_by(Event.id))]


def test_the_command_says_what_it_did_and_the_second_time_that_nothing_changed(app):
    runner = app.test_cli_runner()
    first = runner.invoke(args=["seed", "catalog"])
    assert first.exit_code == 0
    assert first.output.splitlines()[1] == "conditions         44  44 added"
    started = time.perf_counter()
    second = runner.invoke(args=["seed", "catalog", "--json"])
    assert time.perf_counter() - started < 2
    assert json.loads(second.output) == {"read": 362, "added": 0, "changed": 0, "removed": 0, "unchanged": 362}
    assert events() == [("cli", "catalog", {"added": 362, "changed": 0, "removed": 0})]


def test_a_change_is_recorded_once_and_told_of_the_people_it_touches(catalog, monkeypatch):
    with transaction():
        neck = factories.practitioner(conditions=("neck-pain",)).id
        factories.practitioner(family_name="Other", conditions=("hip-pain",))
        queries.condition_by_slug("neck-pain").name_en = "Sore neck"
    told: list[set[int]] = []
    monkeypatch.setitem(catalog.extensions, "directory.subscribers", [told.append])
    with transaction():
        actions.seed_catalog(actor="tests")
    assert told == [{neck}]
    assert events()[-1] == ("tests", "catalog", {"added": 0, "changed": 1, "removed": 0})
    assert queries.condition_by_slug("neck-pain").name_en == "Neck pain"


def test_a_fault_stops_everything(app, monkeypatch, tmp_path):
    monkeypatch.setattr(catalog_actions.load, "__kwdefaults__", {"folder": tmp_path})
    result = app.test_cli_runner().invoke(args=["seed", "catalog"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: Nothing was loaded. conditions.json: cannot be read")
    assert events() == []
