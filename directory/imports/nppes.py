"""The official NPPES layout (329 or 330 quoted columns): one row of it as an entry.

Sources: the "NPPES Data Dissemination" read-me (column names; deactivated records keep only their number and date) and
the quirks seen in real files: blanks written as <UNAVAIL>, ZIPs of five or nine digits, a licence number of $ signs.
Telephone numbers are left in the file: a phone is shown only where the practitioner publishes it.
"""

import re
from datetime import date, datetime
from typing import Any, NamedTuple

from directory.imports import rules, spelling
from directory.imports.entries import Entry, Passed, Refusal, Wrong
from directory.imports.known import Known
from directory.imports.placing import placed
from directory.imports.reading import Unreadable
from directory.imports.rules import Bad, Repaired, shown
from directory.words import fold

SLOTS = 15
FORMER_NAME = "1"  # of Provider Other Last Name Type Code; 2 is a professional name, 5 any other
NPI, ENTITY = "NPI", "Entity Type Code"
LAST, FIRST = "Provider Last Name (Legal Name)", "Provider First Name"
OTHER_LAST, OTHER_FIRST, OTHER_TYPE = (
    "Provider Other Last Name", "Provider Other First Name", "Provider Other Last Name Type Code",
)  # fmt: skip
DEACTIVATED, REACTIVATED = "NPI Deactivation Date", "NPI Reactivation Date"
_LINES = ("Provider First Line Business {} Address", "Provider Second Line Business {} Address")
_PARTS = tuple(f"Provider Business {{}} Address {part}" for part in ("City Name", "State Name", "Postal Code"))
_COUNTRY = "Provider Business {} Address Country Code (If outside U.S.)"
PRACTICE, MAILING = (
    [part.format(where) for part in (*_LINES, *_PARTS, _COUNTRY)] for where in ("Practice Location", "Mailing")
)
_SLOT = (
    "Healthcare Provider Taxonomy Code_{}", "Provider License Number_{}", "Provider License Number State Code_{}",
    "Healthcare Provider Primary Taxonomy Switch_{}",
)  # fmt: skip
TAXONOMIES = [[part.format(slot) for part in _SLOT] for slot in range(1, SLOTS + 1)]
COLUMNS = [
    NPI, ENTITY, LAST, FIRST, OTHER_LAST, OTHER_FIRST, OTHER_TYPE, DEACTIVATED, REACTIVATED,
    *PRACTICE, *MAILING, *(name for slot in TAXONOMIES for name in slot),
]  # fmt: skip
_BLANK = frozenset(("", "<UNAVAIL>"))
_COLUMN = {
    "npi": NPI,
    "external_id": NPI,
    "region": PRACTICE[3],
    "postal_code": PRACTICE[4],
    "locality": PRACTICE[2],
    "country": PRACTICE[5],
}
_ELSEWHERE = frozenset(("PR", "VI", "GU", "AS", "MP", "FM", "MH", "PW", "AA", "AE", "AP"))
_NUMBER = re.compile(r"(?=.*[0-9A-Za-z])[ -~]{1,60}")


class Slot(NamedTuple):
    """A taxonomy code, the licence said to go with it (number, state), and whether it is the primary one (Y)."""

    code: str
    number: str
    state: str
    switch: str


