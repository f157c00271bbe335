"""Whom a row is about: someone held already, or someone new; pure."""

from collections import defaultdict
from collections.abc import Iterable

from directory.imports.entries import Entry, Wrong, likeness, whereabouts
from directory.imports.held import Held


class Acquaintances:
    """Those held already who may be meant by a part of a file."""

    def __init__(self, held: Iterable[Held]) -> None:
        self.by_external: dict[str, Held] = {}
        self.by_npi: dict[str, Held] = {}
        self.by_whereabouts: dict[str, list[Held]] = defaultdict(list)
        self.alike: set[str] = set()
        for one in held:
            self.by_external[one.person["external_id"]] = one
            self.by_npi[one.person["npi"]] = one
            if one.place:
                self.alike.add(likeness(one.person, one.place))
                if not (one.person["external_id"] or one.person["npi"]):
                    self.by_whereabouts[whereabouts(one.person, one.place)].append(one)

    def meant_by(self, entry: Entry) -> Held | None:
        """The record that a row is about, by external number, then NPI; by name and place for those with neither.

        Raises Wrong when the row's identifiers belong to different records, or when name and place fit several.
        """
        external, npi = entry.person.get("external_id"), entry.person.get("npi")
        if not external and not npi:
            fitting = self.by_whereabouts.get(entry.whereabouts, [])
            if len(fitting) > 1:
                raise Wrong("external_id", f"is missing: {len(fitting)} records have this name and place")
            return fitting[0] if fitting else None
        by_external = self.by_external.get(external) if external else None
        by_npi = self.by_npi.get(npi) if npi else None
        if by_external and by_npi and by_external is not by_npi:
            raise Wrong("npi", f"{npi} belongs to another record, {by_npi.person['code']}")
        if by_npi and not by_external and external and by_npi.person["external_id"]:
            raise Wrong("npi", f"{npi} belongs to a record with another external_id, {by_npi.person['code']}")
        return by_external or by_npi

    def knows_one_like(self, entry: Entry) -> bool:
        """Whether someone held has the name, profession and region of a row."""
        return entry.likeness in self.alike
