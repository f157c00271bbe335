"""Where a fact stands: each of the twelve words, and each rule of rules.py, by example."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from directory.credentials.rules import (
    FOREVER,
    HOLDER_STATUSES,
    LADDER,
    NOTHING,
    Check,
    Claim,
    Source,
    Standing,
    Status,
    Verification,
    as_json,
    basis_of,
    headline,
    horizon,
    speaking,
    standing,
)

TODAY = date(2026, 11, 21)
CLAIM = Claim(date(2026, 1, 1))
ENDED = replace(CLAIM, expires_on=TODAY - timedelta(1))


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def check(days_ago: int, status: str = "validated", **fields) -> Check:
    fields.setdefault("found", "active" if status == "validated" else "unknown")
    return Check(Verification(status), ago(days_ago), **fields)


def confirmed(days_ago: int, good_for: int = 90, **fields) -> Check:
    return check(days_ago, next_due_on=ago(days_ago - good_for), **fields)


def seen(days_ago: int, **fields) -> Check:
    return check(days_ago, source=Source.DOCUMENT, **fields)


def suspended(days_ago: int) -> Check:
    return check(days_ago, "reval-fail", found="suspended")


def lapsed(days_ago: int) -> Check:
    return check(days_ago, "reval-fail", found="expired")


def silence(days_ago: int) -> Check:
    return check(days_ago, "reval-fail")


def look(days_ago: int) -> Check:
    return check(days_ago, "in-process")


def edit(days_ago: int) -> Check:
    return check(days_ago, "req-revalid")


def said(days_ago: int) -> Check:
    return check(days_ago, "attested")


def mistake(days_ago: int) -> Check:
    return check(days_ago, "entered-in-error")


S = Status
WORDS = {
    "nothing is claimed": (None, [], S.NONE_CLAIMED, None),
    "claimed later than today": (Claim(ago(-1)), [], S.NONE_CLAIMED, None),
    "claimed only": (CLAIM, [], S.OWN_STATEMENT, date(2026, 1, 1)),
    "sent to us": (CLAIM, [look(3)], S.IN_REVIEW, ago(3)),
    "sent to us, and asked for more": (CLAIM, [said(9), look(8), look(3)], S.IN_REVIEW, ago(8)),
    "pending, says the issuer": (CLAIM, [check(3, "val-fail", found="pending")], S.IN_REVIEW, ago(3)),
    "the issuer said so": (CLAIM, [confirmed(9)], S.CONFIRMED, ago(9)),
    "the issuer said so once and for all": (CLAIM, [check(300)], S.CONFIRMED, ago(300)),
    "the issuer said so, and no more": (CLAIM, [check(9, found="unknown")], S.CONFIRMED, ago(9)),
    "a copy was seen": (CLAIM, [seen(9)], S.DOCUMENT_SEEN, ago(9)),
    "active with limits": (CLAIM, [check(5, found="conditions")], S.CONDITIONS, ago(5)),
    "provisional": (CLAIM, [check(5, found="provisional")], S.CONDITIONS, ago(5)),
    "limits read on a copy": (CLAIM, [seen(5, found="conditions")], S.CONDITIONS, ago(5)),
    "nobody answered": (CLAIM, [check(5, "val-fail")], S.COULD_NOT_CONFIRM, ago(5)),
    "active, but somebody else": (CLAIM, [check(5, "val-fail", found="active")], S.COULD_NOT_CONFIRM, ago(5)),
    "no list is kept": (CLAIM, [check(5, source=Source.NOT_KEPT)], S.NOT_NEEDED, ago(5)),
    "suspended": (CLAIM, [confirmed(50), suspended(5)], S.NOT_VALID, ago(5)),
    "revoked when first looked at": (CLAIM, [check(5, "val-fail", found="revoked")], S.NOT_VALID, ago(5)),
    "a yes that says revoked": (CLAIM, [check(5, found="revoked")], S.NOT_VALID, ago(5)),
    "the register says ended": (CLAIM, [lapsed(5)], S.EXPIRED, ago(5)),
    "we were wrong": (CLAIM, [confirmed(30), mistake(2)], S.CORRECTED, ago(2)),
}
DATES = {
    "on the last day for its check": (CLAIM, [confirmed(90)], S.CONFIRMED, ago(90)),
    "the day after": (CLAIM, [confirmed(91)], S.CHECK_DUE, TODAY),
    "long after": (CLAIM, [confirmed(100)], S.CHECK_DUE, ago(9)),
    "limits, and late": (CLAIM, [confirmed(100, found="conditions")], S.CHECK_DUE, ago(9)),
    "a copy that was to be seen again": (CLAIM, [seen(100, next_due_on=ago(9))], S.DOCUMENT_SEEN, ago(100)),
    "a silence that was to be asked again": (
        CLAIM,
        [check(100, "val-fail", next_due_on=ago(9))],
        S.COULD_NOT_CONFIRM,
        ago(100),
    ),
    "on its own last day": (replace(CLAIM, expires_on=TODAY), [confirmed(9)], S.CONFIRMED, ago(9)),
    "ended yesterday": (ENDED, [confirmed(9)], S.EXPIRED, ago(1)),
    "ended after its check was late": (ENDED, [confirmed(100)], S.EXPIRED, ago(1)),
    "ended before its check was late": (replace(CLAIM, expires_on=ago(30)), [confirmed(100)], S.EXPIRED, ago(30)),
    "ended as claimed": (ENDED, [], S.EXPIRED, ago(1)),
    "a copy, and ended": (ENDED, [seen(9)], S.EXPIRED, ago(1)),
    "being checked, and ended": (ENDED, [look(9)], S.EXPIRED, ago(1)),
    "corrected, and ended": (ENDED, [confirmed(30), mistake(9)], S.EXPIRED, ago(1)),
    "no list kept, and ended": (ENDED, [check(9, source=Source.NOT_KEPT)], S.EXPIRED, ago(1)),
    "suspended, and ended": (ENDED, [suspended(5)], S.NOT_VALID, ago(5)),
    "ended, and then suspended": (replace(CLAIM, expires_on=ago(9)), [suspended(5)], S.NOT_VALID, ago(5)),
    "confirmed after its claimed end": (replace(CLAIM, expires_on=ago(9)), [confirmed(5)], S.EXPIRED, ago(9)),
    "lapsed before its claimed end": (replace(CLAIM, expires_on=ago(2)), [lapsed(5)], S.EXPIRED, ago(5)),
    "lapsed, found after its claimed end": (replace(CLAIM, expires_on=ago(9)), [lapsed(5)], S.EXPIRED, ago(9)),
    "ended before it was claimed": (replace(CLAIM, expires_on=date(2025, 6, 30)), [], S.EXPIRED, date(2025, 6, 30)),
    "a check of tomorrow": (CLAIM, [confirmed(-1)], S.OWN_STATEMENT, date(2026, 1, 1)),
}
WEIGHTS = {
    "nobody answered the second time": (CLAIM, [confirmed(95), silence(5)], S.COULD_NOT_CONFIRM, ago(5)),
    "a silence after a copy": (CLAIM, [seen(9), silence(5)], S.COULD_NOT_CONFIRM, ago(5)),
    "a copy after a silence": (CLAIM, [silence(9), seen(5)], S.DOCUMENT_SEEN, ago(5)),
    "the issuer after a copy": (CLAIM, [seen(9), confirmed(5)], S.CONFIRMED, ago(5)),
    "a copy after the issuer": (CLAIM, [confirmed(9), seen(5)], S.CONFIRMED, ago(9)),
    "a copy after the issuer's word went late": (CLAIM, [confirmed(100), seen(5)], S.CHECK_DUE, ago(9)),
    "a copy does not undo that nobody answered again": (
        CLAIM,
        [confirmed(50), silence(9), seen(5)],
        S.DOCUMENT_SEEN,
        ago(5),
    ),
    "a copy of what the issuer suspended": (CLAIM, [suspended(9), seen(5)], S.NOT_VALID, ago(9)),
    "a copy of what the issuer calls ended": (CLAIM, [lapsed(9), seen(5)], S.EXPIRED, ago(9)),
    "a silence after suspended": (CLAIM, [suspended(9), silence(5)], S.NOT_VALID, ago(9)),
    "no list kept any more after suspended": (
        CLAIM,
        [suspended(9), check(5, source=Source.NOT_KEPT)],
        S.NOT_VALID,
        ago(9),
    ),
    "reinstated": (CLAIM, [suspended(50), confirmed(5)], S.CONFIRMED, ago(5)),
    "revoked, on a copy": (CLAIM, [confirmed(9), seen(5, found="revoked")], S.NOT_VALID, ago(5)),
    "a copy that had ended, then its renewal": (CLAIM, [seen(9, found="expired"), seen(5)], S.DOCUMENT_SEEN, ago(5)),
    "no list kept, then a copy": (CLAIM, [check(9, source=Source.NOT_KEPT), seen(5)], S.DOCUMENT_SEEN, ago(5)),
    "limits lifted": (CLAIM, [check(50, found="conditions"), confirmed(5)], S.CONFIRMED, ago(5)),
}
NO_FINDING = {
    "looked at again while good": (CLAIM, [confirmed(9), look(1)], S.CONFIRMED, ago(9)),
    "looked at again when late": (CLAIM, [confirmed(99), look(1)], S.CHECK_DUE, ago(8)),
    "looked at again after a silence": (CLAIM, [silence(9), look(1)], S.COULD_NOT_CONFIRM, ago(9)),
    "looked at again after suspended": (CLAIM, [suspended(9), look(1)], S.NOT_VALID, ago(9)),
    "said again while good": (CLAIM, [confirmed(9), said(1)], S.CONFIRMED, ago(9)),
    "said again after suspended": (CLAIM, [suspended(9), said(1)], S.NOT_VALID, ago(9)),
    "said, then looked at": (CLAIM, [said(9), look(1)], S.IN_REVIEW, ago(1)),
    "edited while good": (CLAIM, [confirmed(9), edit(0)], S.CHECK_DUE, TODAY),
    "edited twice": (CLAIM, [confirmed(9), edit(4), edit(2)], S.CHECK_DUE, ago(4)),
    "edited when late": (CLAIM, [confirmed(99), edit(2)], S.CHECK_DUE, ago(8)),
    "edited, then looked at": (CLAIM, [confirmed(9), edit(4), look(1)], S.CHECK_DUE, ago(4)),
    "edited, then a copy": (CLAIM, [confirmed(9), edit(4), seen(1)], S.CHECK_DUE, ago(4)),
    "edited, then confirmed": (CLAIM, [confirmed(9), edit(4), confirmed(1)], S.CONFIRMED, ago(1)),
    "edited with limits": (CLAIM, [confirmed(9, found="conditions"), edit(4)], S.CHECK_DUE, ago(4)),
    "edited after a copy": (CLAIM, [seen(9), edit(4)], S.OWN_STATEMENT, ago(4)),
    "edited, then a new copy": (CLAIM, [seen(9), edit(4), seen(1)], S.DOCUMENT_SEEN, ago(1)),
    "edited after suspended": (CLAIM, [suspended(9), edit(4)], S.NOT_VALID, ago(9)),
    "edited after a silence": (CLAIM, [silence(9), edit(4)], S.COULD_NOT_CONFIRM, ago(9)),
    "edited where no list is kept": (CLAIM, [check(9, source=Source.NOT_KEPT), edit(4)], S.NOT_NEEDED, ago(9)),
    "edited before anything was found": (CLAIM, [edit(4)], S.OWN_STATEMENT, date(2026, 1, 1)),
    "edited, and ended": (ENDED, [confirmed(9), edit(4)], S.EXPIRED, ago(1)),
    "wrong, then looked at anew": (CLAIM, [confirmed(30), mistake(5), look(2)], S.IN_REVIEW, ago(2)),
    "wrong, then said again": (CLAIM, [confirmed(30), mistake(5), said(2)], S.CORRECTED, ago(5)),
    "wrong, then edited": (CLAIM, [confirmed(30), mistake(5), edit(2)], S.CORRECTED, ago(5)),
    "wrong, then found": (CLAIM, [confirmed(30), mistake(5), confirmed(1)], S.CONFIRMED, ago(1)),
    "wrong, then a copy": (CLAIM, [confirmed(30), mistake(5), seen(1)], S.DOCUMENT_SEEN, ago(1)),
    "wrongly suspended": (CLAIM, [confirmed(30), suspended(9), mistake(5)], S.CORRECTED, ago(5)),
    "wrong twice": (CLAIM, [confirmed(30), mistake(9), confirmed(7), mistake(5)], S.CORRECTED, ago(5)),
}  # fmt: skip
EXAMPLES = WORDS | DATES | WEIGHTS | NO_FINDING


@pytest.mark.parametrize("name", EXAMPLES)
def test_standing_of(name):
    claim, checks, status, since = EXAMPLES[name]
    found = standing(claim, checks, TODAY)
    assert (found.status, found.since) == (status, since)
    assert standing(claim, speaking(checks), TODAY) == found or any(c.performed_on > TODAY for c in checks)


def test_the_words_are_twelve_and_each_has_an_example():
    assert len(Status) == 12
    assert {status for _, _, status, _ in WORDS.values()} | {S.CHECK_DUE} == set(Status)


@pytest.mark.parametrize("found", HOLDER_STATUSES)
@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("status", Verification)
def test_green_is_an_issuer_s_yes_and_nothing_else(status, source, found):
    shown = standing(CLAIM, [Check(status, ago(1), source, found)], TODAY).status
    is_yes = (status, source) == (Verification.VALIDATED, Source.ISSUER) and found in {"active", "unknown"}
    assert (shown is Status.CONFIRMED) == is_yes


def test_a_confirmed_fact_says_when_it_was_checked_and_when_it_will_be():
    found = standing(Claim(date(2026, 1, 1), date(2027, 1, 31)), [confirmed(9)], TODAY)
    assert as_json(found) == {
        "status": "confirmed", "checked_on": "2026-11-12", "next_check_by": "2027-02-10", "ends_on": "2027-01-31",
    }  # fmt: skip
    assert found.until == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("checks", "shown"),
    [
        ([], {"status": "own_statement"}),
        ([confirmed(100)], {"status": "check_due", "checked_on": "2026-08-13", "next_check_by": "2026-11-11"}),
        ([confirmed(9), edit(2)], {"status": "check_due", "checked_on": "2026-11-12"}),
        ([seen(9), edit(2)], {"status": "own_statement"}),
        ([seen(9, next_due_on=TODAY)], {"status": "document_seen", "checked_on": "2026-11-12"}),
        ([confirmed(9), look(2)], {"status": "confirmed", "checked_on": "2026-11-12", "next_check_by": "2027-02-10"}),
        ([look(2)], {"status": "in_review"}),
        ([confirmed(9), mistake(2)], {"status": "corrected"}),
        ([suspended(2)], {"status": "not_valid", "checked_on": "2026-11-19"}),
    ],
)
def test_dates_are_those_of_the_finding_it_rests_on_and_of_no_other(checks, shown):
    assert as_json(standing(CLAIM, checks, TODAY)) == shown
    basis = basis_of(checks)
    assert "checked_on" not in shown or (basis is not None and basis.performed_on.isoformat() == shown["checked_on"])


def test_an_ended_fact_has_no_next_check():
    assert as_json(standing(ENDED, [confirmed(9)], TODAY)) == {
        "status": "expired", "checked_on": "2026-11-12", "ends_on": "2026-11-20",
    }  # fmt: skip


@pytest.mark.parametrize("day", [FOREVER, date.max])
def test_a_date_that_means_never_is_never(day):
    """9999-12-31 is what real files write for "does not end"."""
    claim, checks = Claim(date(2026, 1, 1), day), [check(9, next_due_on=day)]
    for today in (TODAY, date(9999, 12, 29)):
        assert standing(claim, checks, today).status is Status.CONFIRMED
    ends = horizon(claim, checks, "Etc/GMT+12")
    assert ends == dict.fromkeys(LADDER, horizon(CLAIM, [check(9)], "Etc/GMT+12")[Status.CONFIRMED])


@pytest.mark.parametrize(
    ("several", "shown"),
    [
        ([], S.NONE_CLAIMED),
        ([S.OWN_STATEMENT, S.CONFIRMED], S.CONFIRMED),
        ([S.CONFIRMED, S.NOT_VALID], S.NOT_VALID),
        ([S.DOCUMENT_SEEN, S.CHECK_DUE], S.DOCUMENT_SEEN),
        ([S.EXPIRED, S.IN_REVIEW], S.IN_REVIEW),
        ([S.NONE_CLAIMED, S.EXPIRED], S.EXPIRED),
    ],
)
def test_several_credentials_of_a_kind_show_bad_news_first_then_the_best(several, shown):
    assert headline(Standing(status) for status in several).status is shown


def test_one_of_several_is_shown_whole():
    late, good = standing(CLAIM, [confirmed(99)], TODAY), standing(CLAIM, [confirmed(9)], TODAY)
    assert headline([late, good, NOTHING]) is good
