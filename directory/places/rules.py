"""What a typed place says, and which of the places of that name is meant. Pure: no look-up happens here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, TypeVar

from directory.places.regions import COUNTRIES, PROVINCES, REGIONS, regions_by_spelling
from directory.words import fold

LONGEST = 200  # characters; an address is shorter, and what is longer is no place
CHOICES = 12
DOMINANT = 50  # a bare name is settled when its largest bearer has this many times the people of the next
DOMINANT_IN_REGION = 10
FEWEST_PEOPLE = 500  # what a place of unknown population counts as

_APOSTROPHES = re.compile(r"['’‘ʻʼ´`′＇]")
_PARTS = re.compile(r"[,;|()\[\]\n\r\t·•]+")
_CANADIAN = re.compile(
    r"(?<![a-z0-9])([abceghj-nprstvxy][0-9][abceghj-nprstv-z])(?:[ -]{0,3}([0-9][a-z0-9]{0,2}))?(?![a-z0-9])",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"(?<![a-z0-9])([a-z][0-9oil][a-z])[ -]{0,3}([0-9oil][a-z][0-9oil])(?![a-z0-9])", re.IGNORECASE)
_DIGITS = str.maketrans("oOiIlL", "001111")
_ZIP = re.compile(r"(?<![a-z0-9.-])([0-9]{5})(?:[ -]?[0-9]{4})?(?![a-z0-9])", re.IGNORECASE)
_SHORT = {"saint": "st", "sainte": "st", "ste": "st", "mount": "mt", "fort": "ft", "heights": "hts", "springs": "spgs"}
_SHORT |= {"junction": "jct", "and": "", "et": ""}
_DIRECTIONS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_BEFORE = re.compile(
    r"^(?:near|in|around|close to|downtown|uptown|central|city of|town of|village of|municipality of|the|"
    r"(?:pres|autour|proche|region|ville|centre ville|banlieue|municipalite) (?:de|d|du|des)|"
    r"a|au|aux|dans|centre ville|greater|grand) "
)
_AFTER = re.compile(r" (?:area|region|downtown|centre ville|et environs|and area)$")
_STREET = re.compile(
    r"\b(?:street|st|avenue|ave|av|road|rd|drive|dr|boulevard|boul|blvd|bd|lane|ln|highway|hwy|route|rte|rue|chemin|ch|"
    r"court|crt|ct|crescent|cres|way|place|pl|parkway|pkwy|suite|ste|unit|apt|floor|bureau|box|rr|rang|concession|cp)\b"
)
_STREETS_AHEAD = {"rue", "avenue", "av", "boulevard", "boul", "chemin", "ch", "route", "rte", "rang", "highway", "unit"}
_ELSEWHERE = re.compile(
    r"england|angleterre|uk|gb|great britain|united kingdom|royaume uni|scotland|ecosse|wales|ireland|irlande|france|"
    r"germany|allemagne|italy|italie|spain|espagne|portugal|mexico|mexique|australia|australie|new zealand|"
    r"nouvelle zelande|india|inde|china|chine|japan|japon|brazil|bresil|belgium|belgique|switzerland|suisse|"
    r"netherlands|pays bas|greece|grece|europe"
)


@dataclass(frozen=True)
class Place:
    """A point and how it is known. Degrees, WGS 84; `region` is ISO 3166-2; `precision` is address, postal, town
    or approximate (the middle of a wide area: widen the circle)."""

    label: str
    lat: float
    lon: float
    precision: str
    locality: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Located:
    """The answer to a typed place: one place, or choices to pick from, or neither, perhaps with spellings to try."""

    place: Place | None = None
    choices: list[Place] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Attempt:
    """One way to understand the words: a name's key, within regions (None: anywhere), near another name's key.

    `sure` is false when part of the text was not understood, so that the answer is asked about, never taken.
    """

    key: str
    regions: frozenset[str] | None = None
    near: str | None = None
    sure: bool = True


@dataclass(frozen=True)
class Reading:
    """A typed place, understood: a postal code, names to try in order, or only a region or country.

    `whole`: all six characters of a Canadian postal code were given. `doubtful`: it stands where a house number might.
    `street`: there are words of a street address.
    """

    postal: str | None = None
    whole: bool = False
    attempts: tuple[Attempt, ...] = ()
    only: frozenset[str] | None = None
    street: bool = False
    doubtful: bool = False


class Bearer(Protocol):
    """A place that bears a name. Rank 0: its own name; 1: the same with a word such as "city"; 2: another name."""

    @property
    def rank(self) -> int: ...
    @property
    def population(self) -> int: ...


B = TypeVar("B", bound=Bearer)


def place_key(text: str) -> str:
    """What names are compared by: "St. John's", "saint johns" and "St-Johns" are all "stjohns"."""
    return _key(_words(text))


def settle(bearers: Sequence[B], *, in_region: bool) -> tuple[B | None, list[B]]:
    """The one bearer of a name who is meant, or the list to choose from, most people first.

    A name is settled when one place bears it, or when the largest has DOMINANT times the people of the next
    (DOMINANT_IN_REGION when the region was said). A merely alternate name settles only within a said region.
    """
    if in_region:
        best = min((b.rank for b in bearers), default=0)
        pool = [b for b in bearers if b.rank == best]
    else:
        named = [b for b in bearers if b.rank < 2]
        most = max((b.population for b in named), default=-1)
        pool = named + [b for b in bearers if b.rank == 2 and b.population > most]
    pool = sorted(pool, key=lambda b: -b.population)
    known = in_region or any(b.rank < 2 for b in pool)
    return (pool[0], []) if known and _dominates(pool, in_region=in_region) else (None, pool[:CHOICES])


def _dominates(pool: Sequence[Bearer], *, in_region: bool) -> bool:
    """Whether the first of a list, most people first, stands far above the second."""
    ratio = DOMINANT_IN_REGION if in_region else DOMINANT
    return bool(pool) and all(
        max(one.population, FEWEST_PEOPLE) >= ratio * max(two.population, FEWEST_PEOPLE)
        for one, two in pairwise(pool[:2])
    )


def read(text: str) -> Reading:
    """Understand a typed place; any text gives a reading, perhaps an empty one. See Reading."""
    if len(text) > LONGEST:
        return Reading()
    code, rest, doubtful = _take_postal(_APOSTROPHES.sub("", text))
    postal, whole_code = (code[:3] if code[:1].isalpha() else code) or None, len(code) == 6
    parts = [words for part in _PARTS.split(rest) if (words := fold(part).split())]
    street = any(_is_street(words) for words in parts)
    if not parts:
        return Reading(postal, whole_code)
    parts, within = _take_country(parts)
    if not parts:
        return Reading(postal, whole_code, only=within)
    whole = list(parts)
    parts, spelled = _take_region(parts)
    regions: list[frozenset[str] | None] = [frozenset({code}) & (within or REGIONS) for code in spelled]
    if within is None and spelled == ("US-CA",) and whole[-1][-1:] == ["ca"]:
        regions.append(PROVINCES)
    if spelled and not parts:
        only = frozenset(spelled) & (within or REGIONS)
        return Reading(postal, whole_code, (Attempt(_key(whole[-1]), within),), only or frozenset(spelled))
    attempts = tuple(_attempts(parts, whole, regions, within))
    return Reading(postal, whole_code, attempts, street=street, doubtful=doubtful)


def _attempts(
    parts: list[list[str]], whole: list[list[str]], regions: list[frozenset[str] | None], within: frozenset[str] | None
) -> Iterator[Attempt]:
    """Every way to understand the words left, the likeliest first."""
    if regions and len(whole[-1]) > len(parts[-1]) > 0 and whole[-1] != parts[-1] and len(whole) == len(parts):
        yield Attempt(_key(whole[-1]), within)  # Port Washington is a town, not a Port in Washington
    for codes in regions or [within]:
        yield from _within(parts, codes, sure=bool(regions) or len(parts) == 1 or _is_street(parts[-2]))
    if regions and len(whole) == len(parts) and whole[-1] != parts[-1]:
        yield from _within(whole, within, sure=len(parts) == 1)


def _within(parts: list[list[str]], codes: frozenset[str] | None, *, sure: bool) -> Iterator[Attempt]:
    last = parts[-1]
    if len(parts) > 1 and not _is_street(parts[-2]):
        yield Attempt(_key(parts[-2]), codes, near=_key(_bare(last)))
    if len(parts) > 1 and not codes and _ELSEWHERE.fullmatch(" ".join(last)):
        return
    for words in (last, _bare(last)):
        yield Attempt(_key(words), codes, sure=sure)
    if _is_street(last):
        for start in range(max(1, len(last) - 5), len(last)):
            yield Attempt(_key(last[start:]), codes, sure=sure)
    if len(parts) > 1:
        yield Attempt(_key(_bare(parts[-2])), codes, sure=sure and codes is not None)


def _take_postal(text: str) -> tuple[str, str, bool]:
    """The Canadian postal code or US ZIP in a text ("" if none), the text without it, and whether it is in doubt."""
    text = _LOOSE.sub(_straighten, text)
    for code in (list(_CANADIAN.finditer(text)) or list(_ZIP.finditer(text)))[-1:]:
        before, after = text[: code.start()], text[code.end() :]
        doubtful = code.re is _ZIP and not before.strip() and bool(after.strip(" ,.-")) and not _is_country(after)
        found = "".join(group or "" for group in code.groups())
        return found.upper(), f"{before} , {after}", doubtful
    return "", text, False


def _straighten(code: re.Match[str]) -> str:
    """A Canadian postal code typed with the letters O, I or L for digits: "KOA 1LO" is K0A 1L0."""
    if not re.search("[0-9]", code[0]):
        return code[0]
    letters = code[1] + code[2]
    return "".join(c.translate(_DIGITS) if i % 2 else c for i, c in enumerate(letters[:3])) + "".join(
        c if i % 2 else c.translate(_DIGITS) for i, c in enumerate(letters[3:])
    )


def _is_country(text: str) -> bool:
    return "".join(_words(text)) in COUNTRIES


def _take_country(parts: list[list[str]]) -> tuple[list[list[str]], frozenset[str] | None]:
    """The parts without a country at their end, and that country's regions."""
    last = parts[-1]
    for count in range(min(4, len(last)), 0, -1):
        if codes := COUNTRIES.get("".join(last[-count:])):
            return _without_tail(parts, count), codes
    return parts, None


