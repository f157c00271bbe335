"""A part that fails leaves nothing of itself, and the same file again completes what is missing."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from directory.audit.models import Event
from directory.credentials.models import Credential
from directory.database import db, subscribe
from directory.imports import actions
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner
from tests.imports.tables import LICENSED, ada, load, outcome

COUNT = 23


class Fault:
    """A subscriber that fails when a part holds the person of a chosen row, as often as it is told."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.number: str | None = None
        self.times = 0

    def __call__(self, ids: set[int]) -> None:
        numbers = db.session.scalars(select(Practitioner.external_id).where(Practitioner.id.in_(ids)))
        if self.number in set(numbers) and self.times:
            self.times -= 1
            raise self.error


@pytest.fixture
def fault(catalog: Flask, request: pytest.FixtureRequest):
    made = Fault(request.param)
    subscribe(catalog, made)
    yield made
    catalog.extensions["directory.subscribers"].remove(made)


def rows() -> list[dict[str, str]]:
    return [ada(**LICENSED, external_id=f"r-{n}", conditions="neck-pain") for n in range(COUNT)]


def held() -> list[int | None]:
    db.session.rollback()
    tables = (Practitioner, PracticeLocation, ConditionTreated, Credential)
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.mark.parametrize("fault", [ValueError("a bug")], indirect=True)
@pytest.mark.parametrize("seed", range(5))
def test_a_fault_at_any_row_leaves_whole_parts_and_a_second_run_completes(
    fault: Fault, seed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(actions, "PART", 4)
    row = random.Random(seed).randrange(COUNT)
    fault.number, fault.times = f"r-{row}", 1
    with pytest.raises(ValueError, match="a bug"):
        load(rows())
    before = row // 4 * 4
    assert held() == [before] * 4
    assert outcome(load(rows())) == (COUNT - before, 0, before, 0, 0)
    assert held() == [COUNT] * 4
    added = [e.data["added"] for e in db.session.scalars(select(Event).where(Event.tag == "import:part"))]
    assert sum(added) == COUNT


@pytest.mark.parametrize("fault", [OperationalError("", {}, Exception("database is locked"))], indirect=True)
def test_a_part_is_tried_again_when_another_writer_was_in_the_way(fault: Fault):
    fault.number, fault.times = "r-3", actions.TRIES - 1
    assert outcome(load(rows())) == (COUNT, 0, 0, 0, 0)
    assert held() == [COUNT] * 4


@pytest.mark.parametrize("fault", [OperationalError("", {}, Exception("database is locked"))], indirect=True)
def test_a_part_that_keeps_failing_ends_the_run_and_the_report_says_how_far_it_came(
    fault: Fault, monkeypatch: pytest.MonkeyPatch, tmp_path, catalog: Flask
):
    from tests.imports.tables import written

    monkeypatch.setattr(actions, "PART", 10)
    fault.number, fault.times = "r-15", 99
    path = tmp_path / "roster.csv"
    path.write_bytes(written(rows()))
    done = catalog.test_cli_runner().invoke(args=["import", "practitioners", str(path)])
    assert done.exit_code == 1
    assert done.stderr == (
        "roster.csv could not be read. The database says: database is locked."
        " 10 people were entered before that; the same file again goes on.\n"
    )
    assert held() == [10] * 4


def test_two_imports_of_one_file_at_once_enter_everyone_once(catalog: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "PART", 3)
    people = [
        *rows(),
        *(
            {**row, "external_id": None, "given_name": "Bo" + "abcdefghijklmnopqrstuvw"[n]}
            for n, row in enumerate(rows())
        ),
    ]

    def run(_: int) -> tuple[int, int, int, int, int]:
        with catalog.app_context():
            try:
                return outcome(load(people))
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, range(2))
    assert (first[0] + second[0], first[2] + second[2]) == (2 * COUNT, 2 * COUNT)
    assert held() == [2 * COUNT] * 4
