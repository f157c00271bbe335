"""Reads of credentials, and the step from rows to the plain values that rules judge."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from directory import clock
from directory.credentials import rules
from directory.credentials.models import Check, CheckSource, Credential
from directory.database import db


@dataclass(frozen=True)
class Fact:
    """One link of the chain: a kind, where it stands today, what was claimed, and the check it rests on."""

    kind: rules.Kind
    standing: rules.Standing
    credential: Credential | None = None
    check: Check | None = None

    @property
    def source(self) -> CheckSource | None:
        """Where the check looked; the source that answered, when there are several."""
        sources = self.check.sources if self.check else []
        return min(sources, key=lambda s: (s.validation_status != "successful", s.id), default=None)

    def issuer(self, language: str) -> str | None:
        """Who issued it, as printed: on the credential, by the register of regulators, or by the school."""
        held = self.credential
        if held is None:
            return None
        regulator = held.regulator and ((language == "fr" and held.regulator.name_fr) or held.regulator.name_en)
        return held.issuer or regulator or (held.training_body.name if held.training_body else None)


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
            joinedload(Credential.jurisdiction),
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


def facts_for(practitioner_ids: Iterable[int]) -> dict[int, list[Fact]]:
    """The chain of each practitioner: every kind in order, with every credential of it, or none claimed.

    Each stands as it does on the date it is now in its own zone. Three statements, however many people.
    """
    ids = list(practitioner_ids)
    by_person = current_for(ids)
    return {i: _chain(by_person.get(i, [])) for i in ids}


def _chain(credentials: list[Credential]) -> list[Fact]:
    facts = []
    for kind in rules.Kind:
        held = [_fact(c) for c in credentials if c.kind == kind]
        facts += held or [Fact(kind, rules.NOTHING)]
    return facts


def _fact(credential: Credential) -> Fact:
    today, checks = clock.today(credential.time_zone), checks_of(credential)
    standing = rules.standing(claim_of(credential), checks, today)
    basis = rules.basis_of([check for check in checks if check.performed_on <= today]) if standing.checked_on else None
    rows = (row for row, check in zip(credential.checks, checks, strict=True) if check is basis)
    return Fact(rules.Kind(credential.kind), standing, credential, next(rows, None))


def headline_of(facts: Iterable[Fact], kind: rules.Kind, region: str | None) -> Fact:
    """The one fact that stands for a kind at a place (ISO 3166-2); for any place when it is None."""
    at_place = [
        fact
        for fact in facts
        if fact.kind == kind and (region is None or fact.credential is None or counts_at(fact.credential, region))
    ]
    best = rules.headline(fact.standing for fact in at_place)
    return next((fact for fact in at_place if fact.standing is best), Fact(kind, rules.NOTHING))


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
            source=source_of(check.need, check.validation_type),
            found=check.found,
            next_due_on=check.next_due_on,
        )
        for check in credential.checks
    ]


def source_of(need: str, validation_type: str) -> rules.Source:
    """What a check rests on, from its FHIR need and validation type."""
    if need == "none":
        return rules.Source.NOT_KEPT
    return rules.Source.DOCUMENT if validation_type == "nothing" else rules.Source.ISSUER
