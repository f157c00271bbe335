"""Where a typed place is: the one door to every geocoder."""

from functools import cache

from directory.places.gazetteer import OfflineGazetteer
from directory.places.regions import REGIONS, region_name, regions_beginning
from directory.places.rules import LONGEST, Located, Place, place_key, read

__all__ = ["Located", "Place", "locate", "point_for", "suggest"]


@cache
def offline() -> OfflineGazetteer:
    """The gazetteer of this process."""
    return OfflineGazetteer()


def locate(text: str, language: str = "en") -> Located:
    """Where a typed place is: one place, or choices, or neither, perhaps with suggestions. Never raises."""
    return offline().find(text, language)


def point_for(*, postal_code: str | None, locality: str | None, region: str | None) -> Place | None:
    """The point of a written address, never asking back: for files. `region` is ISO 3166-2.

    The town where the postal area is rural and wide, else the postal area, else the largest such town of the region
    (approximate when there are several); None when nothing fits.
    """
    gazetteer = offline()
    reading = read(f"{locality or ''}, {_spelled(region)}, {postal_code or ''}")
    area = gazetteer.area(reading.postal) if reading.postal else None
    town, towns = gazetteer.named(reading, area) if locality else (None, [])
    if area and not area.approximate and not (town and region and region != area.region):
        return area.place("en")
    if town:
        return town.place("en")
    if area:
        return area.place("en")
    return towns[0].place("en", "approximate") if towns and region else None


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
        regions = regions_beginning(place_key(tail))
        towns = [t for t in gazetteer.towns(key) if t.rank < 2 and t.region in regions]
        towns = sorted(towns, key=lambda t: -t.population)[:limit]
    else:
        towns = gazetteer.beginning(key, limit) if len(key) > 1 else []
    return list(dict.fromkeys(town.place(language) for town in towns))
