"""What the hub and the overview are told of the checklists."""

from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from municipalities.centrals.models import Central
from municipalities.centrals.queries import summary_of, waiting_for
from municipalities.centrals.rows import rows_of
from municipalities.centrals.rules import State
from municipalities.centrals.states import states_of
from tests.factories.centrals import checked, planned
from tests.factories.municipalities import CentralFactory, PublicNumberFactory

pytestmark = pytest.mark.usefixtures("clock")

TODAY = date(2025, 11, 10)


@pytest.fixture
def some_checks(central):
    """One of each state, one late, one due; the check of a number that has ended does not count."""
    national = central.numbers.get(line_class="116117")
    checked(central=central, key="amk")
    checked(central=central, key="tracing", result="not_met", on=date(2025, 5, 9))  # late
    checked(central=central, key="message_113", number=national, result="partly")
    planned(central=central, key="video", due=date(2025, 11, 24))
    ended = PublicNumberFactory(central=central, line_class="other", number="02800")
    checked(central=central, key="message_113", number=ended, on=date(2024, 1, 1))
    ended.valid_to = TODAY
    ended.save()


def test_the_count_is_the_same_as_row_by_row(central, some_checks):
    other = CentralFactory(cooperation=central.cooperation)
    checked(central=other, key="message_113", result="partly")  # of no number: not a row

    for each, state in states_of(centrals=Central.objects.all(), today=TODAY).items():
        rows = rows_of(central=each, today=TODAY)
        slowly = Counter(row.state for row in rows)
        assert (state.met, state.partly, state.not_met, state.never, state.total) == (
            *(slowly[one] for one in State),
            len(rows),
        )
        assert state.late == sum(row.is_late for row in rows)
        assert state.soon == sum(row.is_soon for row in rows)


def test_a_past_day_has_its_own_checks(central):
    checked(central=central, key="amk", result="partly", on=date(2024, 12, 1))
    checked(central=central, key="amk", on=date(2025, 11, 3))

    for day, state, checked_date in (
        (date(2024, 11, 30), State.NEVER, None),
        (date(2025, 11, 2), State.PARTLY, date(2024, 12, 1)),
        (TODAY, State.MET, date(2025, 11, 3)),
    ):
        row = next(each for each in rows_of(central=central, today=day) if each.key == "amk")
        assert (row.state, row.checked_date) == (state, checked_date)


def test_the_summary_adds_the_centrals_and_takes_two_queries(
    central, some_checks, auditor, as_person, django_assert_num_queries
):
    CentralFactory(cooperation=central.cooperation)
    CentralFactory()
    as_person(auditor)

    with django_assert_num_queries(2):
        found = summary_of(cooperation=central.cooperation, user=auditor, today=TODAY)

    assert (found.met, found.partly, found.not_met, found.never) == (1, 1, 1, 27 + 26)
    assert (found.late, found.soon, found.due_date) == (1, 1, date(2025, 11, 9))


def test_nothing_is_summed_for_an_outsider(central, outsider):
    assert summary_of(cooperation=central.cooperation, user=outsider, today=TODAY).total == 0


def test_two_sentences_wait_for_the_leader_and_none_for_others(
    central, some_checks, leader, host_director, as_person, django_assert_num_queries
):
    as_person(leader)
    translation.activate("en")
    with django_assert_num_queries(2):
        due, never = waiting_for(cooperation=central.cooperation, user=leader, today=TODAY)

    assert due.text == "2 checks of Legevaktsentral nordhordland are due or late"
    assert due.due_date == date(2025, 11, 9)
    assert due.url == "/agreement/nordhordland/centrals/nordhordland/checklist/?show=due"
    assert never.text.startswith("27 requirements of")
    assert never.due_date is None
    assert waiting_for(cooperation=central.cooperation, user=host_director, today=TODAY) == []
