"""The page of a search, as a patient without JavaScript gets it."""

from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup

from directory.database import transaction
from tests import factories

NOON = "2026-11-21 17:00:00+00:00"
GUELPH = {"lat": 43.53, "lon": -80.24}


def soup_of(response):
    return BeautifulSoup(response.get_data(as_text=True), "html5lib")


def texts(soup, selector):
    return [" ".join(found.get_text(" ").split()) for found in soup.select(selector)]


def get(client, path="/search", status=200, **query):
    response = client.get(path, query_string=query)
    assert response.status_code == status
    return soup_of(response)


@pytest.fixture
def people(catalog):
    """Ada, confirmed and near; Ben, French and farther; Cleo, in New York; one unlisted, beside Ada."""
    with transaction():
        ada = factories.practitioner(conditions=("neck-pain",))
        factories.location(ada, name="Riverbend", first_visit_price=12500, currency="CAD")
        factories.check(factories.credential(ada), performed_on=date(2026, 11, 12))
        ben = factories.practitioner(
            given_name="Ben", profession="chiropractor", conditions=("neck-pain",), languages=["fr", "en"],
            accepting_new="no", visit_modes=["home"], pronoun="he",
        )  # fmt: skip
        factories.location(ben, lat=43.6, precision="postal")
        factories.credential(ben)
        cleo = factories.practitioner(given_name="Cleo", conditions=("migraine",))
        factories.location(cleo, lat=43.8, locality="Orangeville")
        hidden = factories.practitioner(given_name="Mallory", visibility="unlisted", conditions=("neck-pain",))
        factories.location(hidden)
    return ada, ben, cleo


@time_machine.travel(NOON, tick=False)
def test_a_card_says_who_where_and_what_is_proven(client, people):
    page = get(client, condition="neck pain", **GUELPH)
    assert texts(page, "h1") == ["2 practitioners for neck pain within 25 km of 43.53, -80.24"]
    assert page.title.text == "Neck pain near 43.53, -80.24: 2 practitioners — Needlewise"
    card = page.select("article.prov")[0]
    assert texts(card, "h2") == ["Ada Example"]
    assert texts(card, ".sub") == ["Physiotherapist · Riverbend, Guelph"]
    assert texts(card, ".proof .st") == ["Checked 12 Nov", "None claimed", "None claimed", "None claimed"]
    assert texts(card, ".bits > span") == ["Taking new patients", "First visit $125", "English"]
    assert texts(card, ".dist b") == ["0 km"]
    assert [a["href"] for a in card.select("a")] == ["/practitioners/ada-example"] * 2


def test_who_is_not_listed_is_nowhere_on_the_page(client, people):
    response = client.get("/search", query_string=GUELPH | {"within": 500})
    assert "Mallory" not in response.get_data(as_text=True)
    assert len(soup_of(response).select("article.prov")) == 3


def test_a_place_known_roughly_is_about_so_far(client, people):
    page = get(client, condition="neck-pain", **GUELPH)
    assert texts(page, ".dist b") == ["0 km", "about 8 km"]


def test_in_french_every_word_is_french(client, people):
    page = get(client, "/fr/search", condition="cou", **GUELPH)
    assert texts(page, "h1") == ["2 personnes pour la douleur au cou à moins de 25 km : 43.53, -80.24"]
    assert texts(page.select("article.prov")[0], ".sub") == ["Physiothérapeute · Riverbend, Guelph"]
    assert page.select("article.prov a")[0]["href"] == "/fr/practitioners/ada-example"
    assert page.html["lang"] == "fr-CA"


def test_chips_say_how_many_and_lead_to_the_search_with_one_filter_more_or_less(client, people):
    page = get(client, condition="neck-pain", **GUELPH)
    assert texts(page, ".filters .chip") == ["Licence checked 1", "Taking new patients 1", "Speaks French 1"]
    french = page.select(".filters .chip")[2]["href"]
    page = soup_of(client.get(french))
    assert texts(page, "h2 a") == ["Ben Example"]
    assert texts(page, ".filters .chip.on") == ["Remove: Speaks French 1"]
    page = soup_of(client.get(page.select_one(".chip.on")["href"]))
    assert texts(page, "h2 a") == ["Ada Example", "Ben Example"]


