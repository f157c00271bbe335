"""Each word as it looks, the clocks the code itself obeys, and what is never checked."""

import re
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from directory.catalog import queries
from directory.catalog.models import ReviewClock
from directory.credentials.rules import Status
from directory.database import db, transaction
from directory.guidance.question_queries import example_standings

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21T17:00:00Z", tick=False):
        yield


def page_of(client, prefix=""):
    answer = client.get(f"{prefix}/how-we-check")
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True)).replace("\N{NO-BREAK SPACE}", " ")


def rows_of(page):
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row)]
        for row in table.split("</tr>")[:-1]
    ]


def test_there_is_one_example_of_each_status():
    assert [standing.status for standing in example_standings()] == list(Status)


def test_every_status_is_shown_with_what_it_means_and_what_happens_then(client):
    rows = rows_of(page_of(client))
    assert [row[0] for row in rows] == [
        "Confirmed · Checked 12 Nov 2026",
        "Document seen",
        "Being checked",
        "Check due since 1 Nov",
        "In their words",
        "Could not confirm",
        "Ended 30 Sep",
        "Limits apply: read them",
        "Not valid, says the issuer",
        "No list kept here",
        "None claimed",
        "Corrected 3 Nov",
    ]
    assert [len(row) for row in rows] == [3] * 12
    assert [cell for row in rows for cell in row if not cell.strip()] == []


def test_every_cell_is_in_french_too(client):
    english, french = rows_of(page_of(client)), rows_of(page_of(client, "/fr"))
    assert len(french) == 12
    same = [cell for left, right in zip(english, french, strict=True) for cell in left if cell in right]
    assert same == []


def test_green_stands_only_beside_confirmed(client):
    page = page_of(client)
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert table.count("is-ok") == 1
    assert re.search(r'class="st tag is-ok">.*?<span>(\w+)', table)[1] == "Confirmed"


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_clocks_are_those_of_the_catalogue(client, prefix):
    page = page_of(client, prefix)
    language = "fr" if prefix else "en"
    shown = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", page[page.index('class="clocks"') :])
    wanted = [(getattr(c, f"label_{language}"), getattr(c, f"value_{language}")) for c in queries.clocks().values()]
    assert shown == [
        (label.replace("\N{NO-BREAK SPACE}", " "), value.replace("\N{NO-BREAK SPACE}", " ")) for label, value in wanted
    ]


def test_a_clock_that_an_operator_changed_is_shown(client):
    with transaction():
        clock = db.session.scalars(select(ReviewClock).where(ReviewClock.key == "licence")).one()
        clock.days, clock.value_en = 30, "every 30 days"
    page = page_of(client)
    assert "We ask again: a licence every 30 days." in page
    assert "<dd>every 30 days</dd>" in page


def test_the_page_says_what_is_never_checked_and_that_its_example_is_invented(client):
    page = page_of(client)
    assert "How skilled someone is" in page
    assert "Whether needling will help you" in page
    assert "This example is invented." in page
    assert "Draft: not read by a clinician" in page


def test_no_number_on_the_page_is_an_invented_statistic(client):
    main = page_of(client).split("<main")[1].split("</main>")[0]
    numbers = set(re.findall(r"\b\d+\b", re.sub(r"<[^>]+>", " ", main)))
    clocks = " ".join(c.value_en for c in queries.clocks().values())
    dates = {"12", "2026", "1", "30", "3"}
    assert numbers <= dates | set(re.findall(r"\d+", clocks)) | {"2", "4"}  # the days of the example


def test_the_page_costs_one_statement(client, count_statements):
    with count_statements() as seen:
        client.get("/how-we-check")
    assert len(seen) == 1
