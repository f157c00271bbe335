import json

import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def broken_search(catalog, monkeypatch):
    """A search that fails in a way nobody foresaw."""

    def broken() -> str:
        raise ZeroDivisionError("secret words")

    broken.access = "public"
    monkeypatch.setitem(catalog.view_functions, "search.results", broken)


HOSTILE_PATHS = [
    "/%00",
    "/conditions/%00",
    "/conditions/%FF%FE",
    "/practitioners/" + "a" * 8000,
    "/verify/%F0%9F%92%89",
    "/fr/%2e%2e/%2e%2e/etc/passwd",
    "//evil.example/",
    "/conditions/%0d%0aSet-Cookie:x=1",
    "/assets/x/../../config.py",
]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_a_hostile_path_is_a_page_not_a_fault(client, catalog, path):
    assert client.get(path).status_code < 500


@pytest.mark.parametrize("query", ["%00", "x=%FF", "near=%00&condition=%00", "near=" + "a" * 10_000, "a" * 20_000])
@pytest.mark.parametrize("path", ["/", "/search", "/fr/search", "/questions/sheet", "/verify/", "/api/v1/search"])
def test_a_hostile_query_is_a_page_not_a_fault(client, catalog, path, query):
    assert client.get(f"{path}?{query}").status_code < 500


def test_the_error_page_speaks_the_language_of_its_address(client, catalog):
    assert "There is no page at this address" in client.get("/nothing").get_data(as_text=True)
    assert "Il n’y a pas de page à cette adresse" in client.get("/fr/nothing").get_data(as_text=True)


def test_an_error_page_keeps_the_search_that_was_typed(client, catalog, broken_search):
    page = BeautifulSoup(client.get("/search?condition=neck+pain&near=%3CGuelph%3E").data, "html5lib")
    assert {field["name"]: field["value"] for field in page.select("main input")} == {
        "condition": "neck pain",
        "near": "<Guelph>",
    }
    assert page.h1.get_text() == "Our search stopped. Your words are still here."


def test_an_error_page_repeats_the_address_as_text(client, catalog):
    page = BeautifulSoup(client.get("/conditions/%3Cimg%20src=x%3E").data, "html5lib")
    assert (page.select("main img"), page.select_one("main .lead b").get_text()) == ([], "/conditions/<img src=x>")


def test_a_refused_method_says_which_are_allowed(client, catalog):
    response = client.delete("/healthz")
    assert (response.status_code, response.allow.as_set()) == (405, {"get", "head", "options"})


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/conditions", "/conditions/"),
        ("/fr/conditions?q=x%20y&q=%26", "/fr/conditions/?q=x%20y&q=%26"),
        ("/conditions//heel-pain", "/conditions/heel-pain"),
    ],
)
def test_a_redirect_to_the_tidier_address_names_no_host(client, catalog, asked, led_to):
    response = client.get(asked, headers={"Host": "evil.example"})
    assert (response.status_code, response.headers["Location"]) == (308, led_to)


def test_a_page_answers_head_with_no_body(client, catalog):
    response = client.head("/conditions/")
    assert (response.status_code, response.data, response.mimetype) == (200, b"", "text/html")


def test_a_machine_is_answered_in_json(client, catalog):
    response = client.get("/api/v1/nothing")
    assert (response.status_code, json.loads(response.data)) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_that_only_reads_refuses_to_be_written(client, catalog, method):
    assert getattr(client, method)("/conditions/").status_code in {400, 405}


def test_an_unexpected_fault_shows_no_trace(client, catalog, broken_search, caplog):
    response = client.get("/search?near=Guelph")
    assert response.status_code == 500
    assert "secret words" not in response.get_data(as_text=True)
    assert "Guelph" not in caplog.text


def test_readiness_is_of_the_database(client, catalog):
    assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (200, 200)
