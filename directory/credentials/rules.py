"""Kinds, statuses, and where a fact stands on a date; pure. The page, the API and the search index all ask here.

A fact is what was claimed (`Claim`) and what was found (`Check`, in order of time). Its standing is a function of
those and a date in the jurisdiction's zone: nothing here is stored, so nothing here can go stale. Read aloud:

1. A fact rests on its last finding: what the issuer, a copy or a silence said. Two things a finding cannot do: a copy
   outweighs no word of the issuer, and nothing but the issuer lifts the issuer's bad news.
2. A finding recorded by mistake takes back what was found before it. Until something is found anew, it is corrected.
3. The holder's word finds nothing, and a look that has not ended changes nothing that was found.
4. An edit by the holder takes back what was good: what was confirmed is due for a check at once, and what a copy
   showed is their own statement again. It takes back no bad news.
5. What the issuer confirmed is due from the day after the last day for its next check. A copy is never late, for it
   never said that the issuer stands by it: it stays seen, with its date, until what it shows ends.
6. What ends has ended from the day after its last day, in its own zone, unless the issuer called it not valid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """The facts of a record, always in this order."""

    LICENCE = "licence"
    PERMISSION = "permission"
    TRAINING = "training"
    CERTIFICATION = "certification"
    INSURANCE = "insurance"


class Status(StrEnum):
    """The twelve standings a reader may see."""

    CONFIRMED = "confirmed"
    DOCUMENT_SEEN = "document_seen"
    IN_REVIEW = "in_review"
    CHECK_DUE = "check_due"
    OWN_STATEMENT = "own_statement"
    COULD_NOT_CONFIRM = "could_not_confirm"
    EXPIRED = "expired"
    CONDITIONS = "conditions"
    NOT_VALID = "not_valid"
    NOT_NEEDED = "not_needed"
    NONE_CLAIMED = "none_claimed"
    CORRECTED = "corrected"


class Verification(StrEnum):
    """HL7 FHIR VerificationResult.status."""

    ATTESTED = "attested"
    IN_PROCESS = "in-process"
    VALIDATED = "validated"
    REQ_REVALID = "req-revalid"
    VAL_FAIL = "val-fail"
    REVAL_FAIL = "reval-fail"
    ENTERED_IN_ERROR = "entered-in-error"


class Source(StrEnum):
    """What a validated check rests on. FHIR validation-type `primary`, `nothing`, and need `none`."""

    ISSUER = "primary"
    DOCUMENT = "nothing"
    NOT_KEPT = "none"


HOLDER_STATUSES = (  # HL7 professional-credential-status, and two of our own
    "active", "inactive", "issued-in-error", "expired", "revoked", "pending", "provisional", "unknown",
    "suspended", "conditions",
)  # fmt: skip
SOURCE_TYPES = (  # FHIR primary-source-type
    "lic-board", "prim", "cont-ed", "post-serv", "rel-own", "reg-auth", "legal", "issuer", "auth-source",
)  # fmt: skip
PROCESSES = (  # FHIR validation-process
    "edit-check", "valueset", "primary", "multi", "standalone", "in-context", "manual", "attester", "extsource",
)  # fmt: skip
BY_PLACE = {Kind.LICENCE, Kind.PERMISSION}
LADDER = (Status.OWN_STATEMENT, Status.DOCUMENT_SEEN, Status.CONFIRMED)
FOREVER = date(9999, 12, 30)
_FINDINGS = {Verification.VALIDATED, Verification.VAL_FAIL, Verification.REVAL_FAIL}
_NEWS = dict.fromkeys(("inactive", "issued-in-error", "revoked", "suspended"), Status.NOT_VALID) | {
    "expired": Status.EXPIRED,
    "pending": Status.IN_REVIEW,
}
_LIMITED = {"conditions", "provisional"}
_BAD = {Status.NOT_VALID, Status.EXPIRED}
_COMES_DUE = {Status.CONFIRMED, Status.CONDITIONS}
_WORDS = _BAD | _COMES_DUE | {Status.IN_REVIEW}
_BEST_FIRST = (
    Status.NOT_VALID,  # the issuer's bad news is never hidden behind good
    Status.CONDITIONS,
    Status.CONFIRMED,  # then the ladder, so that whoever a filter finds by a rung is shown on that rung or higher
    Status.DOCUMENT_SEEN,
    Status.OWN_STATEMENT,
    Status.NOT_NEEDED,
    Status.CORRECTED,
    Status.CHECK_DUE,
    Status.IN_REVIEW,
    Status.COULD_NOT_CONFIRM,
    Status.EXPIRED,
    Status.NONE_CLAIMED,
)


@dataclass(frozen=True)
class Check:
    """One verification. Dates are local to the credential's zone; `next_due_on` is the last good day, None for ever.

    `found` is what the issuer, the document or the silence said of the holder: one of HOLDER_STATUSES.
    """

    status: Verification
    performed_on: date
    source: Source = Source.ISSUER
    found: str = "unknown"
    next_due_on: date | None = None


@dataclass(frozen=True)
class Claim:
    """What the practitioner says they hold. `expires_on` is its last good day, None when it does not end."""

    claimed_on: date
    expires_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where a fact stands: `since` is the date its words show, `until` the last day it stays so without news.

    `checked_on` and `next_check_by` are those of the check it rests on, None when it rests on none. `ends_on` is the
    last good day of what is claimed, None when it does not end.
    """

    status: Status
    since: date | None = None
    until: date = FOREVER
    checked_on: date | None = None
    next_check_by: date | None = None
    ends_on: date | None = field(default=None, compare=False)


