"""Codes and addresses that nobody has, one at a time and by the thousand."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from directory.catalog.models import Profession
from directory.database import db, insert_many, transaction, update_many
from directory.practitioners import actions
from directory.practitioners.models import PracticeLocation, Practitioner
from directory.practitioners.rules import read_code

pytestmark = pytest.mark.usefixtures("catalog")
NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)


def physiotherapist() -> Profession:
    return db.session.scalars(select(Profession).where(Profession.slug == "physiotherapist")).one()


def columns(**more: object) -> dict[str, object]:
    plain = {
        "given_name": "Ada",
        "family_name": "Invented",
        "languages": ["en"],
        "visit_modes": [],
        "accepting_new": "no",
    }
    return {**plain, "profession_id": physiotherapist().id, **more}


@time_machine.travel(NOW, tick=False)
def test_a_new_person_gets_a_code_and_an_address():
    with transaction():
        one = actions.create(given_name="Zoé", family_name="O’Invented", profession=physiotherapist(), origin="own")
        assert read_code(one.code) == one.code
        assert (one.slug, one.visibility, one.accepting_new) == ("zoe-o-invented", "unlisted", "unknown")
        assert (one.created_at, one.updated_at, one.version) == (NOW, NOW, 1)


def test_free_codes_are_different_and_right():
    with transaction():
        codes = actions.free_codes(500)
    assert len(set(codes)) == 500
    assert [read_code(code) for code in codes] == codes


def test_namesakes_get_numbers_then_letters():
    with transaction():
        for _ in range(2):
            actions.create(given_name="Ada", family_name="Invented", profession=physiotherapist(), origin="own")
        assert actions.free_slugs(["Ada Invented", "Bo Invented", "ADA  invented", "Bo Invented"]) == [
            "ada-invented-3", "bo-invented", "ada-invented-4", "bo-invented-2",
        ]  # fmt: skip
        many = actions.free_slugs(["Ada Invented"] * 40)
    assert many[:7] == [f"ada-invented-{n}" for n in range(3, 10)]
    assert len(set(many)) == 40
    assert all(re.fullmatch(r"ada-invented-[0-9a-z]{10}", slug) for slug in many[7:])


@pytest.mark.parametrize(
    ("name", "slug"),
    [("李 小龙", "practitioner"), ("Ada-2", "ada-2"), ("a" * 300, "a" * 100), ("'; DROP TABLE", "drop-table")],
)
def test_any_name_gets_an_address(name: str, slug: str):
    with transaction():
        assert actions.free_slugs([name]) == [slug]


def test_many_people_go_in_with_what_they_share():
    with transaction():
        ids = actions.create_many(
            people=[columns(npi=None), columns(npi="2000000002")],
            visibility="listed", origin="import", is_claimed=False,
        )  # fmt: skip
        actions.place_many(
            places=[(i, {"region": "CA-ON", "lat": 43.5, "lon": -80.2, "precision": "address"}) for i in ids]
        )
    people = db.session.scalars(select(Practitioner).order_by(Practitioner.id)).all()
    assert [one.id for one in people] == ids
    assert [(one.npi, one.languages, one.visibility, one.is_claimed) for one in people] == [
        (None, ["en"], "listed", False),
        ("2000000002", ["en"], "listed", False),
    ]
    assert [(one.locations[0].hours, one.locations[0].access, one.locations[0].position) for one in people] == [
        ({}, [], 0),
        ({}, [], 0),
    ]


def test_many_people_change_by_the_columns_each_has():
    with transaction():
        one, other = actions.create_many(
            people=[columns(), columns()], visibility="unlisted", origin="import", is_claimed=False
        )
        actions.change_many(people=[(one, {"given_name": "Eve"}), (other, {"visibility": "listed"}), (one, {})])
    people = {p.id: (p.given_name, p.visibility, p.version) for p in db.session.scalars(select(Practitioner))}
    assert people == {one: ("Eve", "unlisted", 3), other: ("Ada", "listed", 2)}


def test_a_bulk_write_of_nothing_writes_nothing():
    with transaction():
        assert actions.create_many(people=[], visibility="unlisted", origin="import", is_claimed=False) == []
        actions.treat_many(pairs=[])
        actions.no_longer_treat_many(pairs=[])
        insert_many(Practitioner.__table__, [])  # type: ignore[arg-type]
        update_many(PracticeLocation.__table__, [])  # type: ignore[arg-type]
    assert db.session.scalars(select(Practitioner)).all() == []
