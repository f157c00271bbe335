"""Recording a check: what is written, when the next look is due, what the trail and the record say, what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from directory.audit.models import Event
from directory.credentials import actions
from directory.credentials.models import Check
from directory.credentials.queries import facts_for
from directory.credentials.rules import Kind, Status, Verification
from directory.database import db, transaction
from directory.search import index
from tests import factories

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOW, tick=False):
        yield


def look(held, status=Verification.VALIDATED, **fields):
    defaults = {
        "performed_at": NOW - timedelta(days=9),
        "performed_by": "reviewer:1",
        "who": "Example College",
        "source_type": "lic-board",
        "method": "portal",
        "address": "https://register.example.org/",
    }
    return actions.record_check(credential=held, status=status, **defaults | fields)


def fact_of(held):
    """The link of the chain that a credential is, read afresh."""
    held_id, person_id = held.id, held.practitioner_id
    db.session.expire_all()
    return next(f for f in facts_for([person_id])[person_id] if f.credential and f.credential.id == held_id)


def test_a_check_is_written_whole_with_its_source_and_its_event():
    with transaction():
        held = factories.credential(factories.practitioner())
        made = look(held, findings={"number": {"claimed": "1", "found": "1", "agrees": True}})
    row = db.session.get(Check, made.id)
    assert (row.status, row.need, row.validation_type, row.found) == ("validated", "periodic", "primary", "active")
    assert (row.performed_on, row.next_due_on) == (date(2026, 11, 12), date(2027, 2, 10))
    assert row.findings == {"number": {"claimed": "1", "found": "1", "agrees": True}}
    (source,) = row.sources
    assert (source.who, source.type, source.communication_method) == ("Example College", "lic-board", "portal")
    assert (source.validation_status, source.validated_on) == ("successful", date(2026, 11, 12))
    (event,) = db.session.scalars(select(Event).where(Event.tag == "credential:check"))
    assert (event.actor, event.subject) == ("reviewer:1", f"practitioner:{held.practitioner_id}")
    assert event.data == {"credential": held.id, "kind": "licence", "status": "validated", "found": "active"}


@pytest.mark.parametrize(
    ("kind", "ends", "due"),
    [
        ("licence", None, date(2027, 2, 10)),
        ("permission", date(2026, 12, 1), date(2027, 2, 10)),
        ("training", None, None),
        ("certification", date(2028, 1, 1), None),
        ("insurance", date(2027, 6, 30), date(2027, 6, 30)),
    ],
)
def test_the_next_look_is_due_as_the_clock_of_its_kind_says(kind, ends, due):
    with transaction():
        made = look(factories.credential(factories.practitioner(), kind=kind, expires_on=ends))
    assert (made.next_due_on, made.need) == (due, "periodic" if due else "initial")


def test_whoever_looked_may_set_the_day_of_the_next_look():
    with transaction():
        made = look(factories.credential(factories.practitioner(), kind="training"), next_due_on=date(2027, 1, 1))
    assert (made.next_due_on, made.need) == (date(2027, 1, 1), "periodic")


@pytest.mark.parametrize(
    "fields", [{"by_document": True}, {"need": "none"}, {"status": Verification.VAL_FAIL, "found": "unknown"}]
)
def test_what_no_issuer_confirmed_is_not_due_by_itself(fields):
    with transaction():
        assert look(factories.credential(factories.practitioner()), **fields).next_due_on is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-20T03:29:00+00:00", date(2026, 11, 19)),
        ("2026-11-20T03:30:00+00:00", date(2026, 11, 20)),
    ],
)
def test_the_day_of_a_check_is_the_day_it_was_where_the_credential_counts(moment, day):
    with transaction():
        held = factories.credential(factories.practitioner(), time_zone="America/St_Johns")
        assert look(held, performed_at=datetime.fromisoformat(moment)).performed_on == day


def test_a_look_that_was_not_taken_yet_is_refused():
    with pytest.raises(ValueError, match="before it was made"), transaction():
        look(factories.credential(factories.practitioner()), performed_at=NOW + timedelta(seconds=1))
    assert db.session.scalars(select(Check)).all() == []


def test_insurance_is_not_confirmed_without_a_day_until_which():
    with pytest.raises(ValueError, match="none is known"), transaction():
        look(factories.credential(factories.practitioner(), kind="insurance"))
    with transaction():
        seen = look(factories.credential(factories.practitioner(), kind="insurance"), by_document=True)
    assert seen.next_due_on is None


STORIES = [
    ([{}], Status.CONFIRMED),
    ([{"by_document": True}], Status.DOCUMENT_SEEN),
    ([{"status": Verification.IN_PROCESS, "found": "unknown"}], Status.IN_REVIEW),
    ([{"status": Verification.VAL_FAIL, "found": "unknown"}], Status.COULD_NOT_CONFIRM),
    ([{"found": "conditions"}], Status.CONDITIONS),
    ([{}, {"status": Verification.REVAL_FAIL, "found": "suspended"}], Status.NOT_VALID),
    ([{"need": "none"}], Status.NOT_NEEDED),
    ([{}, {"status": Verification.ENTERED_IN_ERROR, "found": "unknown"}], Status.CORRECTED),
    ([{}, {"status": Verification.REQ_REVALID, "found": "unknown"}], Status.CHECK_DUE),
    ([{}, {"by_document": True}], Status.CONFIRMED),
]


@pytest.mark.parametrize(("steps", "status"), STORIES)
def test_the_record_and_the_index_follow_each_check(steps, status):
    with transaction():
        person = factories.practitioner()
        factories.location(person)
        held = factories.credential(person, claimed_on=date(2026, 10, 1))
    for step in steps:
        with transaction():
            look(held, **step)
    assert fact_of(held).standing.status is status
    assert index.differences() == []


def test_a_fact_shows_the_check_it_rests_on_and_not_a_later_one_that_says_less():
    with transaction():
        held = factories.credential(factories.practitioner(), claimed_on=date(2026, 10, 1))
        confirmed = look(held)
        look(held, by_document=True, who="A copy", performed_at=NOW - timedelta(days=2))
        look(held, Verification.IN_PROCESS, found="unknown", performed_at=NOW - timedelta(days=1))
    fact = fact_of(held)
    assert (fact.check.id, fact.source.who) == (confirmed.id, "Example College")
    assert fact.standing.checked_on == confirmed.performed_on


def test_a_mistake_names_what_it_takes_back_and_leaves_no_check_to_show():
    with transaction():
        held = factories.credential(factories.practitioner(), claimed_on=date(2026, 10, 1))
        wrong = look(held)
        look(held, Verification.ENTERED_IN_ERROR, found="unknown", corrects=wrong, performed_at=NOW)
        look(held, Verification.IN_PROCESS, found="unknown", performed_at=NOW)
    assert [check.corrects_id for check in db.session.scalars(select(Check).order_by(Check.id))] == [
        None,
        wrong.id,
        None,
    ]
    fact = fact_of(held)
    assert (fact.kind, fact.standing.status, fact.check, fact.source) == (Kind.LICENCE, Status.IN_REVIEW, None, None)


@pytest.mark.parametrize("status", Verification)
def test_every_check_has_a_sentence_in_the_trail(catalog, status):
    template = catalog.jinja_env.get_template("events/credential-check.html")
    event = Event(data={"credential": 1, "kind": "training", "status": status.value, "found": "unknown"})
    with catalog.app_context(), catalog.test_request_context("/"):
        english = template.render(event=event).strip()
    with catalog.app_context(), catalog.test_request_context(environ_overrides={"directory.language": "fr"}):
        french = template.render(event=event).strip()
    assert english.startswith("Needling training: ")
    assert english.endswith(".")
    assert status.value not in english
    assert "\u00a0: " in french
