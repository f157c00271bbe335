"""What is searched for: a query string becomes Criteria, or says which fields it could not read; pure."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from directory.credentials.rules import LADDER, Kind, Status
from directory.practitioners.rules import VISIT_MODES

WITHIN_KM = (1, 500)
PER_PAGE = (1, 100)
PAGES = (1, 1_000_000)
LONGEST_NEAR = 200
LONGEST_CONDITION = 120
MOST_LANGUAGES = 10
MET = "met"  # permission:met; the needling rules will decide it, until then it is permission:confirmed
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,17})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,8}")
Value = TypeVar("Value")
Filter = tuple[str, str]  # ("fact", "licence"), ("language", "fr"), ("visit", "home"), and these two:
PROFESSION: Filter = ("profession", "")
ACCEPTING: Filter = ("accepting", "1")


class Problem(NamedTuple):
    """Why a field could not be read: a key that forms.py puts into words, and the bounds it names."""

    key: str
    low: float = 0
    high: float = 0


class Unreadable(ValueError):
    """One value makes no sense."""

    def __init__(self, key: str, low: float = 0, high: float = 0) -> None:
        super().__init__(key)
        self.problem = Problem(key, low, high)


@dataclass(frozen=True)
class Criteria:
    """A search. `point` is lat and lon in degrees, which go before `near`; `facts` hold the least rung of each kind."""

    near: str = ""
    point: tuple[float, float] | None = None
    within: float = 25
    condition: str = ""
    professions: tuple[str, ...] = ()
    facts: dict[Kind, Status] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    accepting: bool = False
    visits: tuple[str, ...] = ()
    page: int = 1
    per_page: int = 20

    @property
    def has_place(self) -> bool:
        return bool(self.near or self.point)

    @property
    def skipped(self) -> int:
        """How many people stand on the pages before this one."""
        return (self.page - 1) * self.per_page

    @property
    def filters(self) -> list[Filter]:
        """The filters that are on, in the order of the form."""
        return [
            *(("fact", kind.value) for kind in self.facts),
            *([ACCEPTING] if self.accepting else []),
            *(("visit", mode) for mode in self.visits),
            *(("language", tag) for tag in self.languages),
            *([PROFESSION] if self.professions else []),
        ]

    def toggled(self, asked: Filter) -> "Criteria":
        """The first page of this search with one filter taken off, or put on: a fact as confirmed."""
        name, value = asked
        if name == "fact":
            kind = Kind(value)
            facts = {k: r for k, r in self.facts.items() if k is not kind}
            return replace(self, facts=facts if kind in self.facts else facts | {kind: Status.CONFIRMED}, page=1)
        if name == "language":
            return replace(self, languages=_switched(self.languages, value), page=1)
        if name == "visit":
            return replace(self, visits=_switched(self.visits, value), page=1)
        return (
            replace(self, accepting=not self.accepting, page=1)
            if asked == ACCEPTING
            else replace(self, professions=(), page=1)
        )

    def without_filters(self) -> "Criteria":
        """The first page of the same search for everyone."""
        return replace(self, professions=(), facts={}, languages=(), accepting=False, visits=(), page=1)

    def query(self, **changes: Any) -> list[tuple[str, str]]:
        """The query string of this search, or of one that differs in some fields; what is usual is left out."""
        it = replace(self, **changes)
        pairs = [("condition", it.condition), ("near", it.near)]
        if it.point:
            pairs += [("lat", plain(it.point[0])), ("lon", plain(it.point[1]))]
        pairs += [("within", plain(it.within) if it.within != Criteria.within else "")]
        pairs += [("profession", slug) for slug in it.professions]
        pairs += [("fact", fact_word(kind, it.facts[kind])) for kind in Kind if kind in it.facts]
        pairs += [("language", tag) for tag in it.languages]
        pairs += [("accepting", "1" if it.accepting else "")]
        pairs += [("visit", mode) for mode in it.visits]
        pairs += [("page", str(it.page) if it.page > 1 else "")]
        pairs += [("per_page", str(it.per_page) if it.per_page != Criteria.per_page else "")]
        return [(name, value) for name, value in pairs if value]


@dataclass(frozen=True)
class Asked:
    """What was asked: the fields that could be read, and for the others why not. `typed` keeps the words as typed."""

    criteria: Criteria
    problems: dict[str, Problem]
    typed: dict[str, str]


def parse(pairs: Iterable[tuple[str, str]], *, professions: Collection[str]) -> Asked:
    """Read a query string, given the slugs of the professions there are. Names it does not know are left alone."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if cleaned := clean(value):
            values.setdefault(name, []).append(cleaned)
    problems: dict[str, Problem] = {}

    def read(name: str, reader: Callable[[list[str]], Value], usual: Value) -> Value:
        try:
            return reader(values[name]) if name in values else usual
        except Unreadable as error:
            problems[name] = error.problem
            return usual

    lat = read("lat", lambda v: _number(v, -90, 90), None)
    lon = read("lon", lambda v: _number(v, -180, 180), None)
    for known, other in ((lat, "lon"), (lon, "lat")):
        if known is not None and other not in values:
            problems[other] = Problem("both")
    criteria = Criteria(
        near=read("near", lambda v: _text(v, LONGEST_NEAR), ""),
        point=(lat, lon) if lat is not None and lon is not None else None,
        within=read("within", lambda v: _number(v, *WITHIN_KM), Criteria.within),
        condition=read("condition", lambda v: _text(v, LONGEST_CONDITION), ""),
        professions=read("profession", lambda v: _each_of(v, professions), ()),
        facts=read("fact", _facts, {}),
        languages=read("language", _tags, ()),
        accepting=read("accepting", lambda v: _each_of(v, ("0", "1"))[0] == "1", False),  # noqa: FBT003 - its default
        visits=read("visit", lambda v: _each_of(v, VISIT_MODES), ()),
        page=read("page", lambda v: _whole(v, *PAGES), 1),
        per_page=read("per_page", lambda v: _whole(v, *PER_PAGE), Criteria.per_page),
    )
    typed = {name: values.get(name, [""])[0][:LONGEST_NEAR] for name in ("near", "condition", "within")}
    return Asked(criteria, problems, typed)


