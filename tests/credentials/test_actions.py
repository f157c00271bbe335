"""What is claimed, restated and withdrawn, one at a time and by the thousand."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from directory.credentials import actions
from directory.credentials.actions import Restatement
from directory.credentials.models import Check, Credential
from directory.credentials.queries import current_for, facts_for
from directory.credentials.rules import Kind, Status
from directory.database import db, transaction
from tests import factories

pytestmark = pytest.mark.usefixtures("catalog")
LATE = "2026-11-22T03:30:00Z"  # still the 21st in Toronto, the 22nd in UTC


@time_machine.travel(LATE, tick=False)
def test_a_claim_is_an_own_statement_of_the_day_it_is_where_it_counts():
    with transaction():
        person = factories.practitioner()
        actions.claim(
            practitioner=person, kind=Kind.LICENCE, time_zone="America/Toronto", jurisdiction_code="CA-ON", number="1"
        )
    (fact,) = [f for f in facts_for([person.id])[person.id] if f.kind is Kind.LICENCE]
    assert (fact.standing.status, fact.standing.since) == (Status.OWN_STATEMENT, date(2026, 11, 21))


def test_many_claims_of_several_kinds_go_in_together():
    with transaction():
        person = factories.practitioner()
        place = {"jurisdiction_code": "CA-ON", "time_zone": "America/Toronto", "claimed_on": factories.TODAY}
        actions.claim_many(
            claims=[
                {"practitioner_id": person.id, "kind": "licence", "number": "1", **place},
                {"practitioner_id": person.id, "kind": "licence", "number": "2", **place},
                {
                    "practitioner_id": person.id, "kind": "training", "title": "IMS", "hours_total": 60.0,
                    "time_zone": "America/Toronto", "claimed_on": factories.TODAY,
                },
            ]
        )  # fmt: skip
    held = current_for([person.id])[person.id]
    assert [(c.kind, c.number, c.title, c.hours_total, c.version) for c in held] == [
        ("licence", "2", None, None, 1),
        ("licence", "1", None, None, 1),
        ("training", None, "IMS", 60.0, 1),
    ]


@time_machine.travel(LATE, tick=False)
def test_a_restated_credential_that_was_checked_is_due_and_one_that_was_not_is_claimed_today():
    with transaction():
        person = factories.practitioner()
        checked = factories.credential(person, number="1", claimed_on=date(2026, 1, 1))
        factories.check(checked, performed_on=date(2026, 11, 1))
        plain = factories.credential(person, number="2", claimed_on=date(2026, 1, 1))
        actions.restate_many(
            restatements=[
                Restatement(
                    checked.id, person.id, "America/Toronto", {"number": "9"}, {"number": "1"}, is_checked=True
                ),
                Restatement(plain.id, person.id, "America/Toronto", {"expires_on": date(2027, 1, 1)}),
            ],
            actor="test",
        )
    db.session.expire_all()
    found = {c.number: (c.claimed_on, c.version) for c in db.session.scalars(select(Credential))}
    assert found == {"9": (date(2026, 1, 1), 2), "2": (date(2026, 11, 21), 2)}
    latest = db.session.scalars(select(Check).order_by(Check.id.desc())).first()
    assert latest is not None
    assert (latest.status, latest.performed_on, latest.performed_by) == ("req-revalid", date(2026, 11, 21), "test")
    assert latest.findings == {"number": {"claimed": "9", "found": "1", "agrees": False}}
    statuses = {f.credential.number: f.standing.status for f in facts_for([person.id])[person.id] if f.credential}
    assert statuses == {"9": Status.CHECK_DUE, "2": Status.OWN_STATEMENT}


def test_a_withdrawn_credential_is_no_longer_current():
    with transaction():
        person = factories.practitioner()
        held = factories.credential(person)
        actions.withdraw_many(credentials=[(person.id, held.id, "America/Toronto")])
    assert current_for([person.id]) == {}
