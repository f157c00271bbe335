"""Where typed places are, by the gazetteer that is shipped."""

import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.places.distance import great_circle_km
from directory.places.gazetteer import FILE, OfflineGazetteer
from directory.places.geocode import Located, complete, locate, offline, point_for, suggest
from tests.places.listing import every_area, every_town


@pytest.mark.parametrize(
    ("typed", "label", "precision"),
    [
        ("K2S 1S9", "Stittsville, Ontario (K2S)", "postal"),
        ("k2s1s9", "Stittsville, Ontario (K2S)", "postal"),
        ("N1G", "Guelph, Ontario (N1G)", "postal"),
        ("10001", "New York, New York (10001)", "postal"),
        ("90210", "Beverly Hills, California (90210)", "postal"),
        ("90210-3303", "Beverly Hills, California (90210)", "postal"),
        ("X0A 0H0", "Iqaluit, Nunavut (X0A)", "approximate"),
        ("Vancouver BC", "Vancouver, British Columbia", "town"),
        ("Vancouver, British Columbia", "Vancouver, British Columbia", "town"),
        ("Vancouver WA", "Vancouver, Washington", "town"),
        ("Portland, OR", "Portland, Oregon", "town"),
        ("Portland Maine", "Portland, Maine", "town"),
        ("St. John's NL", "St. John's, Newfoundland and Labrador", "town"),
        ("Saint Johns, Newfoundland & Labrador", "St. John's, Newfoundland and Labrador", "town"),
        ("Saint John NB", "Saint John, New Brunswick", "town"),
        ("Québec", "Quebec City, Quebec", "town"),
        ("QUEBEC", "Quebec City, Quebec", "town"),
        ("Quebec City", "Quebec City, Quebec", "town"),
        ("ville de Québec", "Quebec City, Quebec", "town"),
        ("Montréal Québec", "Montréal, Quebec", "town"),
        ("montreal", "Montréal, Quebec", "town"),
        ("Guelph", "Guelph, Ontario", "town"),
        ("guelph, on", "Guelph, Ontario", "town"),
        ("Guelph, CA", "Guelph, Ontario", "town"),
        ("London, CA", "London, California", "town"),
        ("London, ON, Canada", "London, Ontario", "town"),
        ("Toronto", "Toronto, Ontario", "town"),
        ("Chicago", "Chicago, Illinois", "town"),
        ("NYC", "New York City, New York", "town"),
        ("New York", "New York City, New York", "town"),
        ("Washington, D.C.", "Washington, District of Columbia", "town"),
        ("sudbury ontario", "Greater Sudbury, Ontario", "town"),
        ("Moncton, N.-B.", "Moncton, New Brunswick", "town"),
        ("Sault Ste Marie ON", "Sault Ste. Marie, Ontario", "town"),
        ("Coeur d'Alene, Idaho", "Coeur d'Alene, Idaho", "town"),
        ("100 Mile House", "100 Mile House, British Columbia", "town"),
        ("N Vancouver BC", "North Vancouver, British Columbia", "town"),
        ("near Guelph, ON", "Guelph, Ontario", "town"),
        ("centre-ville de Montréal", "Montréal, Quebec", "town"),
        ("Kanata, Ottawa", "Kanata, Ontario", "town"),
        ("Kensington Market, Toronto, ON", "Kensington Market, Ontario", "town"),
        ("212 Gordon Street, Guelph, ON N1G 1X1", "Guelph, Ontario (N1G)", "postal"),
        ("212 Gordon Street Guelph Ontario", "Guelph, Ontario", "town"),
        ("212 Gordon Street, Guelph", "Guelph, Ontario", "town"),
        ("12345 Jasper Avenue, Edmonton AB", "Edmonton, Alberta", "town"),
        ("10001 New York", "New York, New York (10001)", "postal"),
        ("Nakusp BC V0G 1R0", "Nakusp, British Columbia", "town"),
        ("Elora, ON N0B 1S0", "Elora, Ontario", "town"),
        ("Kitchener-Waterloo", "Kitchener, Ontario", "town"),
        ("Rue Saint-Denis, Montréal", "Montréal, Quebec", "town"),
        ("1234, rue Sainte-Catherine Ouest, Montréal (Québec)", "Montréal, Quebec", "town"),
    ],
)
def test_a_place_is_found(typed: str, label: str, precision: str):
    place = locate(typed).place
    assert place is not None
    assert (place.label, place.precision) == (label, precision)


