"""Which towns there are, under which names, and which of them a postal area's label means."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gazetteer_sources import Postal, Town, km

from directory.places.rules import DOMINANT_IN_REGION, FEWEST_PEOPLE, place_key

SAME_PLACE_KM = 10  # two towns of one name and region this close are one
KNOWN_BY_KM = 40  # a post office within this of a town that also bears its name is that town
LARGE = 5000  # people of a town that others are said to be near
AREA_KM = 60  # an urban postal area lies within this of a town of which its label has a part
URBAN_KM = 20  # an urban area's middle farther than this from the very town it is called after is a mistake
RURAL_KM = 100  # so is a rural area's: GeoNames puts some a thousand kilometres off
# What English speakers call a town whose own name is another.
CUSTOMARY = {("Québec", "CA-QC"): "Quebec City"}
# Names as good as its own, and short names that everyone knows, by GeoNames id.
EQUAL_NAMES = {5128581: ("New York",)}
SHORT_NAMES = {
    4560349: ("Philly",),
    5128581: ("NYC",),
    5368361: ("LA",),
    5391959: ("SF",),
    5506956: ("Vegas",),
    5992996: ("Kitchener-Waterloo", "KW"),
    6077243: ("MTL",),
    6167865: ("GTA",),
    6354908: ("Cape Breton",),
}
LETTERS = re.compile(r"^[A-Z0-9ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ][A-Za-z0-9àâäçéèêëîïôöùûüÿœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ '’.\-/&]*$")
GENERIC = re.compile(
    r"\b(?:city of|town of|village of|ville de|city|ville|cdp|greater|the|la|le|les|l|d\.?c\.?)\b\.?", re.IGNORECASE,
)  # fmt: skip
DIRECTION = re.compile(r"(?:north|south|east|west|central|upper|lower|outskirts|outer|inner)+", re.IGNORECASE)
NO_NAME = re.compile(rf"\b(?:{DIRECTION.pattern}|includes|reserved|enclave|[ns][ew]|cfb|\w*\d\w*)\b", re.IGNORECASE)
ByKey = dict[tuple[str, str], list[Town]]


def merged(towns: Iterable[Town]) -> list[Town]:
    """Towns without those that are another of the same name and region a few kilometres off."""
    kept: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in sorted(towns, key=lambda t: (-t.population, t.id)):
        bearers = kept[town.key, town.region]
        if all(km(town, bearer) > SAME_PLACE_KM for bearer in bearers):
            bearers.append(town)
    return [town for bearers in kept.values() for town in bearers]


def post_offices(towns: list[Town], codes: Iterable[Postal]) -> Iterator[Town]:
    """Places that only ZIP codes know; the middle of their codes."""
    groups: dict[tuple[str, str], list[Postal]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for code in sorted((c for c in codes if c.lat or c.lon), key=lambda c: c.code):
        for name in code.names:
            if len(key := place_key(name)) > 1:
                groups[key, code.region].append(code)
                names.setdefault((key, code.region), name)
    yield from unknown_places(towns, groups, names, first_id=100_000_000)


def other_keys(town: Town) -> dict[str, int]:
    """The keys of a town's other names with their rank: 1 when they say the same name, 2 when another."""
    own = {place_key(GENERIC.sub(" ", town.name)), town.key}
    keys: dict[str, int] = {}
    for name in (*town.others, *SHORT_NAMES.get(town.id, ()), *town.name.split("/")):
        short = name in SHORT_NAMES.get(town.id, ())
        if not short and (re.fullmatch(r"[A-Z]{2,4}", name) or not (LETTERS.match(name) or "/" in town.name)):
            continue
        key = place_key(name)
        same = place_key(GENERIC.sub(" ", name)) in own or name in town.name.split("/")
        keys[key] = min(keys.get(key, 2), 1 if same or short else 2)
    for key in own | {place_key(CUSTOMARY.get((town.name, town.region), town.name))}:
        keys[key] = 1
    for name in EQUAL_NAMES.get(town.id, ()):
        keys[place_key(name)] = 0
    return {key: rank for key, rank in keys.items() if len(key) > 1 and key != town.key}


def told_apart(towns: list[Town]) -> list[Town]:
    """Towns of one name and region given the larger town they are near, for their labels to differ."""
    groups: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in sorted(towns, key=lambda t: (-t.population, t.id)):
        groups[town.key, town.region].append(town)
    by_region: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        by_region[town.region].append(town)
    return sorted((t for bearers in groups.values() for t in named_apart(bearers, by_region)), key=lambda t: t.id)


def named_apart(bearers: list[Town], by_region: dict[str, list[Town]]) -> Iterator[Town]:
    """The bearers of one name in one region, most people first, each near another town; one that dominates, alone."""
    sizes = [max(town.population, FEWEST_PEOPLE) for town in bearers]
    if len(bearers) == 1 or sizes[0] >= DOMINANT_IN_REGION * sizes[1]:
        yield bearers[0]
        bearers = bearers[1:]
    taken: set[str] = set()
    for town in bearers:
        others = [t for t in by_region[town.region] if t.key not in taken | {town.key}]
        large = (t for t in others if t.population >= LARGE and km(town, t) <= RURAL_KM)
        near = min(large, key=lambda t: pull(town, t), default=None)
        near = near or min(others, key=lambda t: km(town, t))
        taken.add(near.key)
        yield replace(town, near=near.id)


