"""From a code on a badge to what its record says now."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine

from directory.credentials.rules import Status
from directory.database import transaction
from directory.practitioners.rules import new_code, read_code
from tests import factories
from tests.profiles import people

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21T19:06:00Z", tick=False):
        yield


def code_of(build, *args, **kwargs):
    with transaction():
        return build(*args, **kwargs).code


def verdict(client, code, prefix=""):
    page = client.get(f"{prefix}/verify/{code}").get_data(as_text=True)
    return unescape(re.search(r'<h2 id="re">(.*?)</h2>', page)[1]).replace("\N{NO-BREAK SPACE}", " ")


def test_the_field_stands_alone_until_a_code_is_typed(client):
    page = client.get("/verify/").get_data(as_text=True)
    assert 'name="code" value=""' in page
    assert "aria-invalid" not in page


def test_a_current_record_says_so_with_its_facts(client):
    code = code_of(people.maren)
    page = client.get(f"/verify/{code}").get_data(as_text=True)
    assert verdict(client, code) == "This record exists and is current"
    assert f"{code}, looked up 21 Nov 2026 at 2:06 pm" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert re.findall(r'<span class="k">(.*?)</span>', page) == [
        "Licence", "Needling permission", "Needling training", "Certification", "Insurance",
    ]  # fmt: skip
    assert page.count("is-ok") == 3
    assert "canary" not in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.CONFIRMED, "This record exists and is current"),
        (Status.CONDITIONS, "This record exists and is current"),
        (Status.EXPIRED, "The licence on this record ended on 21 Nov 2026"),
        (Status.NOT_VALID, "The licence on this record is not valid, says the issuer"),
        (Status.CHECK_DUE, "This record exists, but our check of its licence is late"),
        (Status.DOCUMENT_SEEN, "This record exists, but its licence is not confirmed"),
        (Status.OWN_STATEMENT, "This record exists, but its licence is not confirmed"),
        (Status.NONE_CLAIMED, "This record exists, but its licence is not confirmed"),
        (Status.IN_REVIEW, "This record exists, but its licence is not confirmed"),
        (Status.COULD_NOT_CONFIRM, "This record exists, but its licence is not confirmed"),
        (Status.NOT_NEEDED, "This record exists, but its licence is not confirmed"),
        (Status.CORRECTED, "This record exists, but its licence is not confirmed"),
    ],
)
def test_the_verdict_follows_the_licence(client, status, words):
    code = code_of(people.with_fact, "licence", status)
    assert verdict(client, code) == words
    assert verdict(client, code, "/fr") != words
    assert ("is-ok" in client.get(f"/verify/{code}").get_data(as_text=True)) == (status is Status.CONFIRMED)


def test_a_licence_that_ended_says_on_which_day(client):
    def build():
        person = factories.practitioner()
        factories.check(
            factories.credential(person, expires_on=date(2026, 9, 30), claimed_on=people.PAST), performed_on=people.PAST
        )
        return person

    assert verdict(client, code_of(build)) == "The licence on this record ended on 30 Sep 2026"


def test_only_the_licence_that_counts_at_the_practice_is_judged(client):
    def build():
        person = factories.practitioner()
        factories.location(person)
        people.with_fact("licence", Status.EXPIRED, person)
        return people.with_fact("licence", Status.CONFIRMED, person, jurisdiction_code="CA-QC")

    assert verdict(client, code_of(build)).startswith("The licence on this record ended")


@pytest.mark.parametrize(
    "write", [str.lower, lambda c: c.replace("-", " "), lambda c: f"  {c[3:]} ", lambda c: c.replace("-", "")]
)
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_code_typed_in_another_way_leads_to_its_written_form(client, write, prefix):
    code = code_of(factories.practitioner)
    answer = client.get(f"{prefix}/verify/", query_string={"code": write(code)})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{prefix}/verify/{code}"
    assert client.get(f"{prefix}/verify/{code.lower()}").headers["Location"] == f"{prefix}/verify/{code}"


def test_a_slip_is_told_and_what_was_typed_is_kept(client):
    code = code_of(factories.practitioner)
    slip = code[:3] + ("A" if code[3] != "A" else "B") + code[4:]
    answer = client.get("/verify/", query_string={"code": slip})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "That code cannot be right" in page
    assert f'name="code" value="{slip}"' in page
    assert 'aria-invalid="true"' in page


def test_every_slip_of_one_letter_is_told(client):
    code = code_of(factories.practitioner)
    letters = [c for c in "23456789ABCDEFGHJKMNPQRSTUVWXYZ" if c != code[-1]]
    assert [read_code(code[:-1] + c) for c in letters] == [None] * 30


def test_a_code_that_nobody_has_is_a_plain_page(client):
    answer = client.get(f"/verify/{new_code()}")
    assert answer.status_code == 404
    assert "No record has this code" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "typed",
    ["", "NW", "x" * 10_000, "a\0b", "💉", "<script>alert(1)</script>", "ＮＷ－７Ｆ３Ｋ", "ß" * 6, "%", "'\";--"],
)
def test_anything_typed_gets_a_page(client, typed):
    answer = client.get("/verify/", query_string={"code": typed})
    assert answer.status_code == (422 if typed.strip() else 200)
    assert "<script>alert" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/verify/%00", "/verify/x%3Cscript%3E", "/verify/NW-7F3K-22", "/verify/" + "A" * 3000]
)
def test_any_address_of_a_code_gets_a_page(client, path):
    assert client.get(path).status_code == 404


def test_a_code_costs_a_fixed_number_of_statements(client, count_statements):
    for code in (code_of(people.maren), code_of(people.with_fact, "licence", Status.CONFIRMED)):
        with count_statements() as statements:
            client.get(f"/verify/{code}")
        assert len(statements) == 7