@pytest.mark.parametrize(
    ("typed", "lat", "lon", "within_km"),
    [
        ("K2S 1S9", 45.260, -75.922, 2),
        ("N1G", 43.522, -80.228, 2),
        ("Vancouver BC", 49.261, -123.114, 3),
        ("Vancouver WA", 45.639, -122.661, 3),
        ("10001", 40.750, -73.997, 1),
        ("90210", 34.090, -118.406, 2),
        ("Québec", 46.813, -71.208, 3),
        ("St. John's NL", 47.561, -52.713, 3),
        ("Saint John NB", 45.273, -66.063, 3),
        ("X0A", 63.747, -68.517, 5),
    ],
)
def test_a_place_lies_where_it_is(typed: str, lat: float, lon: float, within_km: float):
    place = locate(typed).place
    assert place is not None
    assert great_circle_km(lat, lon, place.lat, place.lon) <= within_km


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("Portland", "Portland, Oregon", "Portland, Maine"),
        ("Springfield", "Springfield, Missouri", "Springfield, Massachusetts"),
        ("London", "London, Ontario", "London, Ohio"),
        ("Vancouver", "Vancouver, British Columbia", "Vancouver, Washington"),
        ("Windsor", "Windsor, Ontario", "Windsor, Colorado"),
        ("Saint John", "St. John's, Newfoundland and Labrador", "Saint John, New Brunswick"),
        ("100 Main Street, Portland", "Portland, Oregon", "Portland, Maine"),
        ("Fairview, AB", "Fairview (near Calgary), Alberta", "Fairview (near Peace River), Alberta"),
        ("Ottawa L1T 4H4", "Ajax, Ontario (L1T)", "Ottawa, Ontario"),
        ("Ontario", "Toronto, Ontario", "Ottawa, Ontario"),
        ("Canada", "Toronto, Ontario", "Montréal, Quebec"),
        ("Washington", "Seattle, Washington", "Washington, District of Columbia"),
        ("CA", "Los Angeles, California", "San Diego, California"),
    ],
)
def test_what_may_be_several_places_is_asked_about(typed: str, first: str, second: str):
    located = locate(typed)
    assert located.place is None
    assert [place.label for place in located.choices[:2]] == [first, second]
    assert located.suggestions == []


def test_part_of_a_text_that_is_not_understood_is_asked_about():
    assert locate("Nowhere Market, Toronto") == Located(choices=[locate("Toronto").place])
    assert locate("Paris, France").place is None


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("Gelph", "Guelph, Ontario"),
        ("Tornto", "Toronto, Ontario"),
        ("Winnepeg", "Winnipeg, Manitoba"),
        ("Stitsville", "Stittsville, Ontario"),
        ("Monteral", "Montréal, Quebec"),
        ("Gelph, ON", "Guelph, Ontario"),
        ("Portlnd, ME", "Portland, Maine"),
        ("K2Z 1A1", "Ottawa, Ontario (K2A)"),
        ("Guelph and Eramosa", "Guelph, Ontario"),
    ],
)
def test_a_misspelled_place_is_answered_with_spellings_to_try(typed: str, suggestion: str):
    located = locate(typed)
    assert (located.place, located.choices) == (None, [])
    assert located.suggestions[0] == suggestion
    assert len(located.suggestions) <= 5
    assert locate(suggestion).place


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", "???", "99999999", "zzzzqqqqxxxx", "a" * 10_000, "٣٤٥", "🏥", "-1"]
)
def test_what_is_no_place_is_unknown(typed: str):
    assert locate(typed) == Located()


@pytest.mark.parametrize("code", ["09009", "H0H 0H0", "56908"])
def test_codes_of_no_place_in_either_country_have_no_point(code: str):
    assert locate(code).place is None


