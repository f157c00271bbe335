"""The sheet fits one page of either paper, in either language, however much the record says."""

import re

import pytest

from directory.catalog import queries
from directory.credentials.rules import Status
from directory.database import transaction
from tests import factories
from tests.profiles import people

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("catalog")]
WORDS = "Whatever a person may have to say about it, at length and without a rest. " * 8


@pytest.fixture
def printed(page, client):
    """`printed(path, paper)`: how many pages Chromium prints, the site answering from this process."""

    def answer(route):
        served = client.get(route.request.url.removeprefix("http://site.test"))
        route.fulfill(status=served.status_code, headers=dict(served.headers), body=served.get_data())

    page.route("**/*", answer)

    def count(path, paper):
        page.goto(f"http://site.test{path}")
        pdf = page.pdf(format=paper)
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    return count


def talkative():
    """A person with the longest names, facts and words that the columns take, for every question."""
    person = factories.practitioner(given_name="Maximiliana" * 9, family_name="Featherstonehaugh" * 5, origin="demo")
    factories.location(person, phone="519 555 0142 ext. 123456", first_visit_price=12550, later_visit_price=9925)
    for kind in ("licence", "permission", "training", "certification"):
        people.with_fact(
            kind, Status.CONDITIONS, person, issuer="Q" * 60 + WORDS[:140], title=WORDS[:200], limits=WORDS[:400]
        )
    for question in queries.questions():
        people.answer(person, question.slug, WORDS[:600])
    return person


def longest(language):
    """The conditions with the longest names in a sentence."""
    rows = sorted(queries.conditions(), key=lambda c: len(getattr(c, f"inline_{language}")))
    return [row.slug for row in rows[-2:]]


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/fr", "fr")])
def test_a_sheet_is_one_page(printed, paper, prefix, language):
    with transaction():
        slugs = ["", people.maren().slug, talkative().slug]
    for condition in ["", *longest(language)]:
        for slug in slugs:
            path = f"{prefix}/questions/sheet?condition={condition}&practitioner={slug}"
            assert printed(path, paper) == 1, path


def test_a_sheet_about_what_we_do_not_know_is_still_one_page(printed):
    assert printed("/questions/sheet?condition=zzzz&practitioner=nobody", "Letter") == 1


def test_the_large_print_takes_more_pages(printed):
    assert printed("/questions/sheet?large=1", "Letter") in {2, 3}
    assert printed("/fr/questions/sheet?large=1", "A4") in {2, 3}
