"""The CSV of `import practitioners`: its columns, and one row of it as an entry."""

from difflib import get_close_matches
from typing import Any

from directory.credentials.rules import Kind
from directory.imports import rules
from directory.imports.claiming import claims
from directory.imports.entries import Entry, Refusal, Wrong
from directory.imports.known import Known
from directory.imports.placing import placed
from directory.imports.reading import Unreadable
from directory.imports.rules import Bad, Check, Repaired
from directory.practitioners.rules import ACCEPTING, PRONOUNS, VISIT_MODES
from directory.words import fold

PERSON = ("external_id", "npi", "given_name", "family_name", "former_name", "pronoun", "languages", "visit_modes",
          "accepting_new")  # fmt: skip
PLACE = {"practice_name": "name"} | {
    name: name for name in ("street", "locality", "postal_code", "phone", "email", "website")
}
NAMED = 8  # faults of a header that are said one by one
REQUIRED = ("given_name", "family_name", "profession")
ROW = "(row)"
_CLAIM_COLUMNS = {
    (kind, field): f"{kind}_{column}"
    for kind, columns in {
        "licence": {"issuer": "issuer", "number": "number", "expires_on": "expires_on"},
        "permission": {"issuer": "issuer", "number": "number"},
        "training": {"issuer": "body", "title": "programme", "hours_total": "hours", "completed_on": "completed_on"},
        "certification": {"issuer": "issuer", "title": "name", "expires_on": "expires_on"},
    }.items()
    for field, column in columns.items()
}


