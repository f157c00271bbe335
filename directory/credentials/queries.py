"""Reads of credentials, and the step from rows to the plain values that rules judge."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from directory.credentials import rules
from directory.credentials.models import Check, Credential
from directory.database import db


def current_for(practitioner_ids: Iterable[int]) -> dict[int, list[Credential]]:
    """The credentials in force of each practitioner, by kind's order then newest first, checks and sources loaded.

    Withdrawn and superseded ones are left out. Three statements, however many people.
    """
    superseded = select(Credential.supersedes_id).where(Credential.supersedes_id.is_not(None))
    rows = db.session.scalars(
        select(Credential)
        .where(
            Credential.practitioner_id.in_(list(practitioner_ids)),
            Credential.withdrawn_on.is_(None),
            Credential.id.not_in(superseded),
        )
        .options(
            selectinload(Credential.checks).selectinload(Check.sources),
            joinedload(Credential.regulator),
            joinedload(Credential.training_body),
        )
        .order_by(Credential.practitioner_id, Credential.id.desc())
    ).all()
    order = list(rules.Kind)
    by_person: dict[int, list[Credential]] = defaultdict(list)
    for row in sorted(rows, key=lambda c: order.index(rules.Kind(c.kind))):
        by_person[row.practitioner_id].append(row)
    return by_person


def counts_at(credential: Credential, region: str) -> bool:
    """Whether a credential says anything about practice in a jurisdiction (ISO 3166-2)."""
    return credential.kind not in rules.BY_PLACE or credential.jurisdiction_code == region


def claim_of(credential: Credential) -> rules.Claim:
    return rules.Claim(credential.claimed_on, credential.expires_on)


def checks_of(credential: Credential) -> list[rules.Check]:
    """The checks of a credential as values, oldest first."""
    return [
        rules.Check(
            status=rules.Verification(check.status),
            performed_on=check.performed_on,
            source=_source(check),
            found=check.found,
            next_due_on=check.next_due_on,
        )
        for check in credential.checks
    ]


def _source(check: Check) -> rules.Source:
    if check.need == "none":
        return rules.Source.NOT_KEPT
    return rules.Source.DOCUMENT if check.validation_type == "nothing" else rules.Source.ISSUER
