import json

import pytest

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
    assert "We cannot find that page" in client.get("/nothing").get_data(as_text=True)
    assert "Nous ne trouvons pas cette page" in client.get("/fr/nothing").get_data(as_text=True)


def test_a_machine_is_answered_in_json(client, catalog):
    response = client.get("/api/v1/nothing")
    assert (response.status_code, json.loads(response.data)) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_that_only_reads_refuses_to_be_written(client, catalog, method):
    assert getattr(client, method)("/conditions/").status_code in {400, 405}


def test_an_unexpected_fault_shows_no_trace(client, catalog, caplog):
    def broken() -> str:
        raise ZeroDivisionError("secret words")

    broken.access = "public"
    catalog.view_functions["probes.healthz"], kept = broken, catalog.view_functions["probes.healthz"]
    response = client.get("/healthz?near=Guelph")
    catalog.view_functions["probes.healthz"] = kept
    assert response.status_code == 500
    assert "secret words" not in response.get_data(as_text=True)
    assert "Guelph" not in caplog.text


def test_readiness_is_of_the_database(client, catalog):
    assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (200, 200)
