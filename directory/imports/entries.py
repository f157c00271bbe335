"""What a row of a file turns out to be: someone to enter, a refusal, or someone this directory passes over."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Wrong(Exception):
    """A row as a whole makes no sense; `column` is the one to mend, the text is the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


class Refusal(NamedTuple):
    """A row that cannot be entered. `also` holds the further columns that are wrong, each with its reason."""

    row: int
    column: str
    reason: str
    also: tuple[tuple[str, str], ...] = ()


class Passed(NamedTuple):
    """A row that is right but not for this directory; `why` is the flag it is counted under."""

    row: int
    why: str


@dataclass(slots=True)
class Entry:
    """One person as a row states them, in columns of the models; what a file does not state has no key.

    `conditions` are ids, None when the file does not say. `claims` are columns of Credential; `states` are the kinds
    of which the row says all there is (licences and permissions: in its own region, or everywhere when `everywhere`).
    `gone` means that the record no longer stands: nobody may see it. `repaired` cells had one sure reading.
    """

    row: int
    person: dict[str, Any]
    place: dict[str, Any] = field(default_factory=dict)
    conditions: frozenset[int] | None = None
    claims: list[dict[str, Any]] = field(default_factory=list)
    states: frozenset[str] = frozenset()
    everywhere: bool = False
    gone: bool = False
    flags: tuple[str, ...] = ()
    repaired: int = 0

    @property
    def identifiers(self) -> list[str]:
        """External number and NPI, those it has, as text that no other row may repeat."""
        return identifiers(self.person)

    @property
    def likeness(self) -> str:
        """Name, profession and region: two records alike in these may be one person."""
        return likeness(self.person, self.place)

    @property
    def whereabouts(self) -> str:
        """The likeness and the place: what someone without identifiers is known by."""
        return whereabouts(self.person, self.place)


def identifiers(person: dict[str, Any]) -> list[str]:
    """See Entry.identifiers; for the columns of any person."""
    return [f"{name} {person[name]}" for name in ("external_id", "npi") if person.get(name)]


def likeness(person: dict[str, Any], place: dict[str, Any]) -> str:
    """See Entry.likeness; for the columns of any person and practice."""
    return "|".join((person["given_name"], person["family_name"], str(person["profession_id"]), place["region"]))


def whereabouts(person: dict[str, Any], place: dict[str, Any]) -> str:
    """See Entry.whereabouts: the postal code tells namesakes apart, without one the town, without that the point."""
    where = place.get("postal_code") or place.get("locality") or f"{place['lat']} {place['lon']}"
    return f"{likeness(person, place)}|{where}"