@pytest.mark.parametrize(
    ("typed", "english", "french"),
    [
        ("Québec QC", "Quebec City, Quebec", "Québec, Québec"),
        ("Vancouver BC", "Vancouver, British Columbia", "Vancouver, Colombie-Britannique"),
        ("Charleston SC", "Charleston, South Carolina", "Charleston, Caroline du Sud"),
        ("K2S", "Stittsville, Ontario (K2S)", "Stittsville, Ontario (K2S)"),
        ("G1R", "Quebec City, Quebec (G1R)", "Québec, Québec (G1R)"),
    ],
)
def test_labels_are_in_the_language_of_the_page(typed: str, english: str, french: str):
    assert [getattr(locate(typed, code).place, "label", None) for code in ("en", "fr")] == [english, french]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_label_of_every_town_leads_back_to_it(language: str):
    towns = [town.place(language) for town in every_town()]
    assert len(towns) > 45_000
    assert [place for place in towns if locate(place.label, language).place != place] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_label_of_every_postal_area_leads_back_to_it(language: str):
    areas = [area.place(language) for area in every_area()]
    assert len(areas) > 43_000
    assert [place for place in areas if locate(place.label, language).place != place] == []


def test_every_choice_leads_to_exactly_that_place():
    for typed in ("Portland", "Springfield", "Washington", "Fairview, AB", "Ontario", "Georgia", "Saint John"):
        choices = locate(typed).choices
        assert [locate(place.label).place for place in choices] == choices


def test_every_point_lies_in_its_region():
    """The sources put some codes at 0, 0 and some areas at the pole."""
    reach: dict[str, list[float]] = {}
    for town in (t for t in every_town() if t.population):
        box = reach.setdefault(town.region, [90, -90, 180, -180])
        box[:] = min(box[0], town.lat), max(box[1], town.lat), min(box[2], town.lon), max(box[3], town.lon)
    astray = []
    for place in [*every_town(), *every_area()]:
        south, north, west, east = reach.get(place.region, [-15, 20, -180, 180])
        if not (south - 4 <= place.lat <= north + 4 and west - 15 <= place.lon <= east + 15):
            astray.append(place)
    assert astray == []


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(text: str):
    located = locate(text)
    assert not (located.place and located.choices)
    for place in [located.place] if located.place else located.choices:
        assert -90 <= place.lat <= 90


@pytest.mark.shared
def test_hostile_text_is_answered(shared: Path):
    texts = json.loads((shared / "hostile" / "naughty.json").read_text())
    for path in sorted((shared / "hostile").glob("*.txt")):
        texts += path.read_bytes().decode("utf-8", "replace").splitlines()
    assert len(texts) > 1000
    for text in texts:
        locate(text)
        suggest(text)


def milliseconds(typed: str) -> float:
    times = []
    for _ in range(9):
        start = time.perf_counter()
        locate(typed)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def test_answers_are_quick():
    for known in ("K2S 1S9", "Guelph, Ontario", "10001", "Portland", "212 Gordon Street, Guelph, ON N1G 1X1"):
        assert milliseconds(known) < 3
    for unknown in ("Gelph", "a" * 10_000, "x " * 100, "\x00" * 5000, "Ontario", "é" * 199, "1" * 200, "ﷺ" * 200):
        assert milliseconds(unknown) < 50


def test_it_is_a_geocoder_of_geopys():
    geocoder = OfflineGazetteer()
    assert isinstance(geocoder, Geocoder)
    guelph = geocoder.geocode("Guelph", timeout=1)
    assert (guelph.address, guelph.latitude, guelph.longitude) == ("Guelph, Ontario", 43.54594, -80.25599)
    assert guelph.raw["precision"] == "town"
    several = geocoder.geocode("Portland", exactly_one=False, language="fr")
    assert [location.address for location in several[:2]] == ["Portland, Oregon", "Portland, Maine"]
    assert geocoder.geocode("zzzzqqqqxxxx") is None
    assert geocoder.geocode("zzzzqqqqxxxx", exactly_one=False) is None
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse((43.5, -80.2))


