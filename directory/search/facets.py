"""Who passes which filters, and how many would pass with one filter more, or one less; pure.

Works on what a sweep says of each practice: a signature (packing.py) and the languages spoken there. A person counts
once, and passes when one of their practices in the circle passes every filter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from directory.credentials.rules import LADDER, Kind, Status
from directory.practitioners.rules import VISIT_MODES
from directory.search import packing
from directory.search.criteria import PROFESSION, Criteria, Filter

Practice = tuple[int, str]  # signature, languages
PASSES: Filter = ("", "")
FAILS: Filter = ("", "more than one")


@dataclass(frozen=True)
class Filters:
    """The filters of a search in the index's own terms; `least` are levels of packing.py."""

    asked: Sequence[Filter] = ()
    professions: frozenset[int] = frozenset()
    least: Mapping[Kind, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    accepting: bool = False
    visits: tuple[str, ...] = ()

    @classmethod
    def of(cls, criteria: Criteria, profession_ids: Mapping[str, int]) -> "Filters":
        """The filters of a search whose professions are known."""
        return cls(
            asked=criteria.filters,
            professions=frozenset(profession_ids[slug] for slug in criteria.professions),
            least={kind: LADDER.index(rung) + 1 for kind, rung in criteria.facts.items()},
            languages=criteria.languages,
            accepting=criteria.accepting,
            visits=criteria.visits,
        )

    def verdict(self, practice: Practice) -> Filter:
        """PASSES, the one filter that this practice fails, or FAILS when there are more."""
        failed = [asked for asked in self.asked if not self._passes(practice, asked)]
        return PASSES if not failed else failed[0] if len(failed) == 1 else FAILS

    def _passes(self, practice: Practice, asked: Filter) -> bool:
        signature, languages = practice
        match asked:
            case ("fact", kind):
                return packing.level(signature, Kind(kind)) >= self.least[Kind(kind)]
            case ("language", tag):
                return packing.speaks(languages, tag)
            case ("visit", mode):
                return packing.visits(signature, mode)
            case ("accepting", _):
                return packing.accepts(signature)
        return packing.profession(signature) in self.professions


@dataclass
class Counts:
    """How many people pass; `without` a filter of the search; and, by value, with a value chosen in its group.

    Choosing a profession or the least rung of a fact replaces what that group asks for now; the others are added to
    what is asked. `fact` has the people at a rung or above; a language counts those of every place that speak it.
    """

    total: int = 0
    without: Counter[Filter] = field(default_factory=Counter)
    profession: Counter[int] = field(default_factory=Counter)
    fact: Counter[tuple[Kind, Status]] = field(default_factory=Counter)
    language: Counter[str] = field(default_factory=Counter)
    accepting: int = 0
    visit: Counter[str] = field(default_factory=Counter)


def count(people: Iterable[Sequence[tuple[Filter, Practice]]], filters: Filters) -> Counts:
    """Count people, each given by the practices they have in the circle with the verdict on each."""
    alike: dict[Filter, list[Practice]] = defaultdict(list)
    for practices in people:
        if len(practices) == 1:
            verdict, practice = practices[0]
            alike[verdict].append(practice)
        else:
            for verdict, practice in _merged(practices):
                alike[verdict].append(practice)
    counts = Counts(total=len(alike[PASSES]))
    _count_facts(counts.fact, alike[PASSES], list(Kind))
    _count_professions(counts.profession, alike[PASSES] + alike[PROFESSION])
    _count_the_rest(counts, alike[PASSES])
    for asked in filters.asked:
        counts.without[asked] = counts.total + len(alike[asked])
        if asked[0] == "fact":
            _count_facts(counts.fact, alike[asked], [Kind(asked[1])])
    return counts


def _merged(practices: Sequence[tuple[Filter, Practice]]) -> list[tuple[Filter, Practice]]:
    """A person with several practices as one per verdict, or the one that passes."""
    by_verdict: dict[Filter, list[Practice]] = defaultdict(list)
    for verdict, practice in practices:
        by_verdict[verdict].append(practice)
    wanted = [PASSES] if PASSES in by_verdict else list(by_verdict)
    return [(v, (packing.best_of([s for s, _ in by_verdict[v]]), by_verdict[v][0][1])) for v in wanted]


def _count_facts(into: Counter[tuple[Kind, Status]], practices: Sequence[Practice], kinds: Sequence[Kind]) -> None:
    levels = Counter([signature & (1 << packing.ATTRS_SHIFT) - 1 for signature, _ in practices])
    for each, people in levels.items():
        for kind in kinds:
            for rung in LADDER[: packing.level(each, kind)]:
                into[kind, rung] += people


def _count_professions(into: Counter[int], practices: Sequence[Practice]) -> None:
    into.update([packing.profession(signature) for signature, _ in practices])


def _count_the_rest(counts: Counts, passing: Sequence[Practice]) -> None:
    for attrs, people in Counter([signature >> packing.ATTRS_SHIFT for signature, _ in passing]).items():
        signature = attrs << packing.ATTRS_SHIFT
        counts.accepting += people if packing.accepts(signature) else 0
        for mode in VISIT_MODES:
            counts.visit[mode] += people if packing.visits(signature, mode) else 0
    for spoken, people in Counter([languages for _, languages in passing]).items():
        for tag in _every_range(spoken):
            counts.language[tag] += people


def _every_range(spoken: str) -> set[str]:
    """The tags by which a text of languages is found: of fr-ca, both fr-ca and fr."""
    tags = spoken.split()
    return {tag[:end] for tag in tags for end in (*(i for i, c in enumerate(tag) if c == "-"), len(tag))}
