"""`import practitioners` on both databases: who goes in, as what, and what a second file changes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.audit.models import Event
from directory.catalog.models import TrainingBody
from directory.credentials.models import Check, Credential
from directory.credentials.queries import facts_for
from directory.credentials.rules import Kind, Status
from directory.database import Base, db, transaction
from directory.imports import actions
from directory.practitioners.models import Practitioner
from directory.search.index import differences
from tests import factories
from tests.imports.tables import FILES, LICENSED, NPIS, ada, load, outcome, written

NOON = "2026-11-21T17:00:00Z"
pytestmark = pytest.mark.usefixtures("catalog")
FULL = ada(
    **LICENSED,
    npi=NPIS[0], former_name="Ada Formerly", pronoun="they", phone="519-555-0100", email="ada@example.org",
    website="https://example.org", languages="en;fr-ca", conditions="neck-pain;sciatica", accepting_new="no",
    visit_modes="in-person;video", permission_issuer="Invented College", permission_number="R-1",
    training_body="ubc-gunn-ims", training_programme="IMS", training_hours="60", training_completed_on="2020-02-01",
    certification_issuer="Invented Board", certification_name="CMTPT", certification_expires_on="2028-01-31",
)  # fmt: skip


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    db.session.rollback()
    return {
        name: sorted(db.session.execute(select(table)).all(), key=repr) for name, table in Base.metadata.tables.items()
    }


def people() -> list[Practitioner]:
    db.session.rollback()
    return list(db.session.scalars(select(Practitioner).order_by(Practitioner.id)))


def person() -> Practitioner:
    (one,) = people()
    return one


def standings() -> dict[str, Status]:
    """Where each kind of fact of the only person stands."""
    return {fact.kind.value: fact.standing.status for fact in facts_for([person().id])[person().id]}


@time_machine.travel(NOON, tick=False)
def test_a_row_becomes_an_unlisted_record_with_all_it_says():
    assert outcome(load([FULL])) == (1, 0, 0, 0, 0)
    one = person()
    assert (one.external_id, one.npi, one.name, one.former_name) == ("r-1", NPIS[0], "Ada Invented", "Ada Formerly")
    assert (one.slug, one.profession.slug, one.pronoun) == ("ada-invented", "physiotherapist", "they")
    assert (one.languages, one.visit_modes, one.accepting_new) == (["en", "fr-CA"], ["in-person", "video"], "no")
    assert (one.visibility, one.origin, one.is_claimed, one.attested_on) == ("unlisted", "import", False, None)
    assert sorted(c.condition.slug for c in one.conditions) == ["neck-pain", "sciatica"]
    (place,) = one.locations
    assert (place.name, place.street, place.locality) == ("Invented Clinic", "1 Invented Street", "Guelph")
    assert (place.region, place.postal_code, place.lat, place.lon) == ("CA-ON", "N1G 4Z2", 43.53, -80.24)
    assert (place.precision, place.phone, place.email) == ("address", "519-555-0100", "ada@example.org")
    assert (place.position, place.hours, place.access) == (0, {}, [])
    licence, permission, training, certification = db.session.scalars(select(Credential).order_by(Credential.id))
    assert (licence.kind, licence.issuer, licence.number) == ("licence", "Invented College", "00017")
    assert (licence.jurisdiction_code, licence.time_zone) == ("CA-ON", "America/Toronto")
    assert (licence.expires_on, licence.claimed_on) == (date(2027, 3, 31), date(2026, 11, 21))
    assert (permission.kind, permission.number, permission.jurisdiction_code) == ("permission", "R-1", "CA-ON")
    body = db.session.scalars(select(TrainingBody).where(TrainingBody.slug == "ubc-gunn-ims")).one()
    assert (training.training_body_id, training.issuer, training.title) == (body.id, None, "IMS")
    assert (training.hours_total, training.completed_on) == (60, date(2020, 2, 1))
    assert (certification.issuer, certification.title) == ("Invented Board", "CMTPT")


@time_machine.travel(NOON, tick=False)
def test_nothing_imported_is_confirmed():
    load([FULL], listed=True)
    assert standings() == {
        "licence": Status.OWN_STATEMENT,
        "permission": Status.OWN_STATEMENT,
        "training": Status.OWN_STATEMENT,
        "certification": Status.OWN_STATEMENT,
        "insurance": Status.NONE_CLAIMED,
    }
    assert db.session.scalars(select(Check)).all() == []


def test_an_issuer_is_known_by_the_name_of_a_regulator():
    load([ada(licence_issuer="College of Physiotherapists of Ontario", licence_number="1")])
    (licence,) = db.session.scalars(select(Credential))
    assert (licence.issuer, licence.regulator.slug) == (None, "ca-on-physiotherapist")


@pytest.mark.parametrize("profession", ["physiotherapist", "PT", "Physical Therapist", "Physiothérapeute"])
def test_a_profession_is_known_by_slug_name_or_title(profession: str):
    load([ada(profession=profession)])
    assert person().profession.slug == "physiotherapist"


@time_machine.travel(NOON, tick=False)
def test_an_unlisted_person_is_not_found_and_a_listed_one_is(client: FlaskClient):
    load([ada()])
    near = "/api/v1/search?lat=43.53&lon=-80.24&within=5"
    assert client.get(near).json["total"] == 0
    assert outcome(load([ada()], listed=True)) == (0, 1, 0, 0, 0)
    assert [found["name"] for found in client.get(near).json["results"]] == ["Ada Invented"]
    assert (person().visibility, person().attested_on) == ("listed", date(2026, 11, 21))


@pytest.mark.parametrize("listed", [False, True])
def test_the_same_file_again_changes_nothing(listed: bool):
    rows = [FULL, ada(external_id=None, given_name="Bo"), ada(external_id="r-3", lat=None, lon=None)]
    assert outcome(load(rows, listed=listed)) == (3, 0, 0, 0, 0)
    before = everything()
    assert outcome(load(rows, listed=listed)) == (0, 0, 3, 0, 0)
    assert everything() == before


def test_a_dry_run_says_the_same_and_writes_nothing():
    load([FULL])
    rows = [ada(practice_name="Elsewhere"), ada(external_id="r-2"), ada(external_id="r-3", npi="1"), ada()]
    before = everything()
    foretold = load(rows, dry_run=True, listed=True)
    assert everything() == before
    assert load(rows, listed=True) == foretold
    assert outcome(foretold) == (1, 1, 0, 2, 0)


def test_a_row_changes_what_it_says_and_leaves_what_the_file_has_no_column_for():
    load([FULL])
    kept = person()
    code, slug = kept.code, kept.slug
    row = {k: FULL[k] for k in ("external_id", "given_name", "profession", "lat", "lon", "region")}
    assert outcome(load([{**row, "family_name": "Married", "training_body": "Art", "training_programme": "X"}])) == (
        0, 1, 0, 0, 0,
    )  # fmt: skip
    one = person()
    assert (one.name, one.code, one.slug, one.version) == ("Ada Married", code, slug, 2)
    assert (one.npi, one.languages, len(one.conditions)) == (NPIS[0], ["en", "fr-CA"], 2)
    assert (one.locations[0].phone, one.locations[0].postal_code) == ("519-555-0100", "N1G 4Z2")
    held = {c.kind: c for c in db.session.scalars(select(Credential).where(Credential.withdrawn_on.is_(None)))}
    assert (held["training"].issuer, held["training"].hours_total) == ("Art", 60)
    assert held["licence"].number == "00017"


def test_blank_cells_clear_what_they_are_for():
    load([FULL])
    blank = {name: None for name in FULL if name not in {"external_id", "given_name", "family_name", "profession"}}
    assert outcome(load([{**FULL, **blank, "lat": "43.53", "lon": "-80.24", "region": "CA-ON"}])) == (0, 1, 0, 0, 0)
    one = person()
    assert (one.npi, one.former_name, one.languages, one.conditions) == (NPIS[0], None, [], [])
    assert (one.locations[0].phone, one.locations[0].postal_code) == (None, None)
    assert set(standings().values()) == {Status.NONE_CLAIMED}
    assert len(list(db.session.scalars(select(Credential)))) == 4


def test_someone_without_identifiers_is_known_by_name_and_place():
    nameless = {**ada(), "external_id": None}
    assert outcome(load([nameless, {**nameless, "postal_code": "N1H 1A1"}])) == (2, 0, 0, 0, 0)
    assert outcome(load([nameless, {**nameless, "postal_code": "N1H 1A1"}])) == (0, 0, 2, 0, 0)
    report = load([nameless, nameless])
    assert report["refused"] == [
        {"row": 3, "column": "external_id", "reason": "is missing, and name and place are those of row 2"}
    ]


def test_a_namesake_is_flagged_and_goes_in():
    assert load([ada(), ada(external_id="r-2")])["flagged"] == {"duplicate_candidate": 1}
    assert load([ada(external_id="r-3", npi=NPIS[1])])["flagged"] == {"duplicate_candidate": 1}
    assert load([ada(external_id="r-4", profession="chiropractor")])["flagged"] == {}
    assert [one.slug for one in people()] == [
        "ada-invented", "ada-invented-2", "ada-invented-3", "ada-invented-4",
    ]  # fmt: skip


def test_an_npi_leads_to_the_record_and_lends_it_an_external_number():
    load([{**ada(npi=NPIS[0]), "external_id": None}])
    assert outcome(load([ada(npi=NPIS[0])])) == (0, 1, 0, 0, 0)
    assert (person().external_id, person().npi) == ("r-1", NPIS[0])


def test_identifiers_of_two_records_are_refused():
    load([ada(npi=NPIS[0]), ada(external_id="r-2", npi=NPIS[1])])
    codes = [one.code for one in people()]
    report = load([ada(npi=NPIS[1]), ada(external_id="r-9", npi=NPIS[0])])
    assert report["refused"] == [
        {"row": 2, "column": "npi", "reason": f"{NPIS[1]} belongs to another record, {codes[1]}"},
        {"row": 3, "column": "npi", "reason": f"{NPIS[0]} belongs to a record with another external_id, {codes[0]}"},
    ]


def test_a_row_about_the_person_of_an_earlier_row_is_refused_in_any_part(monkeypatch: pytest.MonkeyPatch):
    load([ada(npi=NPIS[0])])
    (code,) = [one.code for one in people()]
    monkeypatch.setattr(actions, "PART", 2)
    rows = [
        ada(),
        ada(external_id="r-2"),
        ada(external_id="r-3"),
        ada(external_id="r-2"),
        {**ada(npi=NPIS[0]), "external_id": None},
    ]
    assert load(rows)["refused"] == [
        {"row": 5, "column": "external_id", "reason": "is that of row 3 already"},
        {"row": 6, "column": "external_id", "reason": f"means the same record as row 2, {code}"},
    ]


def test_a_record_that_belongs_to_the_person_is_not_touched():
    load([ada()])
    with transaction():
        person_now = db.session.scalars(select(Practitioner)).one()
        person_now.is_claimed = True
    before = everything()
    report = load([ada(practice_name="Elsewhere"), ada(external_id="r-2")], listed=True)
    assert outcome(report) == (1, 0, 0, 0, 1)
    assert report["flagged"] == {"claimed": 1, "duplicate_candidate": 1}
    after = everything()
    for table in ("practitioner", "practice_location"):
        assert [row for row in before[table] if row not in after[table]] == []


def test_a_hidden_record_is_brought_up_to_date_and_stays_hidden():
    load([ada()])
    with transaction():
        db.session.scalars(select(Practitioner)).one().visibility = "hidden"
    report = load([ada(practice_name="Elsewhere")], listed=True)
    assert (outcome(report), report["flagged"]) == ((0, 1, 0, 0, 0), {"hidden": 1})
    assert (person().visibility, person().attested_on) == ("hidden", None)


def test_a_roster_without_listed_leaves_a_listed_record_listed():
    load([ada()], listed=True)
    assert outcome(load([ada(street="2 Invented Street")])) == (0, 1, 0, 0, 0)
    assert person().visibility == "listed"


def test_a_roster_vouched_for_on_another_day_says_so_and_changes_no_record():
    with time_machine.travel(NOON, tick=False):
        load([ada()], listed=True)
    with time_machine.travel("2026-12-24T17:00:00Z", tick=False):
        report = load([ada()], listed=True)
    assert (outcome(report), report["flagged"]) == ((0, 0, 1, 0, 0), {"vouched_for_again": 1})
    assert person().attested_on == date(2026, 12, 24)


def confirm(kind: str = "licence", **fields: Any) -> None:
    """The issuer confirmed the credential of the only person."""
    with transaction():
        held = db.session.scalars(select(Credential).where(Credential.kind == kind)).one()
        factories.check(held, **fields)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("cell", "finding"),
    [
        ({"licence_number": "00018"}, {"number": {"claimed": "00018", "found": "00017", "agrees": False}}),
        (
            {"licence_expires_on": "2028-03-31"},
            {"expires_on": {"claimed": "2028-03-31", "found": "2027-03-31", "agrees": False}},
        ),
    ],
)
def test_a_changed_field_of_a_confirmed_credential_is_due_for_a_check(cell: dict[str, str], finding: dict[str, Any]):
    load([ada(**LICENSED)], listed=True)
    confirm()
    assert standings()["licence"] is Status.CONFIRMED
    assert outcome(load([ada(**LICENSED)])) == (0, 0, 1, 0, 0)
    assert standings()["licence"] is Status.CONFIRMED
    for _ in range(2):
        load([ada(**LICENSED | cell)])
        assert standings()["licence"] is Status.CHECK_DUE
        db.session.rollback()
        first, second = db.session.scalars(select(Check).order_by(Check.id))
        assert (first.status, second.status, second.validation_process) == ("validated", "req-revalid", "edit-check")
        assert (second.findings, second.performed_by) == (finding, "cli")
    assert len(list(db.session.scalars(select(Credential)))) == 1


@time_machine.travel(NOON, tick=False)
def test_the_search_index_hears_that_a_confirmed_credential_changed(client: FlaskClient):
    load([ada(**LICENSED)], listed=True)
    confirm()
    confirmed = "/api/v1/search?lat=43.53&lon=-80.24&within=5&fact=licence:confirmed"
    assert client.get(confirmed).json["total"] == 1
    load([ada(**LICENSED | {"licence_number": "00018"})])
    assert client.get(confirmed).json["total"] == 0


@time_machine.travel(NOON, tick=False)
def test_the_search_index_is_what_the_records_make_after_every_kind_of_change():
    several = [{**FULL, "npi": None, "external_id": f"r-{n}", "given_name": f"Ada{n}"} for n in range(5)]
    load(several, listed=True)
    load([several[0] | {"lat": "44.5"}, several[1] | {"conditions": None}, several[2] | dict.fromkeys(LICENSED)])
    load([several[3] | {"licence_number": "9", "languages": "fr"}, ada(external_id="r-9")], listed=True)
    assert differences() == []
    assert len(db.session.execute(select(Base.metadata.tables["search_listing"])).all()) == 6


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"found": "revoked"}, Status.NOT_VALID),
        ({"status": "val-fail", "found": "unknown", "next_due_on": None}, Status.COULD_NOT_CONFIRM),
        ({"status": "entered-in-error"}, Status.CORRECTED),
    ],
)
def test_bad_news_cannot_be_imported_away(fields: dict[str, Any], status: Status):
    load([ada(**LICENSED)], listed=True)
    confirm(**fields)
    assert standings()["licence"] is status
    report = load([ada(**LICENSED | {"licence_number": "00018"})])
    assert (outcome(report), report["flagged"]) == ((0, 0, 1, 0, 0), {"contradicts_check": 1})
    blank = load([ada(**dict.fromkeys(LICENSED))])
    assert (outcome(blank), blank["flagged"]) == ((0, 0, 1, 0, 0), {"contradicts_check": 1})
    assert standings()["licence"] is status


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(("ends", "flags"), [("2026-11-20", {"licence_ended": 1}), ("2026-11-21", {})])
def test_a_licence_that_has_ended_goes_in_and_is_flagged(ends: str, flags: dict[str, int]):
    report = load([ada(**LICENSED | {"licence_expires_on": ends})])
    assert (outcome(report), report["flagged"]) == ((1, 0, 0, 0, 0), flags)
    assert standings()["licence"] is (Status.EXPIRED if flags else Status.OWN_STATEMENT)


@time_machine.travel(NOON, tick=False)
def test_an_unchecked_credential_is_simply_stated_anew():
    load([ada(**LICENSED)])
    with time_machine.travel("2026-12-24T17:00:00Z", tick=False):
        assert outcome(load([ada(**LICENSED | {"licence_number": "00018"})])) == (0, 1, 0, 0, 0)
        assert standings()["licence"] is Status.OWN_STATEMENT
    (licence,) = db.session.scalars(select(Credential))
    assert (licence.number, licence.claimed_on, licence.version) == ("00018", date(2026, 12, 24), 2)


def test_a_move_to_another_province_ends_the_licence_of_the_first():
    load([ada(**LICENSED)])
    there = {"locality": "Vancouver", "region": "CA-BC", "postal_code": "V6B 1A1", "lat": "49.28", "lon": "-123.12"}
    assert outcome(load([ada(**LICENSED, **there)])) == (0, 1, 0, 0, 0)
    held = [
        (c.jurisdiction_code, c.withdrawn_on is None)
        for c in db.session.scalars(select(Credential).order_by(Credential.id))
    ]
    assert held == [("CA-ON", False), ("CA-BC", True)]
    assert [(p.region, p.position) for p in person().locations] == [("CA-BC", 0)]


def test_each_part_that_wrote_leaves_one_event_of_counts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "PART", 2)
    rows = [ada(external_id=f"r-{n}") for n in range(3)] + [ada(region="CA-XX", external_id="r-9")]
    load(rows)
    load(rows)
    events = db.session.scalars(select(Event).where(Event.tag == "import:part").order_by(Event.id)).all()
    shared = {"file": "invented.csv", "layout": "practitioners", "changed": 0}
    assert [(e.actor, e.subject, e.data) for e in events] == [
        ("cli", "import:practitioners", {**shared, "added": 2, "refused": 0}),
        ("cli", "import:practitioners", {**shared, "added": 1, "refused": 1}),
    ]


def test_a_part_of_many_rows_takes_as_many_statements_as_one_of_one(
    count_statements: Callable[[], AbstractContextManager[list[str]]],
):
    def statements(count: int, **cells: str) -> int:
        rows = [
            ada(**LICENSED | cells, external_id=f"{count}-{n}", given_name=f"Ada{'abcdefghij'[n]}{count}")
            for n in range(count)
        ]
        with count_statements() as sent:
            load(rows, listed=True)
        return len(sent)

    for cells in ({}, {"street": "2 Invented Street", "licence_number": "2", "conditions": "neck-pain"}):
        assert statements(1, **cells) == statements(10, **cells)


def test_the_invented_roster_of_the_tests_goes_in():
    report = load((FILES / "roster_invented.csv").read_bytes())
    assert report == {
        "read": 4,
        "added": 3,
        "changed": 0,
        "unchanged": 0,
        "refused": [{"row": 5, "column": "region", "reason": "“CA-XX” is not a region such as CA-ON"}],
        "repaired": 2,
        "flagged": {},
        "skipped": 0,
    }
    assert [one.name for one in people()] == ["Ada Invented", "Zoé Inventée", "Sam O’Invented"]
    assert [one.locations[0].postal_code for one in people()] == ["N1G 4Z2", "G1R 2S5", "06511"]


def test_an_empty_catalogue_is_named_before_anything_is_read(app: Flask):
    with app.app_context(), pytest.raises(actions.Unreadable, match="The catalogue is empty"):
        load(written([ada()]))


def test_kinds_of_the_layout_are_those_of_the_product():
    assert {name.partition("_")[0] for name in FULL if name.partition("_")[0] in list(Kind)} == {
        "licence", "permission", "training", "certification",
    }  # fmt: skip