def test_threads_may_ask_at_once():
    gazetteer = OfflineGazetteer()
    with ThreadPoolExecutor(8) as pool:
        labels = set(pool.map(lambda _: gazetteer.find("N1G 2W1").place.label, range(400)))
    assert labels == {"Guelph, Ontario (N1G)"}


def test_the_file_is_small_and_never_written():
    before = FILE.stat()
    locate("Guelph")
    assert before.st_size < 8_000_000
    assert sorted(path.name for path in FILE.parent.iterdir()) == [FILE.name]
    assert FILE.stat().st_mtime_ns == before.st_mtime_ns
    with pytest.raises(Exception, match="readonly"):
        offline()._rows("DELETE FROM place", ())


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("gue", "Guelph, Ontario"),
        ("Guelph", "Guelph, Ontario"),
        ("montr", "Montréal, Quebec"),
        ("K2", "Ottawa, Ontario (K2A)"),
        ("902", "Bell Gardens, California (90201)"),
        ("Portland, M", "Portland, Maine"),
        ("york", "York, Pennsylvania"),
        ("saint joh", "St. John's, Newfoundland and Labrador"),
        ("st. john", "Saint John, New Brunswick"),
    ],
)
def test_places_are_suggested_while_they_are_typed(prefix: str, first: str):
    places = suggest(prefix)
    assert places[0].label == first
    assert len(places) <= 10


@pytest.mark.parametrize("prefix", ["", "g", " ", ",", "\x00", "%", "_", "x" * 10_000])
def test_too_little_or_too_much_suggests_nothing(prefix: str):
    assert suggest(prefix) == []


def test_a_finished_text_is_completed_by_what_it_means():
    assert [place.label for place in complete("K2S 1S9")] == ["Stittsville, Ontario (K2S)"]
    assert [place.label for place in complete("québec, qc", language="fr")] == ["Québec, Québec"]
    assert complete("zzzzqqqqxxxx") == []


@pytest.mark.parametrize(
    ("postal_code", "locality", "region", "label", "precision"),
    [
        ("N1G 2W1", "Guelph", "CA-ON", "Guelph, Ontario (N1G)", "postal"),
        ("V0G1R0", "NAKUSP", "CA-BC", "Nakusp, British Columbia", "town"),
        ("S0G 2J0", "Nowhere", "CA-SK", "Fort Qu'Appelle, Saskatchewan (S0G)", "approximate"),
        ("G0R 4C0", "Saint-Rapha\ufffdl", "CA-QC", "Saint-Raphaël (near Quebec City), Quebec", "approximate"),
        ("060511234", "NEW BRITAIN", "US-CT", "New Britain, Connecticut (06051)", "postal"),
        ("2139", "Cambridge", "US-MA", "Cambridge, Massachusetts (02139)", "postal"),
        ("P7B 5L5", "Quinte West", "CA-ON", "Quinte West, Ontario", "town"),
        ("91345", "Mission Hills", "US-CA", "Mission Hills, California (91345)", "postal"),
        (None, "Guelph", "CA-ON", "Guelph, Ontario", "town"),
        (None, "City of Guelph", "CA-ON", "Guelph, Ontario", "town"),
        (None, "Fairview", "CA-AB", "Fairview (near Calgary), Alberta", "approximate"),
        (None, "Toronto", None, "Toronto, Ontario", "town"),
        ("N1G 2W1", None, None, "Guelph, Ontario (N1G)", "postal"),
    ],
)
def test_a_written_address_has_one_point(
    postal_code: str | None, locality: str | None, region: str | None, label: str, precision: str
):
    place = point_for(postal_code=postal_code, locality=locality, region=region)
    assert place is not None
    assert (place.label, place.precision) == (label, precision)


@pytest.mark.parametrize(
    ("postal_code", "locality", "region"),
    [
        (None, None, None),
        ("", "", ""),
        (None, None, "CA-ON"),
        (None, "Portland", None),
        (None, "Zzqqxx", "CA-ON"),
        ("99999", "Zzqqxx", "US-CA"),
        ("\x00", "\x00", "nonsense"),
    ],
)
def test_an_address_that_fits_nothing_has_no_point(postal_code: str | None, locality: str | None, region: str | None):
    assert point_for(postal_code=postal_code, locality=locality, region=region) is None
