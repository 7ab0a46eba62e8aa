"""The pages of topics: live, of a year, in a meeting, and as minutes froze them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags

from legevakt.lib.periods import Period
from municipalities.meetings.meeting.models import MeetingState
from municipalities.meetings.topics import queries
from municipalities.meetings.topics.prepared import code_for, prepared_topics
from municipalities.obligations.principles import principles
from tests.factories import decisions, meetings
from tests.factories.months import month_of_calls, published
from tests.factories.municipalities import MunicipalityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2025, 11, 10)
SEPTEMBER, OCTOBER = (Period.month(2025, month) for month in (9, 10))
STATUS = "professional-status"
CODES = ["decisions", "economy", STATUS]


@pytest.fixture
def forum(cooperation):
    return meetings.forum(cooperation=cooperation)


@pytest.fixture
def meeting(forum):
    return meetings.called(forum=forum)


@pytest.fixture
def months(central):
    month_of_calls(central, SEPTEMBER, within=90, late=5, unanswered=5)
    return month_of_calls(central, OCTOBER, within=60, late=25, unanswered=15)


def at(*day) -> datetime:
    return datetime(*day, 9, 0, tzinfo=UTC)


def text(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def with_frozen(meeting, *, facts):
    """Approved minutes in which a topic's facts are frozen."""
    items = [{"page": STATUS, "facts": facts}]
    return meetings.approved(meeting=meeting, content={"version": 1, "items": items})


def live(as_person, user, code=STATUS, **asked):
    return as_person(user).get(reverse("topic", args=["nordhordland", code]), asked)


def in_meeting(as_person, user, meeting, code=STATUS):
    address = reverse("meeting_topic", args=["nordhordland", meeting.pk, code])
    return as_person(user).get(address)


def test_every_minimum_topic_of_the_chief_executives_has_its_page():
    minimum = next(each for each in principles() if each.code == "director-meetings").topics

    assert all(code_for(each) for each in minimum)
    assert len(prepared_topics()) == len(settings.PREPARED_TOPICS)


@pytest.mark.parametrize(
    ("earlier", "since"),
    [
        ([], date(2025, 1, 1)),
        ([{"state": MeetingState.CALLED, "called_at": at(2025, 5, 1)}], date(2025, 6, 3)),
        ([{"state": MeetingState.PLANNED}], date(2025, 1, 1)),
        (
            [
                {
                    "state": MeetingState.CANCELLED,
                    "cancelled_at": at(2025, 5, 1),
                    "cancel_reason": "x",
                }
            ],
            date(2025, 1, 1),
        ),
    ],
    ids=["never met", "has met", "was only planned", "was cancelled"],
)
def test_a_meeting_asks_of_the_days_since_the_forum_met(forum, meeting, earlier, since):
    for fields in earlier:
        meetings.planned(forum=forum, starts_at=at(2025, 6, 3), **fields)

    asked = queries.asked_for(meeting=meeting)

    assert (asked.since, asked.until) == (since, date(2025, 10, 29))


def test_a_meeting_to_come_asks_of_no_later_day_than_today(forum):
    later = meetings.called(forum=forum, starts_at=at(2025, 12, 9))

    assert queries.asked_for(meeting=later, today=TODAY).until == TODAY + timedelta(days=1)


def test_another_forums_meetings_are_not_counted(cooperation, meeting):
    other = meetings.forum(cooperation=cooperation, name="Fagforum", kind="officers")
    meetings.called(forum=other, starts_at=at(2025, 6, 3))

    assert queries.asked_for(meeting=meeting).since == date(2025, 1, 1)