class Roster:
    """Reads the rows of one file by its header."""

    layout = "practitioners"
    is_register = False

    def __init__(self, header: list[str], known: Known) -> None:
        """Raises Unreadable when the header is not this layout's."""
        self.known = known
        self.columns = [name.lower() for name in header]
        checks = _checks(known)
        _check_header(header, list(checks))
        self.checks = [rules.Column(name, checks[name]) for name in self.columns]
        self.has = frozenset(self.columns)
        kinds = (Kind.LICENCE, Kind.PERMISSION, Kind.TRAINING, Kind.CERTIFICATION)
        self.silent = {field for field, column in _CLAIM_COLUMNS.items() if column not in self.has}
        self.states = frozenset(k.value for k in kinds if any(c.startswith(f"{k}_") for c in self.columns))

    def read(self, row: int, cells: list[str]) -> Entry | Refusal:
        """One row as an entry, or why it cannot be one."""
        problems = self._misfit(cells)
        values: dict[str, Any] = {}
        repaired = 0
        for column, cell in zip(self.checks, cells, strict=False):
            if not cell:
                continue
            value = column.kept.get(cell)
            if value is None:
                value = column.read(cell)
            if value.__class__ is Repaired:
                value = value.value
                repaired += 1
            if value.__class__ is Bad:
                problems.append((column.name, str(value)))
            elif value is not None:
                values[column.name] = value
        for name in REQUIRED:
            if name not in values and not any(name == column for column, _ in problems):
                problems.append((name, "is missing"))
        entry = self._entry(row, values, problems)
        if isinstance(entry, Entry):
            entry.repaired += repaired
        return entry

    def column(self, name: str) -> str:
        """What the file calls a column."""
        return name

    def _misfit(self, cells: list[str]) -> list[tuple[str, str]]:
        """What is wrong with the number of cells; blank ones beyond the header do no harm."""
        few, many = len(cells) < len(self.columns), any(cells[len(self.columns) :])
        if few or many:
            return [(ROW, f"has {len(cells)} cells, and the header {len(self.columns)}")]
        return []

    def _entry(self, row: int, values: dict[str, Any], problems: list[tuple[str, str]]) -> Entry | Refusal:
        if not problems:
            try:
                where = placed(values, self.known)
                stated = self._stated(claims(values, where.columns["region"], self.known))
            except Wrong as wrong:
                problems.append((wrong.column, str(wrong)))
        if problems:
            (column, reason), *also = problems
            return Refusal(row, column, reason, tuple(also))
        person = {name: values.get(name) for name in PERSON if name in self.has}
        person["profession_id"] = values["profession"]
        for name in ("languages", "visit_modes"):
            if name in self.has:
                person[name] = list(person[name] or ())
        if "accepting_new" in self.has:
            person["accepting_new"] = person["accepting_new"] or "unknown"
        place = {column: values.get(name) for name, column in PLACE.items() if name in self.has} | where.columns
        flags = where.flags + (("licence_ended",) if self._has_ended(stated) else ())
        conditions = frozenset(values.get("conditions", ())) if "conditions" in self.has else None
        return Entry(row, person, place, conditions, stated, self.states, flags=flags, repaired=where.repaired)

    def _has_ended(self, stated: list[dict[str, Any]]) -> bool:
        """Whether a licence that is stated ended before today."""
        return any(
            claim["kind"] == "licence" and (ends := claim.get("expires_on")) and ends < claim["claimed_on"]
            for claim in stated
        )

    def _stated(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Claims without what no column of the file is for, so that it stays as it is held."""
        if not self.silent:
            return found
        return [{name: claim[name] for name in claim if (claim["kind"], name) not in self.silent} for claim in found]


def _checks(known: Known) -> dict[str, Check]:
    """The columns of the layout, each with what a cell of it may hold."""
    return {
        "external_id": rules.words(100),
        "npi": rules.npi,
        "given_name": rules.name(100),
        "family_name": rules.name(100),
        "former_name": rules.name(200),
        "pronoun": rules.one_of(PRONOUNS),
        "profession": rules.listed(known.professions, "a profession of the catalogue", fold),
        "practice_name": rules.words(160),
        "street": rules.words(200),
        "locality": rules.name(100),
        "region": rules.listed({code: code for code in known.zones}, "a region such as CA-ON", str.upper),
        "postal_code": rules.words(20),
        "country": rules.listed({"CA": "CA", "US": "US"}, "CA or US", str.upper),
        "lat": rules.number,
        "lon": rules.number,
        "phone": rules.phone,
        "email": rules.email,
        "website": rules.website,
        "languages": rules.several(rules.language(known.languages)),
        "conditions": rules.several(rules.listed(known.conditions, "a condition of the catalogue")),
        "accepting_new": rules.one_of(ACCEPTING),
        "visit_modes": rules.several(rules.one_of(VISIT_MODES)),
        "licence_issuer": rules.words(200),
        "licence_number": rules.words(60),
        "licence_expires_on": rules.day,
        "permission_issuer": rules.words(200),
        "permission_number": rules.words(60),
        "training_body": rules.words(200),
        "training_programme": rules.words(200),
        "training_hours": rules.hours,
        "training_completed_on": rules.day,
        "certification_issuer": rules.words(200),
        "certification_name": rules.words(200),
        "certification_expires_on": rules.day,
    }


def _check_header(header: list[str], layout: list[str]) -> None:
    """Raises Unreadable naming the columns that are missing, doubled or unknown."""
    columns = [name.lower() for name in header]
    missing = [name for name in REQUIRED if name not in columns]
    if not ({"lat", "lon"} <= set(columns) or "postal_code" in columns or {"locality", "region"} <= set(columns)):
        missing.append("lat and lon (or postal_code, or locality and region)")
    wrong = [f"missing column {name}" for name in missing]
    wrong += [f"column {name} stands {n} times" for name in layout if (n := columns.count(name)) > 1]
    for name in dict.fromkeys(header):
        if name.lower() not in layout:
            near = get_close_matches(name.lower(), layout, 1) if len(wrong) < NAMED else []
            wrong.append(f"unknown column {rules.shown(name)}" + (f" (did you mean {near[0]}?)" if near else ""))
    if wrong:
        more = f"; and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
        raise Unreadable(f"This is not the layout of a roster: {'; '.join(wrong[:NAMED])}{more}.")