def test_the_form_of_filters_keeps_the_search_and_its_counts_are_true(client, people):
    page = get(client, condition="neck-pain", within=50, fact="licence:own_statement", **GUELPH)
    form = page.select_one("form.drawer")
    kept = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert kept == {"condition": "neck-pain", "lat": "43.53", "lon": "-80.24", "within": "50"}
    assert texts(form, "fieldset legend") == ["The visit", "Language", "Profession"]
    for box in form.select("input[type=checkbox]"):
        count = int(box.parent.select_one(".n").text)
        found = get(client, **kept, fact="licence:own_statement", **{box["name"]: box["value"]})
        assert len(found.select("article.prov")) == count
    assert [o["value"] for o in form.select("select option[selected]")] == ["licence:own_statement", "", "", "", ""]


def test_just_outside_stands_below_the_last_page(client, people):
    page = get(client, **GUELPH)
    assert texts(page, ".beyond h2") == ["Just outside your 25 km"]
    assert texts(page, ".beyond li b") == ["30 km"]
    first = get(client, per_page=1, **GUELPH)
    assert first.select(".beyond") == []
    assert texts(first, ".pages .on") == ["Page 1"]
    second = soup_of(client.get(first.select_one(".pages a[rel=next]")["href"]))
    assert texts(second, ".pin") == ["2"]
    assert second.select_one("ol.list")["start"] == "2"


def test_nobody_found_offers_the_nearest_and_what_to_change(client, people):
    page = get(client, condition="migraine", within=25, language="fr", **GUELPH)
    assert texts(page, "h1") == ["No one for migraine within 25 km of 43.53, -80.24"]
    assert page.select("article.prov") == []
    assert "Nobody fits all of this, however far away." in page.get_text()
    page = get(client, condition="migraine", within=20, **GUELPH)
    assert texts(page, ".lead") == ["The nearest is 30 km away, in Orangeville."]
    assert texts(page, ".rows li")[:2] == ["Look within 40 km 1 person", "Look for any condition"]
    page = get(client, condition="neck-pain", within=25, language="fr", accepting=1, **GUELPH)
    rows = texts(page, ".rows li")
    assert rows[:2] == ["Drop “Taking new patients” 1 person", "Drop “Speaks French” 1 person"]
    dropped = soup_of(client.get(page.select(".rows li a")[0]["href"]))
    assert texts(dropped, "h2 a") == ["Ben Example"]


def test_a_page_beyond_the_last_leads_back(client, people):
    page = get(client, page=9, **GUELPH)
    assert texts(page, "h1") == ["This list has no page 9"]
    assert texts(page, ".lead a") == ["Go to the first page"]


@pytest.mark.parametrize(
    ("query", "status", "heading"),
    [
        ({}, 200, "Where are you?"),
        ({"condition": "neck pain"}, 200, "Where are you?"),
        ({"near": "Portland"}, 200, "Which Portland?"),
        ({"near": "Guelf"}, 404, "We do not know “Guelf”"),
        ({"near": "Guelph", "condition": "zzzz"}, 404, "We do not know “zzzz”"),
        ({"near": "Guelph", "within": "9999"}, 422, "Please check your search"),
        ({"near": "x" * 10_000}, 422, "Please check your search"),
        ({"lat": "43"}, 422, "Please check your search"),
    ],
)
def test_what_cannot_be_searched_is_a_page_with_a_message(client, catalog, query, status, heading):
    assert texts(get(client, status=status, **query), "h1") == [heading]


def test_a_bad_field_is_marked_and_the_rest_is_kept(client, catalog):
    page = get(client, status=422, near="Guelph", condition="neck pain", within="9999")
    field = page.select_one("#within")
    assert field["aria-invalid"] == "true"
    assert texts(page, f"#{field['aria-describedby']}") == ["Give a number from 1 to 500."]
    assert page.select_one("#near")["value"] == "Guelph"
    assert page.select_one("#condition")["value"] == "neck pain"


