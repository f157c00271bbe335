import pytest
from bs4 import BeautifulSoup

from directory.catalog import actions, queries
from directory.database import transaction
from tests.catalog.files import copied, edit, entry
from tests.guidance.pages import structured, words

LANGUAGES = [("", "en"), ("/fr", "fr")]


@pytest.mark.parametrize(("root", "language"), LANGUAGES)
def test_the_index_lists_every_condition_once(client, catalog, root, language):
    page = BeautifulSoup(client.get(f"{root}/conditions/").text, "html5lib")
    listed = [(link["href"], link.text) for link in page.select(".areas a")]
    assert listed == [(f"{root}/conditions/{c.slug}", getattr(c, f"name_{language}")) for c in queries.conditions()]
    assert [li.text for li in page.select("#shoulder li.kid")] == [
        {"en": "Rotator cuff pain", "fr": "Douleur de la coiffe des rotateurs"}[language]
    ]


@pytest.mark.parametrize(
    ("typed", "slug"), [("jaw", "jaw-pain-tmd"), ("mal de dos", "low-back-pain"), ("Épicondylite", "tennis-elbow")]
)
def test_a_known_word_leads_straight_to_its_guide(client, catalog, typed, slug):
    answer = client.get("/fr/conditions/", query_string={"q": typed})
    assert (answer.status_code, answer.location) == (302, f"/fr/conditions/{slug}")


def test_an_unknown_word_offers_near_ones_and_keeps_what_was_typed(client, catalog):
    page = BeautifulSoup(client.get("/conditions/?q=plntar").text, "html5lib")
    assert page.select_one("#q")["value"] == "plntar"
    assert page.select_one("main .actions .chip")["href"] == "/conditions/plantar-heel-pain"
    assert len(page.select(".areas a")) == 44


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "💥", "\0", "%", "x" * 3000, "\u202e", b"\xed\xa0\x80", b"\xff"]
)
def test_any_word_is_answered(client, catalog, typed):
    answer = client.get("/conditions/", query_string={"q": typed})
    assert answer.status_code == 200
    assert "alert(1)</script>" not in answer.text
    assert "We have no page for" in answer.text or typed == "\0"


@pytest.mark.parametrize(("root", "language"), LANGUAGES)
def test_each_guide_says_all_its_texts_in_its_language(client, catalog, root, language):
    other = {"en": "fr", "fr": "en"}[language]
    for condition in queries.conditions():
        text = words(client.get(f"{root}/conditions/{condition.slug}").text)
        said = [condition.texts[f"{field}_{language}"] for field in ("summary", "self_note", "see_doctor_first")]
        said += [*condition.texts[f"ask_{language}"], getattr(condition, f"name_{language}")]
        assert [part for part in said if " ".join(part.split()) not in text] == [], condition.slug
        assert condition.texts[f"summary_{other}"] not in text
        assert {"en": "Draft: not read by a clinician", "fr": "Ébauche"}[language] in text
        assert {"en": "Call 911 if", "fr": "Appelez le 911 si"}[language] in text


def test_the_doctor_comes_first_and_the_emergency_note_has_its_address(client, catalog):
    page = BeautifulSoup(client.get("/conditions/neck-pain").text, "html5lib")
    headings = [heading.text for heading in page.select("main h1, main h2")]
    assert headings[:3] == ["Neck pain", "When to see a doctor first", "What it is"]
    assert page.select_one("#sos h2").text == "Get emergency help now"
    assert "A stiff neck with fever and headache is an emergency." in words(str(page), ".callout")


def test_the_search_and_the_sheet_know_the_condition(client, catalog):
    page = BeautifulSoup(client.get("/conditions/neck-pain").text, "html5lib")
    form = page.select_one("aside form")
    assert (form["action"], form.select_one("[name=condition]")["value"]) == ("/search", "neck-pain")
    assert page.select_one("#ask + a")["href"] == "/questions/sheet?condition=neck-pain"


def test_questions_are_about_the_condition_in_both_languages(client, catalog):
    assert "How often do you treat tennis elbow?" in words(client.get("/conditions/tennis-elbow").text)
    french = words(client.get("/fr/conditions/tennis-elbow").text)
    assert "l’épicondylite latérale" in french
    assert "{condition}" not in french


def test_a_group_lists_its_kinds_and_a_kind_its_group(client, catalog):
    group = BeautifulSoup(client.get("/conditions/headache").text, "html5lib")
    assert [link["href"].rpartition("/")[2] for link in group.select(".kinds a")] == [
        "tension-type-headache",
        "migraine",
        "cervicogenic-headache",
        "cluster-headache",
        "sinus-headache",
    ]
    kind = BeautifulSoup(client.get("/conditions/migraine").text, "html5lib")
    assert kind.select_one(".meta a")["href"] == "/conditions/headache"


def test_what_nobody_may_list_offers_no_search(client, catalog):
    page = BeautifulSoup(client.get("/conditions/sinus-headache").text, "html5lib")
    assert page.select("aside form, .bar, .go-print") == []
    assert "Nobody is listed for this" in words(str(page))


def test_while_no_review_is_signed_the_guide_says_so_and_nothing_else(client, catalog):
    for condition in queries.conditions():
        studies = words(client.get(f"/conditions/{condition.slug}").text, "#studies")
        assert studies.startswith("What studies say No review of studies has been signed off here yet.")


def test_a_signed_review_is_shown_with_its_certainty_source_and_date(client, catalog, tmp_path):
    folder = copied(tmp_path)
    signed = {"status": "published", "last_reviewed": "2024-02-29", "editor": "editor"}
    edit(folder, "evidence", lambda c: entry(c, "claims", "ev-heel").update(signed))
    with transaction():
        actions.load(folder=folder)
    studies = words(client.get("/conditions/plantar-heel-pain").text, "#studies")
    assert "Low to moderate certainty. Few trials; results vary." in studies
    assert "Llurda-Almuzara" in studies
    assert (
        "We read it on 29\N{NO-BREAK SPACE}Feb\N{NO-BREAK SPACE}2024."
        in client.get("/conditions/plantar-heel-pain").text
    )
    assert "Review due." in studies
    assert "No review of studies" in words(client.get("/conditions/neck-pain").text, "#studies")


def test_structured_data_promises_nothing(client, catalog):
    (found,) = structured(client.get("/conditions/neck-pain").text)
    assert found["@type"] == "MedicalWebPage"
    assert found["about"] == {
        "@type": "MedicalCondition",
        "name": "Neck pain",
        "alternateName": ["sore neck", "stiff neck", "cervical pain", "wry neck", "tech neck"],
    }
    assert {"possibleTreatment", "lastReviewed", "reviewedBy"} & {*found, *found["about"]} == set()


@pytest.mark.parametrize("path", ["/conditions/nope", "/fr/conditions/qqqq", "/conditions/%00"])
def test_a_guide_that_is_not_there_is_not_found(client, catalog, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["heel-pain", "NECK-PAIN", "mal-de-dos", "épicondylite"])
def test_any_other_name_in_the_address_leads_to_the_guide(client, catalog, name):
    answer = client.get(f"/fr/conditions/{name}")
    assert answer.status_code == 302
    assert client.get(answer.location).status_code == 200


def test_statements_do_not_grow(client, catalog, count_statements):
    counts = []
    for path in ("/conditions/", "/conditions/headache", "/conditions/frozen-shoulder"):
        with count_statements() as statements:
            client.get(path)
        counts.append(len(statements))
    assert counts == [2, 8, 8]
