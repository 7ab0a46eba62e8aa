"""Evidence finds the right due, once."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from municipalities.models import EvidenceEvent
from municipalities.obligations import operations, queries
from municipalities.obligations.models import Due, Evidence
from municipalities.obligations.rules import Status
from municipalities.operations import expect, hand_in
from reporting.annual_report import operations as reports
from tests.factories import reporting
from tests.factories.documents import kept
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.obligations import due, established, obligation

NOON = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
TODAY = date(2025, 11, 10)
DAYS = ["03-31", "06-15", "10-31"]


def handed_in(cooperation, *, key="meeting:1", on=TODAY, code="own-drill", **told):
    return hand_in(
        cooperation=cooperation, code=code, key=key, title="Minutes", on=on, at=NOON, **told
    )


def statuses(cooperation, *, year=2025):
    dues = queries.dues_of_year(cooperation=cooperation, year=year, today=TODAY)
    return [each.status.value for each in dues]


def test_each_piece_goes_to_the_earliest_that_is_not_kept(cooperation):
    obligation(cooperation=cooperation, due_days=DAYS)
    days = [date(2025, 3, 1), date(2025, 7, 1)]
    for number, day in enumerate(days):
        handed_in(cooperation, key=f"meeting:{number}", on=day)
    assert statuses(cooperation) == ["kept", "kept_late", "late"]


def test_one_too_many_stands_beside_the_last(cooperation):
    found = due(cooperation=cooperation)
    for number in (1, 2):
        handed_in(cooperation, key=f"meeting:{number}")
    assert found.evidence.count() == 2


def test_the_same_key_again_gives_what_is_there(cooperation):
    obligation(cooperation=cooperation, due_days=DAYS)
    first = handed_in(cooperation, document=kept(cooperation=cooperation))
    assert handed_in(cooperation) == first
    assert statuses(cooperation) == ["kept_late", "late", "late"]
    assert EvidenceEvent.objects.count() == 1


def test_what_is_waived_is_passed_over(cooperation):
    found = obligation(cooperation=cooperation, due_days=DAYS)
    operations.waive(due=found.dues.get(due_date=date(2025, 3, 31)), reason="Storm.")
    handed_in(cooperation)
    assert statuses(cooperation) == ["waived", "kept_late", "late"]


def test_it_counts_in_its_own_year_and_with_its_own_municipality(cooperation, partner):
    austrheim = MunicipalityFactory(number="4632", name="Austrheim")
    cooperation.participants.create(municipality=austrheim, joined_date=date(2022, 1, 1))
    found = obligation(cooperation=cooperation, scope="each_partner")
    handed_in(cooperation, municipality=partner, on=date(2025, 2, 1))
    assert found.dues.get(evidence__isnull=False).municipality == partner
    handed_in(cooperation, municipality=austrheim, on=date(2025, 2, 1))
    assert statuses(cooperation) == ["kept", "kept"], "one key, one for each municipality"
    with pytest.raises(operations.MunicipalityIsMissing):
        handed_in(cooperation, key="meeting:2")


def test_a_year_that_is_not_planned_is_planned_then(cooperation):
    obligation(cooperation=cooperation, year=2024)
    assert handed_in(cooperation).due.due_date == date(2025, 11, 30)


@pytest.mark.parametrize(
    "told",
    [
        {"code": "no-such"},
        {"on": date(2024, 12, 31)},
        {"code": "own-ended"},
        {"code": "own-late-in-the-year"},
    ],
)
def test_without_an_obligation_in_force_there_is_nothing_to_show(told, cooperation):
    obligation(cooperation=cooperation)
    obligation(cooperation=cooperation, code="own-ended", ends_date=TODAY)
    obligation(
        cooperation=cooperation,
        code="own-late-in-the-year",
        due_days=["03-31"],
        starts_date=date(2025, 10, 1),
    )
    assert handed_in(cooperation, **told) is None


def test_what_has_not_happened_shows_nothing(cooperation):
    found = due(cooperation=cooperation)
    with pytest.raises(operations.HasNotHappened):
        handed_in(cooperation, on=date(2025, 11, 11))
    with pytest.raises(operations.HasNotHappened):
        operations.hand_in_for(due=found, title="Plan", on=date(2025, 12, 1), by=None, at=NOON)


def test_evidence_after_a_new_version_keeps_what_is_late_under_the_old(cooperation):
    obligation(cooperation=cooperation, due_days=DAYS, ends_date=date(2025, 7, 1))
    obligation(cooperation=cooperation, due_days=DAYS, starts_date=date(2025, 7, 1))
    assert statuses(cooperation) == ["late", "late", "late"]
    handed_in(cooperation)
    assert statuses(cooperation) == ["kept_late", "late", "late"]


@pytest.fixture
def notification(cooperation):
    return obligation(
        cooperation=cooperation,
        code="own-notice",
        scope="each_partner",
        rhythm="on_event",
        due_days=[],
    )


def expected(cooperation, municipality, *, key="decision:7", due_date=date(2025, 11, 1)):
    return expect(
        cooperation=cooperation,
        code="own-notice",
        about="New rota",
        due_date=due_date,
        municipality=municipality,
        key=key,
    )


def test_an_event_is_late_until_its_evidence_comes_by_the_same_key(
    notification, cooperation, partner
):
    first = expected(cooperation, partner)
    assert expected(cooperation, partner) == first
    assert statuses(cooperation) == ["late"]
    handed_in(cooperation, code="own-notice", key="decision:7", municipality=partner)
    assert statuses(cooperation) == ["kept_late"]
    handed_in(cooperation, code="own-notice", key="decision:8", municipality=partner)
    assert statuses(cooperation) == ["kept_late", "kept"], "nobody expected the other"


def test_an_event_follows_to_its_new_day_also_into_the_next_year(
    notification, cooperation, partner
):
    expected(cooperation, partner, key="decision:9", due_date=date(2026, 1, 5))
    first = expected(cooperation, partner)
    expected(cooperation, partner, due_date=date(2026, 1, 10))
    first.refresh_from_db()
    assert (first.year, first.number, first.due_date) == (2026, 2, date(2026, 1, 10))


def test_nothing_is_expected_by_an_obligation_of_the_calendar(cooperation, partner):
    obligation(cooperation=cooperation, code="own-notice")
    assert expected(cooperation, partner) is None
    assert Due.objects.count() == 1


def test_wrong_evidence_is_removed_and_the_history_tells_why(cooperation):
    due(cooperation=cooperation)
    operations.remove(evidence=handed_in(cooperation), reason="Another meeting.")
    assert not Evidence.objects.exists()
    assert statuses(cooperation) == [Status.DUE_SOON]
    gone = EvidenceEvent.objects.order_by("pgh_id").last()
    assert (gone.pgh_label, gone.pgh_context.metadata["reason"]) == ("delete", "Another meeting.")


def test_the_issued_annual_report_is_evidence(cooperation, central, host_director, clock):
    at = reporting.AFTER_THE_YEAR
    clock.move_to(at)
    established(cooperation=cooperation, at=at)
    reporting.calls_in_year(central=central)
    report = reporting.approved(cooperation=cooperation, by=host_director)
    assert not Evidence.objects.exists()
    reports.issue(report=report, by=host_director, at=at)
    found = Evidence.objects.get(key=f"annual-report:{report.pk}")
    assert found.due.obligation.code == "annual-report"
    assert (found.due.due_date, found.title) == (date(2026, 3, 31), "Årsrapport 2025")
    assert (found.path, found.handed_in_by) == (f"/annual-report/{report.pk}/", host_director)


def test_a_cooperation_without_obligations_issues_its_report_all_the_same(
    cooperation, central, host_director, clock
):
    clock.move_to(reporting.AFTER_THE_YEAR)
    reporting.calls_in_year(central=central)
    report = reporting.issued(cooperation=cooperation, by=host_director)
    assert (report.state, Evidence.objects.count()) == ("issued", 0)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_take_the_same_due(cooperation):
    obligation(cooperation=cooperation, due_days=DAYS)
    gate = threading.Barrier(3)

    def hand_in_one(number):
        try:
            gate.wait()
            handed_in(cooperation, key=f"meeting:{number}")
        finally:
            connection.close()

    running = [threading.Thread(target=hand_in_one, args=[number]) for number in range(3)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    assert statuses(cooperation) == ["kept_late"] * 3