def pull(town: Town, large: Town) -> float:
    """How little a town is drawn to a larger one; within 15 km the one with the most people wins."""
    return max(km(town, large), 15.0) ** 2 / large.population**0.5


def located_zip(code: Postal, by_key: ByKey) -> Postal | None:
    """A ZIP code as it is; one that the source does not place lies at its town, or is left out."""
    if code.lat or code.lon:
        return code
    town = max(by_key.get((place_key(code.name), code.region), []), key=lambda t: t.population, default=None)
    return replace(code, name=town.name, lat=town.lat, lon=town.lon, approximate=True) if town else None


def located_area(area: Postal, by_key: ByKey) -> Postal:
    """A Canadian area under the town its label names, and at that town where its own middle cannot be right."""
    name, inner = label_names(area)
    if rural := area.code[1] == "0":
        name = inner[-1] if inner else name
    bearers = by_key.get((place_key(name), area.region), [])
    if rural:
        town = max(bearers, key=lambda t: t.population, default=None)
    else:
        town = min(bearers, key=lambda t: km(area, t), default=None)
    if town and not area.placed and km(area, town) > (RURAL_KM if rural else URBAN_KM):
        return replace(area, name=town.name, lat=town.lat, lon=town.lon, approximate=rural)
    if town and (rural or km(area, town) <= AREA_KM):
        return replace(area, name=town.name, approximate=rural)
    return replace(area, name=town_in(name, area, by_key), approximate=rural)


def label_names(area: Postal) -> tuple[str, list[str]]:
    """("Guelph", []) of "Guelph South"; ("Toronto", ["Kensington Market", "Chinatown"]) of their common label."""
    words = re.sub(r"\([^)]*\)|^Downtown | Provincial Government$", " ", area.name).split()
    while len(words) > 1 and DIRECTION.fullmatch(words[-1]):
        words = words[:-1]
    inner = re.search(r"\(([^()]+)\)", area.name)
    return " ".join(words), [name.strip() for name in inner[1].split(" / ")] if inner else []


def town_in(label: str, area: Postal, by_key: ByKey) -> str:
    """The longest run of a label's words that names a town near the area; the label when none does."""
    words = label.split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            for town in by_key.get((place_key(" ".join(words[start : start + length])), area.region), []):
                if km(area, town) <= AREA_KM:
                    return town.name
    return label


def quarters(towns: list[Town], areas: Iterable[Postal]) -> Iterator[Town]:
    """Quarters of cities that only the labels of urban postal areas name; the middle of their areas."""
    groups: dict[tuple[str, str], list[Postal]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    known = {town.key for town in towns if town.region.startswith("CA-")}
    for area in areas:
        name, inner = label_names(area)
        words = name.split()
        starts_with_town = any(place_key(" ".join(words[:count])) in known for count in range(1, len(words)))
        for quarter in (*([] if starts_with_town else [name]), *inner) if area.code[1] != "0" else ():
            if len(quarter.split()) <= 4 and "," not in quarter and not NO_NAME.search(quarter):
                groups[place_key(quarter), area.region].append(area)
                names.setdefault((place_key(quarter), area.region), quarter)
    yield from unknown_places(towns, groups, names, first_id=200_000_000)


def unknown_places(
    towns: list[Town], groups: dict[tuple[str, str], list[Postal]], names: dict[tuple[str, str], str], first_id: int
) -> Iterator[Town]:
    """Places of the groups of postal areas whose name no town of the region, or none near, bears already."""
    bearers = by_key_and_region(towns)
    clusters = [(group, cluster) for group, members in sorted(groups.items()) for cluster in close_together(members)]
    for number, (group, members) in enumerate(clusters, start=first_id):
        lat = sum(m.lat for m in members) / len(members)
        lon = sum(m.lon for m in members) / len(members)
        place = Town(number, names[group], group[1], lat, lon, 0)
        if all(km(place, town) > KNOWN_BY_KM and town.key != place.key for town in bearers[group]):
            yield place


def close_together(members: list[Postal]) -> list[list[Postal]]:
    """Areas of one name parted into those that are one place, each within KNOWN_BY_KM of the first."""
    clusters: list[list[Postal]] = []
    for member in members:
        near = next((c for c in clusters if km(member, c[0]) <= KNOWN_BY_KM), None)
        if near is None:
            clusters.append([member])
        else:
            near.append(member)
    return clusters


def by_key_and_region(towns: Iterable[Town]) -> ByKey:
    """Every town under each of its names."""
    found: ByKey = defaultdict(list)
    for town in towns:
        for key in (town.key, *other_keys(town)):
            found[key, town.region].append(town)
    return found
