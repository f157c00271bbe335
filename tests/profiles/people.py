"""People for the tests of the record's pages; each is made inside `with transaction():`."""

from datetime import date

from sqlalchemy import select

from directory.catalog.models import Question
from directory.credentials.rules import Status
from directory.database import db
from directory.practitioners.models import Answer, Practitioner
from tests import factories

PAST, LATER = date(2026, 6, 1), date(2027, 6, 1)
STATUSES = {  # how a training comes to stand at each status on 21 November 2026
    Status.CONFIRMED: {},
    Status.DOCUMENT_SEEN: {"validation_type": "nothing", "next_due_on": None},
    Status.IN_REVIEW: {"status": "in-process"},
    Status.CHECK_DUE: {"performed_on": PAST, "next_due_on": date(2026, 10, 31)},
    Status.COULD_NOT_CONFIRM: {"status": "val-fail", "found": "unknown"},
    Status.EXPIRED: {"found": "expired"},
    Status.CONDITIONS: {"found": "conditions"},
    Status.NOT_VALID: {"found": "suspended"},
    Status.NOT_NEEDED: {"need": "none"},
    Status.CORRECTED: {"status": "entered-in-error"},
}


def with_fact(kind: str, status: Status, person: Practitioner | None = None, **fields) -> Practitioner:
    """A listed person whose one fact of a kind stands at a status today."""
    person = person or factories.practitioner()
    if status is Status.NONE_CLAIMED:
        return person
    held = factories.credential(person, kind=kind, claimed_on=PAST, **fields)
    if status is not Status.OWN_STATEMENT:
        made = factories.check(held, **STATUSES[status])
        if made.validation_type == "primary":
            factories.source(made)
    return person


def answer(person: Practitioner, slug: str, text: str, **fields) -> Answer:
    """The person's own words to a question."""
    question = db.session.scalars(select(Question).where(Question.slug == slug)).one()
    defaults = {"language": "en", "answered_on": date(2026, 3, 3)}
    row = Answer(practitioner_id=person.id, question=question, text=text, **defaults | fields)
    db.session.add(row)
    db.session.flush()
    return row


def maren() -> Practitioner:
    """A full record: three facts confirmed, one document seen, none certified, two practices, own words."""
    person = factories.practitioner(
        given_name="Maren", family_name="Kowalczyk", former_name="Maren Baird", conditions=("neck-pain",),
        languages=["en", "fr"],
    )  # fmt: skip
    factories.location(
        person,
        name="Riverbend Physiotherapy",
        street="212 Gordon Street",
        phone="519 555 0142",
        email="canary@example.org",
        booking_url="https://riverbend.example/book",
        currency="CAD",
        first_visit_price=12500,
        first_visit_minutes=45,
        later_visit_price=9000,
        hours={"sat": [["08:00", "12:00"]]},
        access=["step-free"],
        details_updated_on=date(2026, 11, 2),
    )
    factories.location(person, name="Fergus Health", street=None, locality="Fergus", precision="town", postal_code=None)
    with_fact("licence", Status.CONFIRMED, person, number="S10482", expires_on=LATER)
    with_fact("permission", Status.CONFIRMED, person)
    with_fact("training", Status.CONFIRMED, person, title="Gunn IMS course", hours_total=102, completed_on=PAST)
    with_fact("insurance", Status.DOCUMENT_SEEN, person, issuer="Maple Mutual", number=None, expires_on=LATER)
    answer(person, "ct-plan", "Usually three.")
    return person


def unlisted() -> Practitioner:
    """An imported record with details that must not show."""
    person = factories.practitioner(given_name="Una", family_name="Listed", visibility="unlisted", origin="import")
    factories.location(
        person,
        name="Canary Clinic",
        street="9 Canary Street",
        postal_code="N1G 9Z9",
        phone="519 555 9999",
        email="canary@example.org",
        website="https://canary.example/",
    )
    factories.credential(person, number="CANARY-1", issuer="Canary College")
    answer(person, "ct-plan", "Canary words.")
    return person