def _take_region(parts: list[list[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """The parts without a region at their end (or as their first part), and what that region may be."""
    spellings = regions_by_spelling()
    last = parts[-1]
    for count in range(min(5, len(last)), 0, -1):
        if codes := spellings.get("".join(last[-count:])):
            return _without_tail(parts, count), codes
    if len(parts) > 1 and (codes := spellings.get("".join(parts[0]))):
        return parts[1:], codes
    return parts, ()


def _without_tail(parts: list[list[str]], count: int) -> list[list[str]]:
    return [*parts[:-1], parts[-1][:-count]] if len(parts[-1]) > count else parts[:-1]


def _is_street(words: list[str]) -> bool:
    """Whether words look like a street address, a unit or a box rather than a name."""
    if not words:
        return False
    return words[0][0].isdigit() or (
        len(words) > 1 and (words[0] in _STREETS_AHEAD or bool(_STREET.search(" ".join(words[1:]))))
    )


def _bare(words: list[str]) -> list[str]:
    """Words without what people put around a town: "near", "City of", "centre-ville de"."""
    text = " ".join(words)
    return _AFTER.sub("", _BEFORE.sub("", text)).split()


def _words(text: str) -> list[str]:
    return fold(_APOSTROPHES.sub("", text)).split()


def _key(words: list[str]) -> str:
    if len(words) > 1 and words[0] in _DIRECTIONS:
        words = [_DIRECTIONS[words[0]], *words[1:]]
    return "".join(_SHORT.get(word, word) for word in words)
