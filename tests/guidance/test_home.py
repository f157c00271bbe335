import json

import pytest
from bs4 import BeautifulSoup

from tests.guidance.pages import structured


def test_the_search_asks_what_and_where_and_sends_both_in_the_address(client, catalog):
    page = BeautifulSoup(client.get("/").text, "html5lib")
    form = page.select_one("main form")
    assert form["action"] == "/search"
    assert form.get("method", "get") == "get"
    assert [field["name"] for field in form.select("input")] == ["condition", "near"]
    assert [label["for"] for label in form.select("label")] == ["condition", "near"]


def test_where_i_am_now_is_offered_only_by_a_script(client, catalog):
    answer = client.get("/")
    page = BeautifulSoup(answer.text, "html5lib")
    assert page.select_one("[data-locate]").has_attr("hidden")
    script = page.select_one("script[type=module]")
    assert f"'nonce-{script['nonce']}'" in answer.headers["Content-Security-Policy"]
    assert script["src"].endswith("/js/locate.js")
    assert client.get(script["src"]).status_code == 200


def test_the_three_levels_of_proof_stand_in_words_and_only_one_is_green(client, catalog):
    page = BeautifulSoup(client.get("/").text, "html5lib")
    assert [(st.text, st["class"][1]) for st in page.select(".proof .st")] == [
        ("Confirmed", "is-ok"),
        ("Document seen", "is-seen"),
        ("In their words", "is-self"),
    ]


@pytest.mark.parametrize(("path", "first"), [("/", "Head and jaw"), ("/fr/", "Tête et mâchoire")])
def test_nine_parts_of_the_body_lead_to_their_conditions(client, catalog, path, first):
    page = BeautifulSoup(client.get(path).text, "html5lib")
    links = page.select(".bodymap ol a")
    assert len(links) == 9
    assert links[0].b.text == first
    index = client.get(links[0]["href"].partition("#")[0])
    assert [f'id="{link["href"].partition("#")[2]}"' in index.text for link in links] == [True] * 9
    assert len(page.select(".fig a[tabindex='-1']")) == 8


def test_home_says_what_it_is_to_a_machine(client, catalog):
    (found,) = structured(client.get("/fr/").text)
    assert (found["@type"], found["inLanguage"]) == ("WebSite", "fr-CA")
    assert json.dumps(found).count("http") == 2


def test_home_costs_four_statements(client, catalog, count_statements):
    with count_statements() as statements:
        client.get("/")
    assert len(statements) == 4
