"""Cases of supervision: registered, changed, late ones marked, and who is reminded."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from municipalities.models import Supervision
from municipalities.quality.cases import operations, presenters, queries
from municipalities.refused import Refused
from tests.factories import quality

AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
TODAY = date(2025, 11, 10)
BREACH = {"outcome": "breach", "closed_date": date(2025, 6, 1)}
FACTS = {
    "authority": "Statsforvaltaren i Vestland",
    "reference": "2025/77",
    "subject": "Bemanning",
    "opened_date": date(2025, 4, 1),
}


def address(name, *more):
    return reverse(name, args=["nordhordland", *more])


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "not concluded"),
        ({**BREACH, "deadline_date": date(2025, 11, 9)}, "late: the breach is not put right"),
        ({**BREACH, "deadline_date": date(2025, 11, 10)}, "breach, to be put right"),
        ({**BREACH, "corrected_date": date(2025, 8, 1)}, "breach, put right 1 August 2025"),
        ({"outcome": "advice", "closed_date": date(2025, 6, 1)}, "advice or remark"),
    ],
)
def test_the_state_of_a_case(cooperation, fields, state):
    case = quality.supervision(cooperation=cooperation, **fields)

    assert presenters.state_of(case, today=TODAY)[0] == state


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"deadline_date": date(2025, 12, 1)}, "deadline_without_breach"),
        ({**BREACH, "deadline_date": date(2025, 3, 1)}, "deadline_before_opened"),
    ],
)
def test_a_deadline_that_cannot_be_is_refused(cooperation, leader, facts, code):
    with pytest.raises(Refused) as refused:
        operations.register(cooperation=cooperation, by=leader, at=AT, **FACTS | facts)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"reference": "2025/1234"}, "supervision_is_registered_once"),
        ({**BREACH, "closed_date": date(2025, 3, 1)}, "supervision_ends_after_start"),
        ({"outcome": "breach"}, "supervision_concluded_has_its_day"),
        ({"corrected_date": date(2025, 6, 1)}, "only_a_breach_is_put_right"),
    ],
)
def test_the_database_refuses(cooperation, fields, rule):
    quality.supervision(cooperation=cooperation)
    row = Supervision(cooperation=cooperation, registered_at=AT, **FACTS | fields)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Supervision.objects.bulk_create([row])


def sent(**fields):
    days = {name: value.isoformat() for name, value in fields.items() if isinstance(value, date)}
    return {**FACTS, "opened_date": "2025-04-01", "outcome": "open", **fields, **days}


def test_a_case_is_registered_and_changed(clock, cooperation, leader, as_person):
    browser = as_person(leader)
    browser.post(address("supervision_new"), sent())
    case = Supervision.objects.get()

    browser.post(address("supervision_change", case.pk), sent(**BREACH, reason="Rapporten kom"))

    assert Supervision.objects.get().outcome == "breach"
    assert case.events.last().pgh_context.metadata["reason"] == "Rapporten kom"
    assert (
        "Breach, to be put right" in browser.get(address("supervision", case.pk)).content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reference": "2025/1234"}, "registered already"),
        ({"outcome": "breach"}, "has a day and an outcome"),
        ({**BREACH, "closed_date": date(2025, 3, 1)}, "concluded before it was opened"),
        ({"corrected_date": date(2025, 6, 1)}, "Only a breach is put right"),
        ({"deadline_date": date(2025, 12, 1)}, "Only a breach of the law has a deadline"),
        ({"opened_date": date(2025, 11, 11)}, "still to come"),
    ],
)
def test_a_case_that_cannot_be_is_told(clock, cooperation, leader, as_person, fields, words):
    quality.supervision(cooperation=cooperation)

    answer = as_person(leader).post(address("supervision_new"), sent(**fields))

    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_what_is_to_be_put_right_within_thirty_days_waits_for_the_leader(
    cooperation, leader, partner_director, django_assert_num_queries
):
    for number, day in enumerate((date(2025, 12, 10), date(2025, 12, 11), date(2025, 10, 1))):
        quality.supervision(
            cooperation=cooperation, reference=str(number), deadline_date=day, **BREACH
        )
    asked = {"cooperation": cooperation, "today": TODAY}

    with django_assert_num_queries(2):
        found = queries.waiting_for(user=leader, **asked)

    assert [each.due_date for each in found] == [date(2025, 10, 1), date(2025, 12, 10)]
    assert queries.waiting_for(user=partner_director, **asked) == []
    summary = queries.summary_of(user=leader, **asked)
    assert (summary.open, summary.late) == (3, 1)


def test_the_list_marks_the_late_and_is_a_file_too(
    clock, cooperation, auditor, as_person, django_assert_max_num_queries
):
    quality.supervision(cooperation=cooperation, deadline_date=date(2025, 10, 1), **BREACH)
    browser = as_person(auditor)

    with django_assert_max_num_queries(8):
        page = browser.get(address("supervisions")).content.decode()

    assert "Late: the breach is not put right" in page
    file = browser.get(address("supervisions"), {"format": "csv"}).content.decode()
    assert "2025/1234" in file


def test_an_empty_list_says_what_to_do(cooperation, auditor, as_person):
    assert (
        "No case is registered" in as_person(auditor).get(address("supervisions")).content.decode()
    )
