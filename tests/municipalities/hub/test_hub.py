"""The hub: how the agreement stands, and the way to everything."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from municipalities.hub import presenters
from municipalities.hub.queries import Standing, standing_of
from municipalities.models import Due, Evidence, Obligation
from tests.factories.cooperations import ServiceFactory

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def dues(cooperation):
    """Three times a year, none of them kept yet."""
    obligation = Obligation.objects.create(
        cooperation=cooperation,
        code="meetings",
        title="Meetings",
        scope="common",
        rhythm="yearly",
        due_days=["03-01", "06-01", "12-01"],
        responsible="leader",
        starts_date=date(2022, 1, 1),
    )
    return [
        Due.objects.create(
            obligation=obligation, year=2025, number=number, due_date=date(2025, month, 1)
        )
        for number, month in enumerate((3, 6, 12), 1)
    ]


def hub(browser, slug="nordhordland"):
    return browser.get(reverse("cooperation", args=[slug]))


def test_a_due_is_kept_by_evidence_or_a_waiver_and_later_ones_do_not_count(cooperation, dues):
    Evidence.objects.create(
        due=dues[0],
        key="meeting:1",
        title="Meeting",
        happened_date=date(2025, 2, 1),
        handed_in_at=datetime(2025, 2, 1, tzinfo=UTC),
    )
    one_late = standing_of(cooperation=cooperation, today=TODAY)
    Due.objects.filter(pk=dues[1].pk).update(waived_reason="no meeting was needed")

    none_late = standing_of(cooperation=cooperation, today=TODAY)

    assert (one_late.due, one_late.kept, one_late.late) == (2, 1, 1)
    assert (none_late.due, none_late.kept, none_late.late) == (2, 2, 0)


def test_the_day_it_is_due_is_not_late(cooperation, dues):
    assert standing_of(cooperation=cooperation, today=date(2025, 3, 1)).due == 0


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(None, None, 0, 0), "No agreement is recorded as in force. Nothing of what"),
        (Standing(1, date(2022, 1, 1), 3, 0), "since 1 January 2022. All that was due"),
        (Standing(1, date(2022, 1, 1), 3, 1), "2 of 3 obligations are kept; 1 is late."),
        (Standing(1, date(2022, 1, 1), 3, 2), "1 of 3 obligations are kept; 2 are late."),
    ],
)
def test_one_sentence_tells_whether_it_is_in_force_and_kept(standing, words):
    assert words in presenters.sentence(standing)


def test_the_hub_tells_the_facts_and_links_to_every_part(
    as_person, partner_director, cooperation, central, dues
):
    ServiceFactory(cooperation=cooperation)

    answer = hub(as_person(partner_director))

    for words in (
        "So far this year 0 of 2 obligations are kept; 2 are late.",
        "2 participants today",
        "Alver, Fedje",
        "legevaktsentral, all hours, hol. § 3-2",
        "No transfer of undertaking",
        central.name,
        "Open hearings",
    ):
        assert words in answer.text
    assert "Change the facts" not in answer.text


def test_who_writes_agreements_is_led_to_change_the_facts(as_person, secretary):
    assert "Change the facts" in hub(as_person(secretary)).text


def test_the_hub_takes_a_fixed_number_of_queries(
    as_person, partner_director, central, dues, django_assert_max_num_queries
):
    browser = as_person(partner_director)

    with django_assert_max_num_queries(22):
        hub(browser)


def test_a_board_tells_its_members(cooperation):
    cooperation.form, cooperation.board_members_each = "board", 2

    assert (
        "2 members of each participant"
        in dict(presenters.facts(cooperation))["Form of cooperation"]
    )