def clean(text: str) -> str:
    """Text without what cannot be printed, and with single spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def plain(value: float) -> str:
    """25 and 2.5: a number as a query string has it."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def fact_word(kind: Kind, rung: Status) -> str:
    """licence:confirmed; permission:met."""
    return f"{kind}:{MET if kind is Kind.PERMISSION and rung is Status.CONFIRMED else rung}"


def _switched(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(v for v in values if v != value) if value in values else (*values, value)


def _text(values: Sequence[str], longest: int) -> str:
    if len(values[0]) > longest:
        raise Unreadable("long", high=longest)
    return values[0]


def _number(values: Sequence[str], low: float, high: float) -> float:
    number = float(values[0]) if _NUMBER.fullmatch(values[0]) else math.nan
    if not low <= number <= high:
        raise Unreadable("range", low, high)
    return number


def _whole(values: Sequence[str], low: int, high: int) -> int:
    number = int(values[0]) if _WHOLE.fullmatch(values[0]) else 0
    if not low <= number <= high:
        raise Unreadable("range", low, high)
    return number


def _each_of(values: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    if any(value not in known for value in values):
        raise Unreadable("choice")
    return tuple(dict.fromkeys(values))


def _tags(values: Sequence[str]) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(value.lower() for value in values))
    if len(tags) > MOST_LANGUAGES or any(not _TAG.fullmatch(tag) for tag in tags):
        raise Unreadable("language")
    return tags


def _facts(values: Sequence[str]) -> dict[Kind, Status]:
    least: dict[Kind, Status] = {}
    for value in values:
        kind_word, _, rung_word = value.partition(":")
        words = {rung.value: rung for rung in LADDER}
        if kind_word == Kind.PERMISSION:
            words[MET] = Status.CONFIRMED
        if kind_word not in {kind.value for kind in Kind} or rung_word not in words:
            raise Unreadable("fact")
        kind, rung = Kind(kind_word), words[rung_word]
        least[kind] = max(rung, least.get(kind, rung), key=LADDER.index)
    return {kind: least[kind] for kind in Kind if kind in least}