NOTHING = Standing(Status.NONE_CLAIMED)


class _Known(NamedTuple):
    """What the checks alone say before any date passes; `due_on` is the last good day for the next check."""

    status: Status
    since: date
    checked_on: date | None = None
    due_on: date | None = None


def standing(claim: Claim | None, checks: Sequence[Check], today: date) -> Standing:
    """Where the fact stands on a date, from what was known by then."""
    if claim is None or claim.claimed_on > today:
        return NOTHING
    known = _known(claim, [check for check in checks if check.performed_on <= today])
    due_on, ends_on = _last_days(known, claim)
    status, since, until, next_check = known.status, known.since, min(due_on, ends_on), known.due_on
    if today > ends_on:
        status, since, until, next_check = Status.EXPIRED, ends_on, FOREVER, None
    elif today > due_on:
        status, since, until = Status.CHECK_DUE, due_on + timedelta(days=1), ends_on
    return Standing(status, since, until, known.checked_on, next_check, claim.expires_on)


def horizon(claim: Claim | None, checks: Sequence[Check], zone: str) -> dict[Status, int]:
    """Until which instant (epoch seconds, exclusive) each rung of LADDER is held; 0 when it is not held at all.

    A higher rung holds the lower ones. Good for every moment after the last check, until there is news.
    """
    held = end = 0
    if claim is not None:
        known = _known(claim, checks)
        if known.status in LADDER:
            held = LADDER.index(known.status) + 1
            end = _end_of_day(min(_last_days(known, claim)), zone)
    return {rung: end if place < held else 0 for place, rung in enumerate(LADDER)}


def basis_of(checks: Sequence[Check]) -> Check | None:
    """The finding a fact rests on; None when nothing was found, or when what was found was taken back."""
    return _telling(checks)[0]


def speaking(checks: Sequence[Check]) -> list[Check]:
    """The checks that still say something, two at most, oldest first. By these alone the fact stands as by all."""
    return [check for check in _telling(checks) if check is not None]


def headline(standings: Iterable[Standing]) -> Standing:
    """The one standing that stands for several credentials of a kind: bad news first, then the best proven."""
    return min(standings, key=lambda s: _BEST_FIRST.index(s.status), default=NOTHING)


