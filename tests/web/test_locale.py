import re
from datetime import date

import pytest
from flask_babel import force_locale

from directory.web.locale import NBSP, day, dollars, km, number


def test_the_french_twin_has_the_same_path_below_fr(client, catalog):
    english, french = (client.get(path).get_data(as_text=True) for path in ("/conditions/", "/fr/conditions/"))
    assert (re.search(r'<html lang="([^"]+)"', english)[1], re.search(r'<html lang="([^"]+)"', french)[1]) == (
        "en-CA",
        "fr-CA",
    )
    assert 'href="/fr/conditions/"' in english
    assert 'href="/conditions/"' in french


def test_every_link_of_a_french_page_stays_french(client, catalog):
    page = client.get("/fr/").get_data(as_text=True)
    body = page[page.index("<body>") :]
    links = set(re.findall(r'(?:href|action)="(/[^"]*)"', body))
    assert {link for link in links if not link.startswith(("/fr/", "/assets/"))} == {"/"}


def test_switching_the_language_twice_leads_back_with_the_search(client, catalog):
    def other(path: str, code: str) -> str:
        page = client.get(path).get_data(as_text=True)
        return re.search(rf'href="([^"]+)" lang="{code}"', page)[1].replace("&amp;", "&")

    start = "/search?near=Qu%C3%A9bec&condition=mal+de+dos"
    french = other(start, "fr")
    assert french == f"/fr{start}"
    assert other(french, "en") == start


def test_canonical_and_alternate_links_carry_no_query(client, catalog):
    page = client.get("/fr/conditions/?x=1").get_data(as_text=True)
    found = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page))
    assert found == {"en": "http://127.0.0.1:8000/conditions/", "fr": "http://127.0.0.1:8000/fr/conditions/"}
    assert re.search(r'<link rel="canonical" href="([^"]+)">', page)[1] == found["fr"]


def test_a_redirect_stays_in_its_language(client, catalog):
    assert client.get("/fr/conditions").headers["Location"].endswith("/fr/conditions/")


@pytest.mark.parametrize("path", ["/frog", "/fr/frog", "/fr/api/v1/search", "/fr/assets/0/site.css", "/fr/fr/"])
def test_what_is_not_there_is_not_found(client, catalog, path):
    assert client.get(path).status_code == 404


def test_fr_alone_is_the_french_home(client, catalog):
    assert 'lang="fr-CA"' in client.get("/fr").get_data(as_text=True)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en_CA", ["12 Nov 2026", "1.8 km", "27 km", "1,234.5", "$125", "$99.50"]),
        ("fr_CA", ["12 nov. 2026", "1,8 km", "27 km", "1\N{NO-BREAK SPACE}234,5", "125 $", "99,50 $"]),
    ],
)
def test_dates_numbers_distances_and_prices(app, locale, words):
    with app.test_request_context(), force_locale(locale):
        shown = [day(date(2026, 11, 12)), km(1.84), km(27.2), number(1234.5), dollars(12500), dollars(9950)]
    assert [text.replace(NBSP, " ") for text in shown] == [word.replace(NBSP, " ") for word in words]


@pytest.mark.parametrize(("distance", "shown"), [(0.04, "0"), (0.96, "1"), (9.94, "9.9"), (9.96, "10"), (499.6, "500")])
def test_a_distance_has_a_decimal_only_when_it_is_short(app, distance, shown):
    with app.test_request_context(), force_locale("en_CA"):
        assert km(distance) == f"{shown}{NBSP}km"
