"""The filters of a search as people see them: what each says, how many it brings, and where one press leads."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from directory.catalog.models import Profession
from directory.credentials.rules import Kind, Status
from directory.practitioners.rules import VISIT_MODES
from directory.search.criteria import ACCEPTING, PROFESSION, Criteria, Filter, fact_word
from directory.search.facets import Counts
from directory.search.forms import address
from directory.web.locale import in_language, language_name

USUAL: tuple[Filter, ...] = (
    ("fact", Kind.PERMISSION.value),
    ("fact", Kind.LICENCE.value),
    ("fact", Kind.TRAINING.value),
    ACCEPTING,
    ("language", "fr"),
)


@dataclass(frozen=True)
class Choice:
    """One value of a field: its words, whether it is on, how many it brings (None: not known)."""

    name: str
    value: str
    words: str
    is_on: bool
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """Choices under a heading: one of them, in a list, or several, by boxes."""

    words: str
    choices: list[Choice]
    is_single: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that one press puts on or takes off, and how many there are with it."""

    words: str
    address: str
    is_on: bool
    count: int


def chips(criteria: Criteria, counts: Counts) -> list[Chip]:
    """The filters most people want and those that are on; of the others, only those that bring someone."""
    wanted = dict.fromkeys((*USUAL, *criteria.filters))
    brings = {asked: counts.total if asked in criteria.filters else _brings(asked, counts) for asked in wanted}
    return [
        Chip(words(criteria, asked), address(criteria.toggled(asked)), asked in criteria.filters, brings[asked])
        for asked in wanted
        if asked in criteria.filters or brings[asked]
    ]


def fewer(criteria: Criteria, counts: Counts) -> list[Chip]:
    """The filters that are on, each with how many there are without it; only those that help, the most first."""
    helpful = [asked for asked in criteria.filters if counts.without[asked] > counts.total]
    return [
        Chip(words(criteria, asked), address(criteria.toggled(asked)), is_on=True, count=counts.without[asked])
        for asked in sorted(helpful, key=lambda asked: -counts.without[asked])
    ]


def groups(criteria: Criteria, counts: Counts, professions: Iterable[Profession]) -> list[Group]:
    """Every filter there is here, each choice with how many it brings."""
    visits = [Choice(*ACCEPTING, words(criteria, ACCEPTING), criteria.accepting, counts.accepting)]
    visits += [Choice("visit", m, visit_words()[m], m in criteria.visits, counts.visit[m]) for m in VISIT_MODES]
    tags = dict.fromkeys((*criteria.languages, *(t for t, _ in counts.language.most_common() if "-" not in t)))
    speaks = [Choice("language", t, language_name(t), t in criteria.languages, counts.language[t]) for t in tags]
    works = [
        Choice("profession", p.slug, in_language(p, "name"), p.slug in criteria.professions, counts.profession[p.id])
        for p in professions
    ]
    boxes = {gettext("The visit"): visits, gettext("Language"): speaks, gettext("Profession"): works}
    shown = {heading: [c for c in choices if c.is_on or c.count] for heading, choices in boxes.items()}
    return [
        *(_fact_group(criteria, counts, kind, heading) for kind, heading in kind_words().items()),
        *(Group(heading, choices) for heading, choices in shown.items() if choices),
    ]


def words(criteria: Criteria, asked: Filter) -> str:
    """What a filter says."""
    name, value = asked
    if name == "fact":
        return fact_words()[Kind(value), criteria.facts.get(Kind(value), Status.CONFIRMED)]
    if name == "language":
        return str(gettext("Speaks %(language)s", language=language_name(value)))
    if name == "visit":
        return visit_words()[value]
    return str(gettext("Profession") if asked == PROFESSION else gettext("Taking new patients"))


def visit_words() -> dict[str, str]:
    """Each way to visit, in words."""
    return {
        "in-person": gettext("Visits at the practice"),
        "home": gettext("Home visits"),
        "video": gettext("Video visits"),
    }


def kind_words() -> dict[Kind, str]:
    """Each kind of fact, in words."""
    return {
        Kind.LICENCE: gettext("Licence"),
        Kind.PERMISSION: gettext("Needling permission"),
        Kind.TRAINING: gettext("Needling training"),
        Kind.CERTIFICATION: gettext("Certification"),
        Kind.INSURANCE: gettext("Insurance"),
    }


def fact_words() -> dict[tuple[Kind, Status], str]:
    """Each kind of fact at each rung, in words."""
    stated, seen, confirmed = Status.OWN_STATEMENT, Status.DOCUMENT_SEEN, Status.CONFIRMED
    return {
        (Kind.LICENCE, confirmed): gettext("Licence checked"),
        (Kind.LICENCE, seen): gettext("Licence: document seen"),
        (Kind.LICENCE, stated): gettext("Licence stated"),
        (Kind.PERMISSION, confirmed): gettext("Allowed to needle here"),
        (Kind.PERMISSION, seen): gettext("Needling permission: document seen"),
        (Kind.PERMISSION, stated): gettext("Needling permission stated"),
        (Kind.TRAINING, confirmed): gettext("Training confirmed"),
        (Kind.TRAINING, seen): gettext("Training: certificate seen"),
        (Kind.TRAINING, stated): gettext("Training stated"),
        (Kind.CERTIFICATION, confirmed): gettext("Certification confirmed"),
        (Kind.CERTIFICATION, seen): gettext("Certification: certificate seen"),
        (Kind.CERTIFICATION, stated): gettext("Certification stated"),
        (Kind.INSURANCE, confirmed): gettext("Insurance confirmed"),
        (Kind.INSURANCE, seen): gettext("Insurance: policy seen"),
        (Kind.INSURANCE, stated): gettext("Insurance stated"),
    }


def _fact_group(criteria: Criteria, counts: Counts, kind: Kind, heading: str) -> Group:
    """Any, then the rungs from the best proven down; the lowest only where it is asked for."""
    asked = criteria.facts.get(kind)
    rungs = {Status.CONFIRMED: gettext("Confirmed"), Status.DOCUMENT_SEEN: gettext("At least a document seen")}
    if asked is Status.OWN_STATEMENT:
        rungs[asked] = gettext("At least stated")
    return Group(
        heading,
        [
            Choice("fact", "", gettext("Any"), asked is None),
            *(Choice("fact", fact_word(kind, r), said, asked is r, counts.fact[kind, r]) for r, said in rungs.items()),
        ],
        is_single=True,
    )


def _brings(asked: Filter, counts: Counts) -> int:
    name, value = asked
    if name == "fact":
        return counts.fact[Kind(value), Status.CONFIRMED]
    return counts.language[value] if name == "language" else counts.accepting