def test_a_year_that_is_over_is_asked_of_to_its_end(cooperation):
    asked = queries.asked_of_year(cooperation=cooperation, year=2024, today=TODAY)

    assert (asked.since, asked.until) == (date(2024, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_the_live_page_tells_of_the_months_since_the_last_meeting(
    as_person, partner_director, meeting, months, language
):
    partner_director.language = language
    partner_director.save()

    answer = live(as_person, partner_director)

    told = text(answer)
    assert "60,0 %" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "90,0" not in told
    assert "?year=2024" in answer.content.decode()


def test_a_chosen_year_has_all_its_months_with_a_chart_and_its_table(as_person, leader, months):
    answer = live(as_person, leader, year="2025")

    page = answer.context["page"]
    assert len(page.charts[0].table.rows) == 11
    assert "data-chart" in answer.content.decode()


@pytest.mark.parametrize("year", ["1999", "abc", "2026"])
def test_a_year_that_is_not_there_is_not_found(as_person, leader, year):
    assert live(as_person, leader, year=year).status_code == 404


def test_a_code_that_nobody_prepares_is_not_found(as_person, leader, meeting):
    assert live(as_person, leader, code="weather").status_code == 404
    assert in_meeting(as_person, leader, meeting, code="weather").status_code == 404


def test_a_partners_director_does_not_see_the_meeting_of_another(
    as_person, cooperation, leader, partner_director, outsider
):
    other = MunicipalityFactory(number="4632", name="Austrheim")
    host_and_other = meetings.called(
        forum=meetings.bilateral(cooperation=cooperation, partner=other)
    )

    assert in_meeting(as_person, leader, host_and_other).status_code == 200
    assert in_meeting(as_person, partner_director, host_and_other).status_code == 404
    assert in_meeting(as_person, outsider, host_and_other).status_code == 404


def test_approved_minutes_tell_what_the_meeting_saw(
    as_person, partner_director, meeting, months, leader, host_director
):
    facts = queries.facts_of(code=STATUS, asked=queries.asked_for(meeting=meeting))
    with_frozen(meeting, facts=json.loads(json.dumps(facts)))
    before = text(in_meeting(as_person, partner_director, meeting))
    published(months, checked_by=leader, by=host_director)
    months.central.name = "Another name"
    months.central.save()

    answer = in_meeting(as_person, partner_director, meeting)

    assert answer.context["shown"].is_frozen
    assert text(answer) == before
    assert "Another name" in text(live(as_person, partner_director))


def test_a_topic_that_the_approved_minutes_lack_says_that_it_is_of_today(
    as_person, leader, meeting
):
    with_frozen(meeting, facts=None)

    shown = in_meeting(as_person, leader, meeting).context["shown"]

    assert (shown.is_approved, shown.is_frozen) == (True, False)


def test_the_list_has_every_topic(as_person, auditor, cooperation):
    answer = as_person(auditor).get(reverse("topics", args=[cooperation.slug]))

    addresses = [reverse("topic", args=[cooperation.slug, code]) for code in prepared_topics()]
    assert all(f'href="{each}"' in answer.content.decode() for each in addresses)


@pytest.mark.parametrize("code", CODES)
def test_a_document_has_what_the_page_has_with_tables_for_charts(
    cooperation, months, meeting, code
):
    decisions.decided(cooperation=cooperation, decided_date=date(2025, 10, 1))
    asked = queries.asked_for(meeting=meeting)
    page = queries.page_of(code=code, facts=queries.facts_of(code=code, asked=asked))

    document = render_to_string("documents/meetings/_topic.html", {"page": page})

    assert page.lead in unescape(document)
    captions = [each.table.caption for each in page.charts] + [t.caption for t in page.tables]
    assert all(f"<caption>{each}</caption>" in unescape(document) for each in captions)
    assert "<script" not in document


@pytest.mark.parametrize("code", CODES)
def test_a_topics_page_takes_few_queries(
    as_person, leader, months, code, django_assert_max_num_queries
):
    browser = as_person(leader)
    address = reverse("topic", args=["nordhordland", code])
    browser.get(address)

    with django_assert_max_num_queries(30):
        browser.get(address)
