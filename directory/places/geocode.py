"""Where a typed place is: the one door to every geocoder."""

from dataclasses import replace
from functools import cache

from flask import current_app, has_app_context

from directory.places.distance import great_circle_km
from directory.places.gazetteer import NEAR_KM, OfflineGazetteer, at_odds
from directory.places.online import OnlineGeocoder
from directory.places.regions import REGIONS, region_name, regions_beginning
from directory.places.rules import LONGEST, Located, Place, place_key, read

__all__ = ["Located", "Place", "locate", "point_for", "suggest"]
from directory.words import fold

EXTENSION = "directory.geocoder"
SURELY_ALIKE = 85  # of 100: one letter lost in a name of average length
WIDEST_KM = 150  # a town this near the middle of a rural area may lie in it


@cache
def offline() -> OfflineGazetteer:
    """The gazetteer of this process."""
    return OfflineGazetteer()


def locate(text: str, language: str = "en") -> Located:
    """Where a typed place is: one place, or choices, or neither, perhaps with suggestions. Never raises.

    Answered here. Only where the operator named a geocoder, and only for a street address or a name unknown here, that
    one is asked too; its answer counts where it agrees with what is known, and choices are never settled by it.
    """
    gazetteer = offline()
    located = gazetteer.find(text, language)
    online: OnlineGeocoder | None = current_app.extensions.get(EXTENSION) if has_app_context() else None
    reading = read(text)
    if online is None or located.choices or (located.place and not reading.street) or not reading.attempts:
        return located
    point = online.point(text)
    if point is None:
        return located
    if known := located.place:
        reach = WIDEST_KM if known.precision == "approximate" else NEAR_KM
        is_near = great_circle_km(known.lat, known.lon, *point) <= reach
        return Located(replace(known, lat=point[0], lon=point[1], precision="address")) if is_near else located
    town = gazetteer.nearest(*point)
    said = reading.attempts[0].regions
    if town is None or (said and town.region not in said):
        return located
    precision = "address" if reading.street else "town"
    return Located(replace(town.place(language, precision), lat=point[0], lon=point[1]))


def point_for(*, postal_code: str | None, locality: str | None, region: str | None) -> Place | None:
    """The point of a written address, never asking back: for files. `region` is ISO 3166-2.

    The postal area, unless it is rural and wide or lies elsewhere than the town; then the town, if need be the
    largest of its name in the region or one spelled nearly so (approximate). None when nothing fits.
    """
    gazetteer = offline()
    code = _whole_zip(postal_code or "", region)
    reading = read(f"{locality or ''}, {_spelled(region)}, {code}")
    area = gazetteer.area(reading.postal) if reading.postal else None
    town, towns = gazetteer.named(reading, area) if locality else (None, [])
    if town and (area is None or area.approximate or at_odds(town, area)):
        return town.place("en")
    if area and not area.approximate:
        return area.place("en")
    guesses = towns if region else []
    if area and locality and not towns:
        alike = gazetteer.alike(place_key(locality), frozenset({area.region}), least=SURELY_ALIKE)
        guesses = [t for t in alike if great_circle_km(t.lat, t.lon, area.lat, area.lon) <= WIDEST_KM]
    if guesses:
        return guesses[0].place("en", "approximate")
    return area.place("en") if area else None


def _whole_zip(code: str, region: str | None) -> str:
    """A ZIP code with the noughts at its start that spreadsheets drop: 2139 in Massachusetts is 02139."""
    digits = code.strip().replace("-", "")
    american = region is None or not region.startswith("CA-")
    return digits.zfill(5 if len(digits) < 6 else 9) if american and digits.isdecimal() and len(digits) > 2 else code


def _spelled(region: str | None) -> str:
    return region_name(region, "en") if region in REGIONS else region or ""


def suggest(prefix: str, limit: int = 10, language: str = "en") -> list[Place]:
    """Places whose name or postal code begins as typed ("gue", "K2", "Portland, M"), the most people first."""
    gazetteer = offline()
    name, comma, tail = prefix[:LONGEST].partition(",")
    key = place_key(name)
    if key[1:2].isdigit() and not comma and (codes := gazetteer.areas_beginning(key.upper()[:5], limit)):
        return [area.place(language) for area in codes]
    if comma:
        regions = regions_beginning(fold(tail).replace(" ", ""))
        towns = [t for t in gazetteer.towns(key) if t.rank < 2 and t.region in regions]
        towns = sorted(towns, key=lambda t: -t.population)[:limit]
    else:
        towns = gazetteer.beginning(key, limit) if len(key) > 1 else []
    return list(dict.fromkeys(town.place(language) for town in towns))


def complete(text: str, limit: int = 10, language: str = "en") -> list[Place]:
    """Places for a text that is still being typed: those that begin so, else those it means. Asks nobody else."""
    if begun := suggest(text, limit, language):
        return begun
    located = offline().find(text, language)
    return [located.place] if located.place else located.choices[:limit]
