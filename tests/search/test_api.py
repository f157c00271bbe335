"""GET /api/v1/search, name for name as other tools rely on it."""

import json
from datetime import date

import pytest
import time_machine

from directory.database import transaction
from tests import factories

NOON = "2026-11-21 17:00:00+00:00"


@pytest.fixture
def ada(catalog):
    with transaction():
        person = factories.practitioner(conditions=("neck-pain",), languages=["en", "fr"])
        factories.location(person, name="Riverbend Physiotherapy", lat=43.54, lon=-80.25)
        factories.check(factories.credential(person), performed_on=date(2026, 11, 12), next_due_on=date(2027, 2, 10))
        factories.credential(person, kind="training")
    return person


@time_machine.travel(NOON, tick=False)
def test_an_answer_is_exactly_the_contract(client, ada):
    response = client.get("/api/v1/search?lat=43.55&lon=-80.25&near=Guelph&condition=neck+pain")
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.get_json() == {
        "place": {"label": "Guelph", "lat": 43.55, "lon": -80.25, "precision": "address"},
        "within_km": 25,
        "condition": "neck-pain",
        "total": 1,
        "total_is_exact": True,
        "results": [
            {
                "code": ada.code,
                "slug": "ada-example",
                "name": "Ada Example",
                "profession": "physiotherapist",
                "distance_km": 1.112,
                "practice": {
                    "name": "Riverbend Physiotherapy",
                    "locality": "Guelph",
                    "region": "CA-ON",
                    "lat": 43.54,
                    "lon": -80.25,
                    "precision": "address",
                },
                "accepting_new": True,
                "languages": ["en", "fr"],
                "visit_modes": ["in-person"],
                "facts": {
                    "licence": {"status": "confirmed", "checked_on": "2026-11-12", "next_check_by": "2027-02-10"},
                    "permission": {"status": "none_claimed"},
                    "training": {"status": "own_statement"},
                    "certification": {"status": "none_claimed"},
                    "insurance": {"status": "none_claimed"},
                },
            }
        ],
        "facets": {
            "profession": {"physiotherapist": 1},
            "fact": {
                "licence:own_statement": 1,
                "licence:document_seen": 1,
                "licence:confirmed": 1,
                "training:own_statement": 1,
            },
            "language": {"en": 1, "fr": 1},
            "accepting": {"1": 1},
            "visit": {"in-person": 1},
        },
        "page": 1,
        "per_page": 20,
    }


def test_an_ambiguous_place_answers_with_choices(client, catalog):
    response = client.get("/api/v1/search?near=Portland")
    assert response.status_code == 300
    labels = [choice["label"] for choice in response.get_json()["choices"]]
    assert {"Portland, Oregon", "Portland, Maine"} <= set(labels)
    assert all(set(choice) == {"label", "lat", "lon", "precision"} for choice in response.get_json()["choices"])


def test_an_unknown_place_answers_with_suggestions(client, catalog):
    response = client.get("/api/v1/search?near=Guelf")
    assert response.status_code == 404
    assert "Guelph, Ontario" in response.get_json()["suggestions"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("near=Guelph&within=0", "within"),
        ("near=Guelph&within=501", "within"),
        ("near=Guelph&per_page=101", "per_page"),
        ("near=Guelph&page=0", "page"),
        ("near=Guelph&profession=wizard", "profession"),
        ("near=Guelph&fact=licence:maybe", "fact"),
        ("near=Guelph&language=!!", "language"),
        ("near=Guelph&accepting=perhaps", "accepting"),
        ("near=Guelph&visit=dream", "visit"),
        ("lat=91&lon=0", "lat"),
        ("lat=43", "lon"),
        ("condition=neck-pain", "near"),
        ("", "near"),
        ("near=Guelph&condition=zzzz", "condition"),
    ],
)
def test_a_bad_parameter_is_named(client, catalog, query, field):
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 422
    assert list(response.get_json()["fields"]) == [field]


def test_a_place_by_name_is_found_and_says_how_well(client, ada):
    place = client.get("/api/v1/search?near=Guelph,+Ontario").get_json()["place"]
    assert (place["label"], place["precision"]) == ("Guelph, Ontario", "town")
    assert client.get("/api/v1/search?near=43.55,-80.25").get_json()["total"] == 1


def test_a_fraction_of_a_kilometre_is_kept(client, ada):
    body = client.get("/api/v1/search?lat=43.55&lon=-80.25&within=2.5").get_json()
    assert body["within_km"] == 2.5


@pytest.mark.shared
@pytest.mark.parametrize("path", ["/search", "/fr/search", "/api/v1/search"])
def test_no_text_in_any_parameter_is_an_error_of_ours(client, catalog, shared, path):
    strings = json.loads((shared / "hostile" / "naughty.json").read_text())
    strings += (shared / "hostile" / "xss-html5sec.txt").read_text(errors="replace").splitlines()[:60]
    strings += ["\0", "é" * 300, "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "%", "_", "'"]
    names = ["near", "condition", "within", "profession", "fact", "language", "accepting", "visit", "page", "lat"]
    for n, text in enumerate(strings if path == "/search" else strings[::5]):
        name = names[n % len(names)]
        for query in ({"near": "Guelph", name: text}, {"near": text, "condition": text}):
            response = client.get(path, query_string=query)
            assert response.status_code < 500, (name, text)


@pytest.mark.shared
def test_markup_in_what_was_typed_stays_text(client, catalog, shared):
    for line in (shared / "hostile" / "xss-context.txt").read_text(errors="replace").splitlines()[:80]:
        page = client.get("/search", query_string={"near": line, "condition": line, "within": line})
        text = page.get_data(as_text=True)
        assert page.status_code in {200, 404, 422}
        assert "<script>alert" not in text.replace("&lt;script&gt;alert", "")
