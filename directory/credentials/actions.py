"""Writing what is claimed and what was checked. Nothing here commits: callers stand inside `transaction()`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from directory import clock
from directory.audit.record import record
from directory.catalog.models import TrainingBody
from directory.catalog.queries import clocks
from directory.credentials.models import Check, CheckSource, Credential
from directory.credentials.rules import Kind, Verification
from directory.database import Base, changed, db, insert_many, update_many
from directory.jurisdictions.models import Regulator
from directory.practitioners.models import Practitioner

_CREDENTIAL, _CHECK = (Base.metadata.tables[model.__tablename__] for model in (Credential, Check))


def claim(
    *,
    practitioner: Practitioner,
    kind: Kind,
    time_zone: str,
    jurisdiction_code: str | None = None,
    issuer: str | None = None,
    regulator: Regulator | None = None,
    training_body: TrainingBody | None = None,
    title: str | None = None,
    number: str | None = None,
    limits: str | None = None,
    hours_total: float | None = None,
    hours_in_person: float | None = None,
    completed_on: date | None = None,
    expires_on: date | None = None,
    claimed_on: date | None = None,
    supersedes: Credential | None = None,
) -> Credential:
    """A credential as its holder states it, flushed: attested, so an own statement until it is checked.

    `claimed_on` is today in `time_zone` unless it is given.
    """
    credential = Credential(
        practitioner=practitioner,
        kind=kind,
        issuer=issuer,
        regulator=regulator,
        training_body=training_body,
        title=title,
        number=number,
        jurisdiction_code=jurisdiction_code,
        time_zone=time_zone,
        limits=limits,
        hours_total=hours_total,
        hours_in_person=hours_in_person,
        completed_on=completed_on,
        expires_on=expires_on,
        claimed_on=claimed_on or clock.today(time_zone),
        supersedes_id=supersedes.id if supersedes else None,
    )
    db.session.add(credential)
    db.session.flush()
    return credential


def record_check(
    *,
    credential: Credential,
    status: Verification,
    performed_at: datetime,
    performed_by: str,
    who: str,
    source_type: str,
    method: str,
    found: str = "active",
    need: str | None = None,
    answered: str = "successful",
    address: str | None = None,
    by_document: bool = False,
    next_due_on: date | None = None,
    corrects: Check | None = None,
    findings: dict[str, Any] | None = None,
) -> Check:
    """What one look at a source showed, flushed, with one event.

    `found` is what was said of the holder (rules.HOLDER_STATUSES), `answered` how the source answered
    (successful, failed, unknown); `by_document` when a copy was seen and the issuer was not reached; `need` is "none"
    where nobody keeps a list; `corrects` is the check that was a mistake. What an issuer confirmed is due for another
    look on `next_due_on`, or else as the clocks say: some days later, and insurance on its end date. Raises ValueError
    for a look that was not taken yet, and for insurance that is confirmed without any such day.
    """
    if performed_at > clock.now():
        raise ValueError("a check cannot be recorded before it was made")
    performed_on = performed_at.astimezone(ZoneInfo(credential.time_zone)).date()
    if status is Verification.VALIDATED and not by_document and need != "none":
        next_due_on = next_due_on or _due_on(credential, performed_on)
    check = Check(
        status=status,
        need=need or ("periodic" if next_due_on else "initial"),
        validation_type="nothing" if by_document or need == "none" else "primary",
        validation_process="manual" if by_document else "primary",
        failure_action="warn",
        found=found,
        performed_at=performed_at,
        performed_on=performed_on,
        performed_by=performed_by,
        next_due_on=next_due_on,
        findings=findings or {},
        corrects_id=corrects.id if corrects else None,
    )
    check.sources.append(
        CheckSource(
            who=who,
            type=source_type,
            communication_method=method,
            validation_status=answered,
            validated_on=performed_on,
            address=address,
        )
    )
    credential.checks.append(check)
    db.session.flush()
    _remember(check)
    return check


def _remember(check: Check) -> None:
    credential = check.credential
    record(
        "credential:check",
        actor=check.performed_by,
        subject=f"practitioner:{credential.practitioner_id}",
        credential=credential.id,
        kind=credential.kind,
        status=str(check.status),
        found=check.found,
    )


def _due_on(credential: Credential, performed_on: date) -> date | None:
    """The last good day for the next look at what an issuer confirmed; None when once is enough."""
    if credential.kind == Kind.INSURANCE:
        if credential.expires_on is None:
            raise ValueError("insurance is confirmed until a day, and none is known")
        return credential.expires_on
    days = clocks()[credential.kind].days
    return performed_on + timedelta(days=days) if days else None


@dataclass(frozen=True)
class Restatement:
    """A credential of which its holder now says something else: `columns` are the new ones.

    `disputes` names those of them that a check confirmed otherwise, each with what stood there: the check no longer
    speaks for the credential, which is due to be checked anew. Without any, it stays an own statement of today.
    """

    credential_id: int
    practitioner_id: int
    time_zone: str
    columns: dict[str, Any]
    disputes: dict[str, Any] = field(default_factory=dict)
    is_checked: bool = False


def claim_many(*, claims: Sequence[dict[str, Any]]) -> None:
    """Credentials as their holders state them, from columns of Credential, some left out: attested, no check."""
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for claim in claims:
        by_kind[claim["kind"]].append(claim)
    for kind, rows in by_kind.items():
        insert_many(_CREDENTIAL, rows, kind=kind, version=1)
    changed(claim["practitioner_id"] for claim in claims)


def restate_many(*, restatements: Sequence[Restatement], actor: str) -> None:
    """Write what holders now say of credentials; what was confirmed of them and no longer agrees is due for a check.

    FHIR: an edited field of a validated resource puts its VerificationResult to req-revalid. The former value stays in
    the findings of that check.
    """
    update_many(_CREDENTIAL, [(one.credential_id, _restated(one)) for one in restatements])
    insert_many(_CHECK, [_revalidation(one, actor) for one in restatements if one.disputes])
    changed(one.practitioner_id for one in restatements)


def withdraw_many(*, credentials: Sequence[tuple[int, int, str]]) -> None:
    """These credentials (person's id, own id, zone) are no longer claimed, from today in their zone."""
    update_many(_CREDENTIAL, [(i, {"withdrawn_on": clock.today(zone)}) for _, i, zone in credentials])
    changed(i for i, _, _ in credentials)


def _restated(one: Restatement) -> dict[str, Any]:
    """What is not checked counts as claimed today."""
    return one.columns if one.is_checked else {**one.columns, "claimed_on": clock.today(one.time_zone)}


def _revalidation(one: Restatement, actor: str) -> dict[str, Any]:
    findings = {
        name: {"claimed": _plain(one.columns[name]), "found": _plain(before), "agrees": False}
        for name, before in one.disputes.items()
    }
    return {
        "credential_id": one.credential_id,
        "status": Verification.REQ_REVALID.value,
        "need": "periodic",
        "validation_type": "nothing",
        "validation_process": "edit-check",
        "failure_action": "warn",
        "found": "unknown",
        "performed_at": clock.now(),
        "performed_on": clock.today(one.time_zone),
        "performed_by": actor,
        "findings": findings,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
