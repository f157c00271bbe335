"""The sheet to print: filled in where the record answers, lined where it does not."""

import re
from html import unescape

import pytest
import time_machine

from directory.catalog import queries
from directory.credentials.rules import Status
from directory.database import transaction
from tests import factories
from tests.profiles import people

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21T17:00:00Z", tick=False):
        yield


def sheet(client, query="", prefix="", status=200):
    answer = client.get(f"{prefix}/questions/sheet{query}")
    assert answer.status_code == status
    return unescape(answer.get_data(as_text=True)).replace("\N{NO-BREAK SPACE}", " ")


def paper(page):
    return page[page.index("<article") : page.index("</article>")]


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_plain_sheet_has_the_short_questions_and_lines_to_write_on(client, prefix):
    page = sheet(client, prefix=prefix)
    assert page.count('<span class="line">') == 13
    assert 'class="said"' not in page
    emergency = queries.document("safety", "emergency").body
    assert emergency["text_fr" if prefix else "text_en"] in paper(page)


@pytest.mark.parametrize(
    ("query", "prefix", "title"),
    [
        ("", "", "Questions to ask about needling"),
        ("?condition=heel-pain", "", "Questions to ask about needling for heel pain"),
        ("?condition=plantar+fasciitis", "", "Questions to ask about needling for heel pain"),
        ("?condition=heel-pain", "/fr", "Questions à poser sur les aiguilles pour la douleur au talon"),
    ],
)
def test_the_title_names_the_condition(client, query, prefix, title):
    assert f"<h1>{title}</h1>" in sheet(client, query, prefix)


def test_a_practitioner_fills_in_what_the_record_answers(client):
    with transaction():
        slug = people.maren().slug
    page = paper(sheet(client, f"?practitioner={slug}&condition=neck-pain"))
    assert "I spoke with <b>Maren Kowalczyk</b>" in page
    assert "Phone <b>519 555 0142</b>" in page
    assert "Yes, says Example College." in page
    assert "“Usually three.”" in page
    assert page.count('class="said"') == 6
    assert page.count('<span class="line">') == 7
    assert "Facts as they stood on 21 Nov 2026" in page
    assert "canary" not in page


def test_green_on_a_sheet_is_only_ever_confirmed(client):
    for status in Status:
        with transaction():
            slug = people.with_fact("training", status).slug
        assert ("is-ok" in sheet(client, f"?practitioner={slug}")) == (status is Status.CONFIRMED)


def test_long_words_are_cut_at_a_word(client):
    with transaction():
        person = factories.practitioner()
        people.answer(person, "ct-plan", "three or four " * 40)
    page = paper(sheet(client, f"?practitioner={person.slug}"))
    said = re.search(r'<div class="said"><span>(“three.*?)</span>', page)[1]
    assert len(said) <= 100
    assert said.endswith("…")


def test_groups_can_be_chosen(client):
    page = sheet(client, "?group=licence&group=cost&group=nonsense")
    assert page.count('<span class="line">') == 5
    assert "One page, 5 questions." in page
    assert sheet(client, "?group=nonsense").count('<span class="line">') == 13


def test_the_large_print_keeps_what_was_chosen(client):
    page = sheet(client, "?condition=heel-pain&group=licence")
    link = re.search(r'href="(/questions/sheet[^"]*large=1[^"]*)"', page)[1]
    large = sheet(client, link.removeprefix("/questions/sheet"))
    assert 'class="paper large"' in large
    assert "heel pain" in large
    assert large.count('<span class="line">') == 3


def test_an_unknown_condition_is_told_and_the_general_sheet_is_given(client):
    page = sheet(client, "?condition=heal+pian", status=422)
    assert "We do not know the problem “heal pian”." in page
    assert page.count('<span class="line">') == 13


def test_an_unknown_practitioner_is_told_and_a_blank_sheet_is_given(client):
    page = sheet(client, "?practitioner=nobody&condition=heel-pain", status=422)
    assert "We have no listed record for that practitioner." in page
    assert "heel pain" in paper(page)


@pytest.mark.parametrize("name", ["condition", "practitioner", "group", "large"])
@pytest.mark.parametrize(
    "value", ["x" * 10_000, "%00", "💉", "%3Cscript%3Ealert(1)%3C/script%3E", "%FF", "..%2F..", "1&%s=2"]
)
def test_any_value_gets_a_page(client, name, value):
    answer = client.get(f"/questions/sheet?{name}={value}")
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_a_sheet_without_a_person_says_no_day_and_may_be_found(client):
    page = sheet(client, "?condition=heel-pain")
    assert "Facts as they stood" not in page
    assert "noindex" not in page


def test_a_sheet_costs_a_fixed_number_of_statements(client, count_statements):
    with transaction():
        slugs = [people.maren().slug, people.with_fact("licence", Status.CONFIRMED).slug]
    for query, statements in (("", 3), ("?condition=neck-pain", 4), *((f"?practitioner={s}", 10) for s in slugs)):
        with count_statements() as seen:
            client.get(f"/questions/sheet{query}")
        assert len(seen) == statements