class Nppes:
    """Reads the rows of one file by its header."""

    layout = "nppes"
    is_register = True

    def __init__(self, header: list[str], known: Known) -> None:
        """Raises Unreadable when a column that is needed is missing or doubled; further ones do no harm."""
        self.known = known
        self._repaired = 0
        self.width = len(header)
        names = [" ".join(name.split()).lower() for name in header]
        missing = [column for column in COLUMNS if names.count(column.lower()) != 1]
        if missing:
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            listed = ", ".join(missing[:5])
            raise Unreadable(f"This is not the NPPES layout: missing or doubled are the columns {listed}{more}.")
        self.at = {column: names.index(column.lower()) for column in COLUMNS}
        self.slots = [tuple(self.at[name] for name in slot) for slot in TAXONOMIES]

    def read(self, row: int, cells: list[str]) -> Entry | Passed | Refusal:
        """One row: a person to enter, one to pass over and why, or why it cannot be read."""
        if len(cells) != self.width:
            return Refusal(row, "(row)", f"has {len(cells)} cells, and the header {self.width}")
        try:
            return self._read(row, cells)
        except Wrong as wrong:
            return Refusal(row, self.column(wrong.column), str(wrong))

    def _read(self, row: int, cells: list[str]) -> Entry | Passed:
        self._repaired = 0
        number = self._npi(cells)
        deactivated, reactivated = self._day(cells, DEACTIVATED), self._day(cells, REACTIVATED)
        if deactivated and not (reactivated and reactivated >= deactivated):
            return Entry(row, {"npi": number}, gone=True, flags=("deactivated",))
        entity = self._text(cells, ENTITY)
        if entity == "2":
            return Passed(row, "organisation")
        if entity != "1":
            raise Wrong(ENTITY, f"{shown(entity)} is neither 1 (a person) nor 2 (an organisation)")
        profession = self._profession(slots := self._taxonomies(cells))
        if isinstance(profession, str):
            return Passed(row, profession)
        place = self._place(cells)
        if isinstance(place, str):
            return Passed(row, place)
        where, flags = place
        claims, noticed = self._licences(slots, where["region"], profession)
        person = {"npi": number, "profession_id": profession, **self._names(cells)}
        flags += noticed + (("reactivated",) if deactivated else ())
        return Entry(
            row,
            person,
            where,
            claims=claims,
            states=frozenset({"licence"}),
            everywhere=True,
            flags=flags,
            repaired=self._repaired,
        )

    def column(self, name: str) -> str:
        """What the file calls a column."""
        return _COLUMN.get(name, name)

    def _text(self, cells: list[str], column: str) -> str:
        """A cell's text, empty for the marks that mean nothing. Raises Wrong."""
        cell = cells[self.at[column]]
        if cell in _BLANK:
            return ""
        try:
            text = rules.clean(cell)
        except Bad as bad:
            raise Wrong(column, str(bad)) from bad
        if text != cell:
            self._repaired += 1
        return "" if text in _BLANK else text

    def _npi(self, cells: list[str]) -> str:
        text = self._text(cells, NPI)
        try:
            found = rules.npi(text)
        except Bad as bad:
            raise Wrong(NPI, str(bad) if text else "is missing") from bad
        if found.__class__ is Repaired:
            self._repaired += 1
            return str(found.value)
        return str(found)

    def _day(self, cells: list[str], column: str) -> date | None:
        """A date written MM/DD/YYYY."""
        if not (text := self._text(cells, column)):
            return None
        try:
            return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day, not an instant
        except ValueError as error:
            raise Wrong(column, f"{shown(text)} is not a date written MM/DD/YYYY") from error

    def _names(self, cells: list[str]) -> dict[str, Any]:
        """Given and family name, and a former one."""
        names: dict[str, Any] = {}
        for key, column in (("given_name", FIRST), ("family_name", LAST)):
            text = self._text(cells, column)
            if not text:
                raise Wrong(column, "is missing")
            try:
                names[key] = rules.name(100)(spelling.person_name(text))
            except Bad as bad:
                raise Wrong(column, str(bad)) from bad
        names["former_name"] = None
        last, first = self._text(cells, OTHER_LAST), self._text(cells, OTHER_FIRST)
        if last and self._text(cells, OTHER_TYPE) == FORMER_NAME:
            given = spelling.person_name(first) or names["given_name"]
            former = " ".join(part for part in (given, spelling.person_name(last)) if part)
            names["former_name"] = former[:200]
        return names

    def _taxonomies(self, cells: list[str]) -> list[Slot]:
        """The slots that hold a code, in their order."""
        found = [Slot(*(cells[i].strip() for i in slot)) for slot in self.slots if cells[slot[0]]]
        return [Slot(*("" if part in _BLANK else part for part in slot)) for slot in found]

    def _profession(self, slots: list[Slot]) -> int | str:
        """The profession of the primary taxonomy, by its switch; else why the person is passed over.

        Without a switch set to Y, the slots decide only when they all mean one profession.
        """
        primary = [slot for slot in slots if slot.switch == "Y"] or slots
        meant = {self.known.taxonomies.get(slot.code) for slot in primary}
        if not slots:
            return "no_taxonomy"
        if len(meant) > 1:
            return "no_single_primary_taxonomy"
        return meant.pop() or "other_profession"

    def _place(self, cells: list[str]) -> tuple[dict[str, Any], tuple[str, ...]] | str:
        """The columns of the practice, and what was noticed; else why the person is passed over. Raises Wrong.

        The mailing address stands in only where the practice has no town, state or ZIP at all.
        """
        practice = [self._text(cells, column) for column in PRACTICE]
        used: tuple[str, ...] = ()
        if not any(practice[2:5]):
            practice, used = [self._text(cells, column) for column in MAILING], ("mailing_address_used",)
        first, second, city, state, code, country = practice
        country = country.upper() or "US"
        region = self.known.regions.get(f"{country} {fold(state)}")
        if country not in {"US", "CA"} or (region is None and state.upper() in _ELSEWHERE):
            return "practice_elsewhere"
        if region is None:
            reason = f"{shown(state)} is not a state or province of {country}" if state else "is missing"
            raise Wrong("region", reason)
        street = spelling.address(", ".join(line for line in (first, second) if line))
        values = {"region": region, "country": country, "postal_code": code or None, "locality": city or None}
        where = placed(values, self.known)
        self._repaired += where.repaired
        columns = {"street": street[:200] or None, "locality": spelling.address(city)[:100] or None}
        return {**columns, "postal_code": None, **where.columns}, used + where.flags

    def _licences(
        self, slots: list[Slot], region: str, profession: int
    ) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
        """Each licence that a slot names, once, and what was noticed."""
        licences: dict[tuple[str, str], dict[str, Any]] = {}
        flags: list[str] = []
        for slot in slots:
            if not slot.number or not slot.state:
                continue
            where = self.known.regions.get(f"US {fold(slot.state)}")
            if where is None:
                flags.append("licence_elsewhere")
            elif not _NUMBER.fullmatch(slot.number):
                flags.append("licence_number_unreadable")
            elif (where, slot.number.upper()) not in licences:
                licensed_as = self.known.taxonomies.get(slot.code)
                regulator = self.known.regulator(where, licensed_as, None)[0] if licensed_as else None
                licences[where, slot.number.upper()] = self.known.by_place(
                    "licence", where, number=slot.number, regulator_id=regulator
                )
        if not licences:
            flags.append("no_licence_stated")
        elif not any(where == region for where, _ in licences):
            flags.append("licensed_only_out_of_state")
        return list(licences.values()), tuple(dict.fromkeys(flags))
