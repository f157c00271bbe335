"""Everything the gazetteer holds, for tests that look at all of it."""

from functools import cache

from directory.places.gazetteer import Area, Town
from directory.places.geocode import offline


@cache
def every_town() -> tuple[Town, ...]:
    keys = [row[0] for row in offline()._rows("SELECT DISTINCT key FROM alias WHERE rank = 0 ORDER BY key", ())]
    towns = {town.id: town for key in keys for town in offline().towns(key) if town.rank == 0}
    return tuple(towns.values())


@cache
def every_area() -> tuple[Area, ...]:
    return tuple(offline().areas_beginning("", 1_000_000))
