import pytest
from bs4 import BeautifulSoup

from directory.catalog import queries
from tests.guidance.pages import words


def texts_of(block, language):
    """Every text of a block in one language."""
    if block["kind"] in {"h", "p"}:
        return [block[f"text_{language}"]]
    if block["kind"] == "list":
        return [item[f"text_{language}"] for item in block["items"]]
    if block["kind"] == "table":
        cells = [cell for row in block["rows"] for cell in row[f"cells_{language}"]]
        return [block[f"caption_{language}"], *block[f"head_{language}"], *cells]
    return []


@pytest.mark.parametrize(("root", "language"), [("", "en"), ("/fr", "fr")])
def test_each_guide_draws_every_block_in_its_language(client, catalog, root, language):
    guides = queries.documents("guide")
    assert len(guides) == 11
    for guide in guides:
        text = words(client.get(f"{root}/guides/{guide.slug}").text)
        said = [part for block in guide.body["blocks"] for part in texts_of(block, language)]
        assert [part for part in said if " ".join(part.split()) not in text] == [], guide.slug
        assert {"en": "Draft: not read by a clinician", "fr": "Ébauche"}[language] in text


def test_what_is_included_from_the_safety_text_stands_in_place(client, catalog):
    after = words(client.get("/guides/after").text, "article")
    assert after.startswith("Get emergency help now Call 911 if")
    assert "Get medical care the same day A calf that is hot, red and swollen (can be a blood clot)" in after
    first = words(client.get("/fr/guides/speak-up-first").text, "article")
    assert "Grossesse Demandez d’abord." in first
    assert "convient" not in first.lower() or "suitable" not in first
    effects = words(client.get("/guides/side-effects").text, "article")
    assert "“In 100 treatments” and “in 100 therapists” are not the same." in effects


def test_the_six_questions_speak_of_my_problem(client, catalog):
    page = BeautifulSoup(client.get("/guides/what-to-look-for").text, "html5lib")
    assert page.select_one(".qa .strong").text == "How often do you treat my problem?"
    assert len(page.select(".qa li")) == 6


def test_every_guide_has_the_emergency_note_exactly_once(client, catalog):
    for guide in queries.documents("guide"):
        page = BeautifulSoup(client.get(f"/guides/{guide.slug}").text, "html5lib")
        assert len(page.select("#sos")) == 1, guide.slug


def test_the_footer_leads_to_it(client, catalog):
    link = BeautifulSoup(client.get("/fr/").text, "html5lib").select_one("footer a")
    assert link["href"] == "/fr/guides/side-effects#sos"


def test_the_index_lists_guides_with_their_first_sentence_and_the_words(client, catalog):
    page = BeautifulSoup(client.get("/guides/").text, "html5lib")
    rows = page.select("ol.rows a")
    assert (rows[0].b.text, rows[0].select_one(".sub").text) == (
        "What IMS is",
        "IMS is short for intramuscular stimulation.",
    )
    assert len(rows) == 11
    assert len(page.select("dl.tell dt")) == 22


def test_sources_are_named_leads_are_said_to_be_leads_and_titles_keep_their_language(client, catalog):
    page = BeautifulSoup(client.get("/fr/guides/headache-types").text, "html5lib")
    link = page.select_one("#sources").find_parent("section").select_one("a")
    assert link.text.startswith("Manuel MSD")
    assert not link.has_attr("lang")
    assert BeautifulSoup(client.get("/fr/guides/after").text, "html5lib").select_one(".dots a[lang=en]")
    only_leads = words(client.get("/guides/when-considered").text)
    assert "That is a lead. It is not proof." in only_leads


def test_a_table_says_its_heads_again_for_narrow_screens_but_not_to_a_reader(client, catalog):
    page = BeautifulSoup(client.get("/guides/side-effects").text, "html5lib")
    assert {k["aria-hidden"] for k in page.select("td .k")} == {"true"}
    assert [th["scope"] for th in page.select("thead th")] == ["col"] * 3


@pytest.mark.parametrize("path", ["/guides/nope", "/fr/guides/💥"])
def test_a_guide_that_is_not_there_is_not_found(client, catalog, path):
    assert client.get(path).status_code == 404


def test_statements_do_not_grow(client, catalog, count_statements):
    counts = []
    for path in ("/guides/", "/guides/what-to-look-for", "/guides/long-term"):
        with count_statements() as statements:
            client.get(path)
        counts.append(len(statements))
    assert counts == [3, 5, 5]