def as_json(standing: Standing) -> dict[str, str]:
    """A fact as every machine door gives it; a date that is not known has no key.

    `ends_on` is the last good day of the credential itself.
    """
    days = {"checked_on": standing.checked_on, "next_check_by": standing.next_check_by, "ends_on": standing.ends_on}
    return {"status": standing.status.value, **{key: day.isoformat() for key, day in days.items() if day is not None}}


def _known(claim: Claim, checks: Sequence[Check]) -> _Known:
    basis, later = _telling(checks)
    if basis is None:
        return _unfound(claim, later)
    status, found_on, due_on = _says(basis), basis.performed_on, basis.next_due_on
    if later is not None and status is Status.DOCUMENT_SEEN:
        return _Known(Status.OWN_STATEMENT, later.performed_on)
    if status in _COMES_DUE:
        is_late = due_on is not None and later is not None and due_on < later.performed_on
        if later is None or is_late:
            return _Known(status, found_on, found_on, due_on)
        return _Known(Status.CHECK_DUE, later.performed_on, found_on)
    if status is Status.EXPIRED:
        return _Known(status, min(found_on, claim.expires_on or found_on), found_on)
    return _Known(status, found_on, found_on)


def _unfound(claim: Claim, later: Check | None) -> _Known:
    if later is None:
        return _Known(Status.OWN_STATEMENT, claim.claimed_on)
    is_look = later.status is Verification.IN_PROCESS
    return _Known(Status.IN_REVIEW if is_look else Status.CORRECTED, later.performed_on)


def _last_days(known: _Known, claim: Claim) -> tuple[date, date]:
    """The last day before a check is late, and the last day before the fact has ended."""
    ends_on = None if known.status in _BAD else claim.expires_on
    return min(known.due_on or FOREVER, FOREVER), min(ends_on or FOREVER, FOREVER)


def _telling(checks: Sequence[Check]) -> tuple[Check | None, Check | None]:
    """The finding the fact rests on, and the first edit since; without one, the look that began or the mistake."""
    if not checks:
        return None, None
    start = max((n for n, c in enumerate(checks, 1) if c.status is Verification.ENTERED_IN_ERROR), default=0)
    since = checks[start:]
    findings = [n for n, c in enumerate(since) if c.status in _FINDINGS]
    if not findings:
        looks = (c for c in since if c.status is Verification.IN_PROCESS)
        return None, next(looks, checks[start - 1] if start else None)
    place = _weightiest(since, findings)
    edits = (c for c in since[place + 1 :] if c.status is Verification.REQ_REVALID)
    return since[place], next(edits, None)


def _weightiest(checks: Sequence[Check], findings: Sequence[int]) -> int:
    """Which finding counts: the last, unless the issuer's own word was bad, or nothing but copies came after it."""
    words = [n for n in findings if checks[n].source is Source.ISSUER and _says(checks[n]) in _WORDS]
    if not words:
        return findings[-1]
    only_copies = all(_says(checks[n]) is Status.DOCUMENT_SEEN for n in findings if n > words[-1])
    return words[-1] if only_copies or _says(checks[words[-1]]) in _BAD else findings[-1]


def _says(check: Check) -> Status:
    """What one finding says by itself. `validated` is a yes; what was found of the holder may say more than that.

    Limits and bad news count wherever they were read; green needs the issuer.
    """
    if check.found in _NEWS:
        return _NEWS[check.found]
    if check.status is not Verification.VALIDATED:
        return Status.COULD_NOT_CONFIRM
    if check.source is Source.NOT_KEPT:
        return Status.NOT_NEEDED
    if check.found in _LIMITED:
        return Status.CONDITIONS
    return Status.DOCUMENT_SEEN if check.source is Source.DOCUMENT else Status.CONFIRMED


@lru_cache(maxsize=8192)
def _end_of_day(day: date, zone: str) -> int:
    """The first instant after a local day, in epoch seconds."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    return int(midnight.astimezone(UTC).timestamp())
