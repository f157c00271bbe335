"""What an expert would write by hand: an R*Tree over the practices, joined to the tables the product keeps anyway.

It answers less than the product does (one facet, and no standing of facts), which is to its favour.
"""

import math
import sqlite3
from pathlib import Path

from directory.places.distance import EARTH_KM

_KM = (
    f"{2 * EARTH_KM} * asin(min(1, sqrt(pow(sin(radians(l.lat - :lat) / 2), 2) + cos(radians(:lat))"
    " * cos(radians(l.lat)) * pow(sin(radians(l.lon - :lon) / 2), 2))))"
)
_FROM = """
FROM tree t CROSS JOIN practice_location l ON l.id = t.id JOIN practitioner p ON p.id = l.practitioner_id
WHERE t.south <= :north AND t.north >= :south AND t.west <= :east AND t.east >= :west AND p.visibility = 'listed'
  AND {km} <= :within {condition} {filters}
"""
_CONDITION = """AND EXISTS (SELECT 1 FROM condition_treated c JOIN condition k ON k.id = c.condition_id
  WHERE c.practitioner_id = p.id AND (k.id = :condition OR k.parent_id = :condition))"""
_FILTERS = {
    "accepting": "AND p.accepting_new = 'yes'",
    "language": "AND EXISTS (SELECT 1 FROM json_each(p.languages) WHERE value = :language)",
    "profession": "AND p.profession_id = :profession",
}


class RTree:
    """The peer on a copy of the product's database."""

    def __init__(self, database: Path) -> None:
        self.connection = sqlite3.connect(database)
        self.connection.executescript("""
            CREATE VIRTUAL TABLE tree USING rtree(id, south, north, west, east);
            INSERT INTO tree SELECT id, lat, lat, lon, lon FROM practice_location;
            CREATE INDEX treated_by ON condition_treated (condition_id, practitioner_id);
        """)

    def search(self, case: dict) -> tuple[list[str], int, dict[int, int]]:
        """The codes of the nearest twenty, how many there are, and how many of each profession."""
        reach = math.degrees(case["within"] / EARTH_KM) * 1.000001
        wide = reach / max(0.01, math.cos(math.radians(abs(case["lat"]) + reach)))
        box = {"south": case["lat"] - reach, "north": case["lat"] + reach}
        values = case | box | {"west": case["lon"] - wide, "east": case["lon"] + wide}
        condition = _CONDITION if case["condition"] else ""
        filters = " ".join(_FILTERS[name] for name in _FILTERS if case.get(name))
        tail = _FROM.format(km=_KM, condition=condition, filters=filters)
        nearest = self.connection.execute(
            f"SELECT p.code, min({_KM}) AS km, p.given_name, p.family_name, p.slug, l.name, l.locality, l.precision"
            f" {tail} GROUP BY p.id ORDER BY km, p.code LIMIT 20",
            values,
        ).fetchall()
        counts = dict(
            self.connection.execute(
                f"SELECT p.profession_id, count(DISTINCT p.id) {tail} GROUP BY p.profession_id", values
            ).fetchall()
        )
        return [row[0] for row in nearest], sum(counts.values()), counts
