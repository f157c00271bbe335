"""A listed record as programs read it."""

import pytest
import time_machine

from directory.credentials.rules import NOTHING, Status, as_json
from directory.database import transaction
from tests import factories
from tests.profiles import people

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21T17:00:00Z", tick=False):
        yield


def read(client, build, *args, **kwargs):
    with transaction():
        slug = build(*args, **kwargs).slug
    answer = client.get(f"/api/v1/practitioners/{slug}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    return answer.json


def test_a_record_has_its_facts_by_kind_with_their_dates(client):
    assert read(client, people.maren)["facts"] == {
        "licence": {
            "status": "confirmed",
            "checked_on": "2026-11-21",
            "next_check_by": "2027-02-19",
            "ends_on": "2027-06-01",
        },
        "permission": {"status": "confirmed", "checked_on": "2026-11-21", "next_check_by": "2027-02-19"},
        "training": {"status": "confirmed", "checked_on": "2026-11-21", "next_check_by": "2027-02-19"},
        "certification": {"status": "none_claimed"},
        "insurance": {"status": "document_seen", "checked_on": "2026-11-21", "ends_on": "2027-06-01"},
    }


def test_a_record_says_who_and_where(client):
    record = read(client, people.maren)
    assert {key: record[key] for key in ("name", "profession", "accepting_new", "languages", "conditions")} == {
        "name": "Maren Kowalczyk",
        "profession": "physiotherapist",
        "accepting_new": True,
        "languages": ["en", "fr"],
        "conditions": ["neck-pain"],
    }
    assert [place["precision"] for place in record["practices"]] == ["address", "town"]
    assert record["practices"][0]["phone"] == "519 555 0142"


def test_an_e_mail_is_in_no_answer(client):
    with transaction():
        slug = people.maren().slug
    assert "canary" not in client.get(f"/api/v1/practitioners/{slug}").get_data(as_text=True)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_key(client, status):
    assert read(client, people.with_fact, "training", status)["facts"]["training"]["status"] == status.value


@pytest.mark.parametrize(("accepting", "value"), [("yes", True), ("no", False), ("unknown", None)])
def test_what_is_not_known_is_null(client, accepting, value):
    assert read(client, factories.practitioner, accepting_new=accepting)["accepting_new"] is value


def test_a_licence_elsewhere_is_listed_but_does_not_stand_for_here(client):
    def build():
        person = factories.practitioner()
        factories.location(person)
        return people.with_fact("licence", Status.CONFIRMED, person, jurisdiction_code="CA-QC")

    record = read(client, build)
    assert record["facts"]["licence"] == {"status": "none_claimed"}
    assert [(c["kind"], c["jurisdiction"], c["status"]) for c in record["credentials"]] == [
        ("licence", "CA-QC", "confirmed")
    ]


def test_a_fact_with_nothing_known_has_its_status_alone():
    assert as_json(NOTHING) == {"status": "none_claimed"}


def test_the_api_has_no_french_twin(client):
    with transaction():
        slug = factories.practitioner().slug
    assert client.get(f"/fr/api/v1/practitioners/{slug}").status_code == 404
