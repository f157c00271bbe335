"""What a row changes in a record that is held already; pure."""

from dataclasses import dataclass, field
from typing import Any

from directory.credentials.rules import BY_PLACE
from directory.imports.entries import Entry
from directory.imports.held import CLAIMED, Held, HeldClaim, Proof

_IDENTIFIERS = {"external_id", "npi"}


@dataclass(slots=True)
class Change:
    """The columns to write, by table; empty where nothing differs. `restated` are claims with their new columns."""

    held: Held
    person: dict[str, Any] = field(default_factory=dict)
    place: dict[str, Any] = field(default_factory=dict)
    treated: set[int] = field(default_factory=set)
    no_longer_treated: set[int] = field(default_factory=set)
    claimed: list[dict[str, Any]] = field(default_factory=list)
    restated: list[tuple[HeldClaim, dict[str, Any]]] = field(default_factory=list)
    withdrawn: list[HeldClaim] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        parts = (self.person, self.place, self.treated, self.no_longer_treated)
        return not any((*parts, self.claimed, self.restated, self.withdrawn))


def change(entry: Entry, held: Held, *, listed: bool) -> Change:
    """What a row about someone held already asks to be written."""
    made = Change(held)
    visibility = held.person["visibility"]
    if entry.gone:
        made.person = {"visibility": "hidden"} if visibility != "hidden" else {}
        return made
    made.person = {
        name: value
        for name, value in entry.person.items()
        if held.person[name] != value and not (value is None and name in _IDENTIFIERS)
    }
    if listed and visibility == "unlisted":
        made.person["visibility"] = "listed"
    if visibility == "hidden":
        made.flags.append("hidden")
    there = held.place or {}
    made.place = {name: value for name, value in entry.place.items() if name not in there or there[name] != value}
    if entry.conditions is not None:
        made.treated = set(entry.conditions) - held.conditions
        made.no_longer_treated = held.conditions - entry.conditions
    _settle_claims(entry, held, made)
    return made


def _settle_claims(entry: Entry, held: Held, made: Change) -> None:
    """Pair the claims of a row with those held; what is left on one side is new, or no longer stated."""
    here = {entry.place["region"], held.place["region"] if held.place else None}
    left = list(held.claims)
    unpaired = []
    for claim in entry.claims:
        same = next((h for h in left if _same(h.columns, claim)), None)
        if same:
            left.remove(same)
            _restate(same, claim, made)
        else:
            unpaired.append(claim)
    for claim in unpaired:
        like = [h for h in left if h.columns["kind"] == claim["kind"] and _same_place(h.columns, claim)]
        rivals = [c for c in unpaired if c["kind"] == claim["kind"] and _same_place(c, claim)]
        if len(like) == len(rivals) == 1:
            left.remove(like[0])
            _restate(like[0], claim, made)
        else:
            made.claimed.append(claim)
    for gone in left:
        kind = gone.columns["kind"]
        if kind in entry.states and (
            entry.everywhere or kind not in BY_PLACE or gone.columns["jurisdiction_code"] in here
        ):
            if gone.proof is Proof.NONE:
                made.withdrawn.append(gone)
            else:
                made.flags.append("contradicts_check")


def _same(held: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether two claims are of one credential: the same number in the same place, or the same training by name."""
    if held["kind"] != claim["kind"] or not _same_place(held, claim):
        return False
    if held["kind"] in BY_PLACE:
        return bool(held["number"] == claim.get("number"))
    return all(held[name] == claim.get(name) for name in ("training_body_id", "issuer", "title"))


def _same_place(held: dict[str, Any], claim: dict[str, Any]) -> bool:
    return bool(held.get("jurisdiction_code") == claim.get("jurisdiction_code"))


def _restate(held: HeldClaim, claim: dict[str, Any], made: Change) -> None:
    """Take up what a row says otherwise, unless a check found something against the credential."""
    differs = {name: claim[name] for name in CLAIMED if name in claim and held.columns[name] != claim[name]}
    if not differs:
        return
    if held.proof is Proof.AGAINST:
        made.flags.append("contradicts_check")
    else:
        made.restated.append((held, differs))
