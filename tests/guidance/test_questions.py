"""The questions by group, and the form that makes a sheet."""

import re
from html import unescape

import pytest

from directory.catalog import queries

pytestmark = pytest.mark.usefixtures("catalog")


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_every_question_stands_under_its_group(client, prefix):
    page = page_of(client, f"{prefix}/questions/")
    assert page.count('<details class="q">') == 36
    assert re.findall(r'<section class="card panel" id="([\w-]+)"', page) == [
        "licence", "training", "certification", "experience", "safety", "consent", "cost", "aftercare", "red-flags",
    ]  # fmt: skip
    assert "{condition}" not in page


def test_a_question_says_why_what_to_listen_for_and_when_to_take_care(client):
    question = next(q for q in queries.questions() if q.slug == "sf-lung")
    page = unescape(page_of(client, "/questions/"))
    for field in ("text_en", "why_en", "good_answer_en", "warning_sign_en"):
        assert question.body[field] in page


def test_the_three_kinds_of_answer_are_explained_with_their_looks(client):
    legend = re.search(r'<ul class="legend">(.*?)</ul>', page_of(client, "/questions/"), re.DOTALL)[1]
    assert re.findall(r'class="st (is-\w+)"', legend) == ["is-rule", "is-self", "is-wait"]


def test_nothing_on_the_page_is_green(client):
    assert "is-ok" not in page_of(client, "/questions/")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/questions/", "How often do you treat my problem?"),
        ("/questions/?condition=heel-pain", "How often do you treat heel pain?"),
        ("/questions/?condition=Heel%20Pain", "How often do you treat heel pain?"),
        ("/fr/questions/", "À quelle fréquence traitez-vous mon problème?"),
        ("/fr/questions/?condition=heel-pain", "À quelle fréquence traitez-vous la douleur au talon?"),
    ],
)
def test_the_condition_is_filled_in(client, path, words):
    assert words in unescape(page_of(client, path))


def test_an_unknown_condition_offers_near_ones_and_keeps_what_was_typed(client):
    answer = client.get("/questions/?condition=heal+pian")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="heal pian"' in page
    assert "We do not know that problem." in page


def test_the_form_counts_the_questions_of_the_short_sheet(client):
    page = page_of(client, "/questions/")
    counts = re.findall(r'name="group" value="([\w-]+)" checked>[^<]*<span class="n">(\d)</span>', page)
    assert sum(int(count) for _, count in counts) == 13
    assert "Make a sheet with 13 questions" in page


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_draft_mark_and_the_emergency_note_stand_on_the_page(client, prefix):
    page = page_of(client, f"{prefix}/questions/")
    emergency = queries.document("safety", "emergency").body
    assert emergency["text_fr" if prefix else "text_en"] in unescape(page)
    assert ("Ébauche" if prefix else "Draft: not read by a clinician") in page


@pytest.mark.parametrize("typed", ["x" * 10_000, "%00", "💉", "%3Cscript%3E", "' OR 1=1 --", "%F0%28%8C%28"])
def test_anything_typed_gets_a_page(client, typed):
    assert client.get(f"/questions/?condition={typed}").status_code in {200, 422}


def test_the_questions_cost_a_fixed_number_of_statements(client, count_statements):
    for path, statements in (("/questions/", 4), ("/questions/?condition=heel-pain", 5)):
        with count_statements() as seen:
            client.get(path)
        assert len(seen) == statements
