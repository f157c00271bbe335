"""/api/v1/places, and `flask places find`."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.config import from_environment

GUELPH = {"label": "Guelph, Ontario", "lat": 43.54594, "lon": -80.25599, "precision": "town"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site without a database: no place comes from one."""
    return create_app(from_environment({"DATA_DIR": str(tmp_path_factory.mktemp("places"))}))


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


def test_places_that_begin_as_typed_are_listed(client: FlaskClient):
    places = client.get("/api/v1/places?q=guelp").json["places"]
    assert places[0] == GUELPH
    assert {tuple(place) for place in places} == {("label", "lat", "lon", "precision")}


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("q=K2S+1S9", ["Stittsville, Ontario (K2S)"]),
        ("q=X0A+0H0", ["Iqaluit, Nunavut (X0A)"]),
        ("q=qu%C3%A9bec,+qc&lang=fr", ["Québec, Québec"]),
        ("q=Vancouver+BC", ["Vancouver, British Columbia"]),
        ("q=zzzzqqqqxxxx", []),
    ],
)
def test_a_finished_text_is_answered(client: FlaskClient, query: str, labels: list[str]):
    answer = client.get(f"/api/v1/places?{query}")
    assert answer.status_code == 200
    assert [place["label"] for place in answer.json["places"]] == labels


def test_at_most_ten_places_are_listed(client: FlaskClient):
    assert len(client.get("/api/v1/places?q=portland").json["places"]) == 10


@pytest.mark.parametrize("query", ["", "q=", "q=+++", "q=" + "a" * 201, "near=Guelph"])
def test_a_missing_or_overlong_text_is_refused(client: FlaskClient, query: str):
    answer = client.get(f"/api/v1/places?{query}")
    assert (answer.status_code, answer.mimetype) == (422, "application/json")
    assert "q" in answer.json["error"]


def test_the_database_is_not_asked(app: Flask, count_statements):
    with count_statements() as statements:
        assert app.test_client().get("/api/v1/places?q=Guelph").json["places"][0] == GUELPH
    assert list(statements) == []


@pytest.mark.shared
def test_hostile_text_is_answered(client: FlaskClient, shared: Path):
    texts = json.loads((shared / "hostile" / "naughty.json").read_text())
    for path in sorted((shared / "hostile").glob("*.txt")):
        texts += path.read_bytes().decode("utf-8", "replace").splitlines()[::7]
    answers = {client.get("/api/v1/places", query_string={"q": text}).status_code for text in dict.fromkeys(texts)}
    assert answers == {200, 422}
    raw = ["q=%00", "q=%ff%fe", "q=%", "q=a&q=b", "q[]=a", "q=%ED%A0%80", "q=" + "%F0%9F%8F%A5" * 50, "lang=x&q=a"]
    assert {client.get(f"/api/v1/places?{query}").status_code for query in raw} <= {200, 422}


def test_find_prints_the_place(site: Flask):
    result = site.test_cli_runner().invoke(args=["places", "find", "guelph on"])
    assert (result.exit_code, result.output) == (0, "Guelph, Ontario\t43.54594\t-80.25599\ttown\n")


def test_find_prints_json(site: Flask):
    result = site.test_cli_runner().invoke(args=["places", "find", "Québec", "--json", "--language", "fr"])
    assert result.exit_code == 0
    found = json.loads(result.output)
    assert [place["label"] for place in found["places"]] == ["Québec, Québec"]
    assert found["suggestions"] == []


def test_find_lists_what_a_name_may_mean(site: Flask):
    result = site.test_cli_runner().invoke(args=["places", "find", "Portland"])
    assert result.exit_code == 3
    assert [line.split("\t")[0] for line in result.output.splitlines()[:2]] == ["Portland, Oregon", "Portland, Maine"]


def test_find_suggests_spellings(site: Flask):
    result = site.test_cli_runner().invoke(args=["places", "find", "Gelph"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Guelph, Ontario" in result.stderr
    result = site.test_cli_runner().invoke(args=["places", "find", "Gelph", "--json"])
    assert (result.exit_code, json.loads(result.stdout)["places"]) == (1, [])
    assert site.test_cli_runner().invoke(args=["places", "find"]).exit_code == 2