def test_choices_and_suggestions_lead_to_a_search_with_all_the_rest(client, catalog):
    page = get(client, near="Portland", condition="neck pain", within=50, language="fr")
    link = page.select("main .rows a")[0]["href"]
    assert "condition=neck-pain" in link
    assert "within=50" in link
    assert "language=fr" in link
    assert soup_of(client.get(link)).select_one("h1").text.startswith("No one for neck pain within")
    page = get(client, near="Guelf", condition="neck pain", status=404)
    assert "Guelph, Ontario" in texts(page, "main .rows b")


def test_near_conditions_are_offered_not_guessed(client, catalog):
    page = get(client, near="Guelph ON", condition="nek pain", status=404)
    assert texts(page, "main nav .rows b")[:1] == ["Neck pain"]
    page = soup_of(client.get(page.select("main nav .rows a")[0]["href"]))
    assert texts(page, "h1") == ["No one for neck pain within 25 km of Guelph"]


def test_a_condition_with_a_warning_shows_it_above_the_list(client, people):
    page = get(client, condition="neck-pain", **GUELPH)
    assert texts(page, ".callout p")[0] == "A stiff neck with fever and headache is an emergency."
    assert texts(page, ".callout .tag") == ["Draft: not read by a clinician"]
    assert get(client, condition="knee-pain", **GUELPH).select(".callout") == []


def test_a_page_of_results_asks_not_to_be_indexed_and_names_itself_without_the_query(client, people):
    page = get(client, condition="neck-pain", **GUELPH)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]")["href"].endswith("/search")
    assert get(client).select("meta[name=robots]") == []


def test_the_demo_banner_stands_only_beside_invented_people(client, people):
    assert get(client, **GUELPH).select(".demo") == []
    with transaction():
        people[1].origin = "demo"
    assert len(get(client, **GUELPH).select(".demo")) == 1
    assert get(client, language="xx", **GUELPH).select(".demo") == []


@time_machine.travel(NOON, tick=False)
def test_a_page_takes_four_statements_for_one_or_a_hundred(client, catalog, count_statements):
    with transaction():
        for n in range(110):
            person = factories.practitioner(given_name=f"N{n}", conditions=("neck-pain",))
            factories.location(person, lat=43.53 + n / 1000)
            factories.check(factories.credential(person))
    for query in ({"per_page": 1}, {"per_page": 20}, {"per_page": 100}, {"per_page": 20, "page": 5}, {"within": 1}):
        for path in ("/search", "/api/v1/search"):
            with count_statements() as statements:
                response = client.get(path, query_string={"condition": "neck pain"} | GUELPH | query)
            assert response.status_code == 200
            assert len(statements) == 4, (path, query)


def test_nobody_found_and_a_crowd_take_four_statements_too(client, people, count_statements, monkeypatch):
    from directory.search import queries

    nobody = {"condition": "neck pain", "lat": 10, "lon": 10}
    with count_statements() as statements:
        assert texts(get(client, **nobody), ".beyond h2") == ["The nearest who fit"]
    assert len(statements) == 4
    monkeypatch.setattr(queries, "MOST_ROWS", 2)
    with count_statements() as statements:
        assert len(get(client, language="fr", condition="neck pain", **GUELPH).select("article.prov")) == 1
    assert len(statements) == 4


def test_the_demo_world_answers_the_three_searches_of_every_day(client, demo):
    guelph = get(client, near="Guelph ON", condition="neck pain")
    assert len(guelph.select("article.prov")) >= 5
    quebec = get(client, "/fr/search", near="Québec", condition="mal de dos")
    assert len(quebec.select("article.prov")) >= 2
    stittsville = get(client, near="K2S 1S9")
    assert len(stittsville.select("article.prov")) >= 2
    assert stittsville.select(".demo")
