"""Invented people for measuring: as many as asked for, always the same, where people live."""

import csv
import math
import random
import sqlite3
from itertools import accumulate
from pathlib import Path

from directory.catalog import queries as catalog
from directory.places.gazetteer import FILE

CANADA_WEIGHS = 3
GIVEN = ("Ana", "Ben", "Chloé", "Dev", "Emma", "Farid", "Grace", "Hugo", "Isla", "Jun", "Kira", "Liam", "Mei", "Noah")
FAMILY = ("Ash", "Bou", "Car", "Del", "Eng", "Fra", "Gil", "Hol", "Iva", "Jon", "Kow", "Lau", "Mac", "Ngu", "Orl")
ENDING = ("chard", "dreau", "lin", "mann", "nez", "ova", "ski", "son", "ton", "wood", "berg", "field", "gan", "hart")
HEADER = (
    "external_id", "given_name", "family_name", "profession", "practice_name", "locality", "region", "country", "lat",
    "lon", "languages", "conditions", "accepting_new", "visit_modes", "licence_issuer", "licence_number",
    "licence_expires_on", "training_body", "training_hours",
)  # fmt: skip
Town = tuple[str, str, float, float, int]  # name, region, lat, lon, people


def towns() -> list[Town]:
    """The towns of the gazetteer, those of Canada counted three times."""
    rows = sqlite3.connect(FILE).execute("SELECT name, region, lat, lon, population FROM place WHERE population > 500")
    return [(n, r, lat / 1e5, lon / 1e5, p * (CANADA_WEIGHS if r[:2] == "CA" else 1)) for n, r, lat, lon, p in rows]


def write(path: Path, count: int, seed: int = 7) -> None:
    """A roster of `count` rows."""
    pick = random.Random(seed)
    found = towns()
    weights = list(accumulate(town[4] for town in found))
    conditions = [c.slug for c in catalog.conditions() if c.kind == "condition"]
    prevalence = [1 / rank**0.8 for rank in range(1, len(conditions) + 1)]
    professions = [p.slug for p in catalog.professions()]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(count):
            town = pick.choices(found, cum_weights=weights)[0]
            writer.writerow(_row(pick, number, town, professions, conditions, prevalence))


def _row(pick, number, town, professions, conditions, prevalence):
    name, region, lat, lon, people = town
    away = pick.gammavariate(1.5, min(20, 0.7 + 9 * math.sqrt(people / 1e6)) / 1.5)
    angle = pick.random() * 2 * math.pi
    treated = dict.fromkeys(pick.choices(conditions, prevalence, k=pick.randint(1, 8)))
    languages = [tag for tag, share in (("en", 0.97), ("fr", 0.2), ("es", 0.15), ("zh", 0.06)) if pick.random() < share]
    licensed, trained = pick.random() < 0.8, pick.random() < 0.6
    return [
        f"b-{number}",
        pick.choice(GIVEN),
        pick.choice(FAMILY) + pick.choice(ENDING),
        pick.choices(professions, range(len(professions), 0, -1))[0],
        f"Clinic {number}",
        name,
        region,
        region[:2],
        round(lat + away * math.sin(angle) / 111.195, 6),
        round(lon + away * math.cos(angle) / (111.195 * math.cos(math.radians(lat))), 6),
        ";".join(languages or ["en"]),
        ";".join(treated),
        pick.choice(["yes", "yes", "no", "unknown"]),
        pick.choice(["in-person", "in-person;home", "in-person;video"]),
        "Example College" if licensed else "",
        f"L{number}" if licensed else "",
        pick.choice(["", "2030-12-31"]) if licensed else "",
        "Example School" if trained else "",
        pick.choice(["", "60"]) if trained else "",
    ]
