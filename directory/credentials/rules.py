"""Kinds, statuses, and where a fact stands on a date; pure. The page, the API and the search index all ask here.

A fact is what was claimed (`Claim`) and what was found (`Check`, in order of time). Its standing is a function of
those and a date in the jurisdiction's zone: nothing here is stored, so nothing here can go stale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
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
BY_PLACE = {Kind.LICENCE, Kind.PERMISSION}
_UNSETTLED = {Verification.ATTESTED: Status.OWN_STATEMENT, Verification.REQ_REVALID: Status.CHECK_DUE}
_BAD_NEWS = dict.fromkeys(("inactive", "issued-in-error", "revoked", "suspended"), Status.NOT_VALID) | {
    "expired": Status.EXPIRED,
    "pending": Status.IN_REVIEW,
}
LADDER = (Status.OWN_STATEMENT, Status.DOCUMENT_SEEN, Status.CONFIRMED)
FOREVER = date(9999, 12, 30)
_BEST_FIRST = (
    Status.NOT_VALID,  # bad news is never hidden behind good
    Status.CONFIRMED,
    Status.NOT_NEEDED,
    Status.CONDITIONS,
    Status.DOCUMENT_SEEN,
    Status.CORRECTED,
    Status.CHECK_DUE,
    Status.IN_REVIEW,
    Status.COULD_NOT_CONFIRM,
    Status.EXPIRED,
    Status.OWN_STATEMENT,
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


def standing(claim: Claim | None, checks: Sequence[Check], today: date) -> Standing:
    """Where the fact stands on a date, from what was known by then."""
    if claim is None or claim.claimed_on > today:
        return NOTHING
    last = NOTHING
    for start, current in _phases(claim, [c for c in checks if c.performed_on <= today]):
        if start > today:
            break
        last = current
    return last


def horizon(claim: Claim | None, checks: Sequence[Check], zone: str) -> dict[Status, int]:
    """Until which instant (epoch seconds, exclusive) each rung of LADDER is held, if it is held now; else 0.

    A higher rung holds the lower ones. Good for every moment after the last check, until there is news.
    """
    ends = dict.fromkeys(LADDER, 0)
    if claim is None:
        return ends
    for (_, current), following in pairwise([*_phases(claim, checks), (FOREVER, NOTHING)]):
        if current.status in LADDER:
            end = _end_of_day(following[0] - timedelta(days=1), zone)
            for rung in LADDER[: LADDER.index(current.status) + 1]:
                ends[rung] = end
    return ends


def headline(standings: Iterable[Standing]) -> Standing:
    """The one standing that stands for several credentials of a kind: bad news first, then the best proven."""
    return min(standings, key=lambda s: _BEST_FIRST.index(s.status), default=NOTHING)


def as_json(standing: Standing) -> dict[str, str]:
    """A fact as every machine door gives it; a date that is not known has no key.

    `ends_on` is the last good day of the credential itself.
    """
    days = {"checked_on": standing.checked_on, "next_check_by": standing.next_check_by, "ends_on": standing.ends_on}
    return {"status": standing.status.value, **{key: day.isoformat() for key, day in days.items() if day is not None}}


def _phases(claim: Claim, checks: Sequence[Check]) -> list[tuple[date, Standing]]:
    """The fact's standings one after another, each with the day it begins: what it is, then due, then ended."""
    start, current = _by_checks(claim, checks)
    phases = [(start, current)]
    if current.status in {Status.CONFIRMED, Status.CONDITIONS} and current.next_check_by is not None:
        due = current.next_check_by + timedelta(days=1)
        phases.append((due, Standing(Status.CHECK_DUE, due, FOREVER, current.checked_on, current.next_check_by)))
    if claim.expires_on is not None and current.status is not Status.NOT_VALID:
        end = claim.expires_on + timedelta(days=1)
        phases = [phase for phase in phases if phase[0] < end]
        phases.append((end, Standing(Status.EXPIRED, claim.expires_on, FOREVER, current.checked_on)))
    return [
        (begin, replace(now, until=following - timedelta(days=1), ends_on=claim.expires_on))
        for (begin, now), (following, _) in pairwise([*phases, (FOREVER, NOTHING)])
    ]


def _by_checks(claim: Claim, checks: Sequence[Check]) -> tuple[date, Standing]:
    """What the checks alone say, and since when, before any date passes."""
    if checks and checks[-1].status is Verification.ENTERED_IN_ERROR:
        day = checks[-1].performed_on
        return day, Standing(Status.CORRECTED, day)
    good = [c for c in checks if c.status is not Verification.ENTERED_IN_ERROR]
    settled = [c for c in good if c.status is not Verification.IN_PROCESS]
    if not settled:
        return (
            (good[-1].performed_on, Standing(Status.IN_REVIEW, good[-1].performed_on))
            if good
            else (claim.claimed_on, Standing(Status.OWN_STATEMENT, claim.claimed_on))
        )
    check = settled[-1]
    status = _settled_status(check)
    if status in {Status.OWN_STATEMENT, Status.CHECK_DUE}:
        return check.performed_on, Standing(status, check.performed_on)
    return check.performed_on, Standing(
        status, check.performed_on, checked_on=check.performed_on, next_check_by=check.next_due_on
    )


def _settled_status(check: Check) -> Status:
    if check.status in _UNSETTLED:
        return _UNSETTLED[check.status]
    if check.source is Source.NOT_KEPT:
        return Status.NOT_NEEDED
    if check.found in _BAD_NEWS:
        return _BAD_NEWS[check.found]
    if check.status is not Verification.VALIDATED:
        return Status.COULD_NOT_CONFIRM
    if check.source is Source.DOCUMENT:
        return Status.DOCUMENT_SEEN
    return Status.CONDITIONS if check.found in {"conditions", "provisional"} else Status.CONFIRMED


def _end_of_day(day: date, zone: str) -> int:
    """The first instant after a local day, in epoch seconds."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    return int(midnight.astimezone(UTC).timestamp())
