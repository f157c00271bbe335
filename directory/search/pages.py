"""All that the page of a search shows, worked out; the template only puts it in place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.catalog.models import Condition, Profession
from directory.places.geocode import Place
from directory.search import asking, filters, forms
from directory.search.asking import Answer
from directory.search.criteria import Criteria
from directory.search.filters import Chip, Group
from directory.search.queries import REACH, Found, Result
from directory.web.paging import Page

EXAMPLES = ("Guelph, Ontario", "Québec", "K2S 1S9", "90210")


@dataclass(frozen=True)
class Card:
    """One person: their number in the list, what the index says of them, and their profession.

    `is_rough` where the practice is not known to the address, so that its distance is "about".
    """

    number: int
    result: Result
    profession: Profession | None

    @property
    def is_rough(self) -> bool:
        return bool(self.result.listing.practice["precision"] != "address")


@dataclass(frozen=True)
class Finder:
    """The fields at the top: what was typed, the radii, what is carried along, and what is wrong, by field."""

    condition: str
    near: str
    radii: list[tuple[str, float, bool]]
    hidden: list[tuple[str, str]]
    problems: dict[str, str]


@dataclass(frozen=True)
class Choice:
    """A place or a condition to pick instead, and where that leads."""

    words: str
    address: str
    place: Place | None = None
    condition: Condition | None = None


@dataclass(frozen=True)
class People:
    """What was found: the cards, the filters, and the ways on."""

    cards: list[Card]
    beyond: list[Card]
    total: int
    is_exact: bool
    chips: list[Chip]
    groups: list[Group]
    fewer: list[Chip]
    wider: tuple[float, int, str] | None
    paging: Page
    addresses: Mapping[int, str]

    @property
    def is_demo(self) -> bool:
        """Whether someone on the page is invented."""
        return any(card.result.listing.origin == "demo" for card in (*self.cards, *self.beyond))


@dataclass(frozen=True)
class SearchPage:
    """The page of an answer. `people` is None when no search was made; `choices` are what to pick instead.

    `everyone` leads to this search without filters, `any_condition` without its condition; `carried` are the fields
    the form of filters takes along.
    """

    outcome: str
    criteria: Criteria
    finder: Finder
    condition: Condition | None
    place: Place | None
    people: People | None
    choices: list[Choice]
    everyone: str
    any_condition: str | None
    carried: list[tuple[str, str]]


def page_of(answer: Answer) -> SearchPage:
    """What to show for an answer."""
    criteria = answer.criteria
    return SearchPage(
        outcome=answer.outcome,
        criteria=criteria,
        finder=_finder(answer),
        condition=answer.condition,
        place=answer.place,
        people=_people(answer, answer.found) if answer.found else None,
        choices=_choices(answer),
        everyone=forms.address(criteria.without_filters()),
        any_condition=forms.address(criteria, condition="", page=1)
        if criteria.condition and criteria.has_place
        else None,
        carried=forms.hidden_fields(criteria.without_filters()),
    )


def _finder(answer: Answer) -> Finder:
    """The fields as typed; a condition under its name, so that a slug in the address reads as words."""
    typed, criteria = answer.asked.typed, answer.criteria
    name = forms.name_of(answer.condition) if answer.condition else typed["condition"]
    return Finder(
        condition=name,
        near=typed["near"] or (answer.place.label if answer.place else ""),
        radii=forms.radii(criteria),
        hidden=forms.hidden_fields(criteria, "condition", "near", "lat", "lon", "within"),
        problems={field: forms.problem_words(problem) for field, problem in answer.asked.problems.items()},
    )


def _choices(answer: Answer) -> list[Choice]:
    criteria = answer.criteria
    if answer.outcome == asking.UNKNOWN_CONDITION:
        return [
            Choice(forms.name_of(near), forms.address(criteria, condition=near.slug, page=1), condition=near)
            for near in answer.match.near
        ]
    if answer.outcome == asking.START:
        return [Choice(text, forms.address(criteria, near=text, page=1)) for text in EXAMPLES]
    named = Counter(place.label for place in answer.located.choices)
    places = [
        Choice(place.label, forms.address(criteria, near=place.label, point=_pin(place, named), page=1), place)
        for place in answer.located.choices
    ]
    return places + [
        Choice(text, forms.address(criteria, near=text, point=None, page=1)) for text in answer.located.suggestions
    ]


def _pin(place: Place, named: Mapping[str, int]) -> tuple[float, float] | None:
    """The point of a place that another one shares its name with; elsewhere the name is enough, and says more."""
    return (place.lat, place.lon) if named[place.label] > 1 else None


def _people(answer: Answer, found: Found) -> People:
    criteria = answer.criteria
    professions = {profession.id: profession for profession in answer.professions}
    paging = Page(criteria.page, criteria.per_page, found.total if found.is_exact else min(found.total, REACH))
    near = {n for n in range(criteria.page - 2, criteria.page + 3) if 1 <= n <= paging.pages} | {1, paging.pages}
    wider = found.wider and (*found.wider, forms.address(criteria, within=found.wider[0], page=1))
    return People(
        cards=_cards(found.results, professions, paging.first_position),
        beyond=_cards(found.beyond, professions, 1),
        total=found.total,
        is_exact=found.is_exact,
        chips=filters.chips(criteria, found.counts),
        groups=filters.groups(criteria, found.counts, answer.professions),
        fewer=filters.fewer(criteria, found.counts),
        wider=wider,
        paging=paging,
        addresses={number: forms.address(criteria, page=number) for number in sorted(near)},
    )


def _cards(results: Iterable[Result], professions: Mapping[int, Profession], first: int) -> list[Card]:
    return [
        Card(number, result, professions.get(result.listing.profession_id))
        for number, result in enumerate(results, start=first)
    ]
