"""Items: begun, added, moved, removed, numbered, and what is refused."""

import random
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from municipalities.meetings.agenda import operations
from municipalities.meetings.agenda.models import AgendaItem, ItemKind, Standing
from municipalities.meetings.agenda.queries import items_of
from municipalities.meetings.agenda.words import WORDS, case_name, title_of, topic_of
from municipalities.meetings.meeting import operations as meeting_operations
from municipalities.refused import Refused
from tests.conftest import NOW
from tests.factories import meetings
from tests.municipalities.meetings.agenda.conftest import IN_DECEMBER, IN_NOVEMBER, plan, titles


def add(meeting, title="Bemanning om natta", **facts):
    return operations.add_item(meeting=meeting, kind=ItemKind.CASE, title=title, **facts)


def numbers(meeting):
    cases = meeting.items.exclude(case_number=None).order_by("position")
    return [(each.case_number, each.case_year) for each in cases]


def test_an_agenda_begins_with_what_every_agenda_has(meeting):
    items = list(meeting.items.order_by("position"))

    assert [each.standing or each.topic for each in items] == [
        Standing.APPROVE_AGENDA,
        Standing.APPROVE_MINUTES,
        Standing.FOLLOW_UPS,
        "Professional status",
        "Deviations",
        Standing.ANY_OTHER,
    ]
    assert [each.position for each in items] == [1, 2, 3, 4, 5, 6]


def test_an_agenda_is_begun_once(meeting):
    operations.begin(meeting=meeting)
    assert meeting.items.count() == 6


def test_a_minimum_topic_has_the_page_that_is_prepared_for_it(settings, forum):
    settings.PREPARED_TOPICS = ["tests.municipalities.meetings.minutes.prepared.TOPIC"]
    meeting = plan(forum)
    pages = dict(meeting.items.exclude(topic="").values_list("topic", "page"))
    assert pages == {"Professional status": "status", "Deviations": ""}


def test_a_new_item_stands_before_any_other_business(meeting):
    add(meeting)
    assert titles(meeting)[-2:] == ["Bemanning om natta", str(Standing.ANY_OTHER.label)]


@pytest.mark.parametrize(
    ("to", "expected"), [(1, "CABD"), (2, "ACBD"), (3, "ABCD"), (4, "ABDC"), (99, "ABDC")]
)
def test_an_item_is_moved_and_the_others_make_room(to, expected, forum):
    meeting = meetings.planned(forum=forum)
    items = {name: meetings.item(meeting=meeting, title=name) for name in "ABCD"}

    operations.move_item(item=items["C"], to=to)

    assert "".join(titles(meeting)) == expected
    assert [each.position for each in items_of(meeting)] == [1, 2, 3, 4]


def test_a_removed_item_leaves_no_gap(meeting):
    operations.remove_item(item=meeting.items.get(topic="Professional status"))
    assert [each.position for each in items_of(meeting)] == [1, 2, 3, 4, 5]


def test_a_standing_item_is_not_removed(meeting):
    with pytest.raises(Refused, match="standing_item_stays"):
        operations.remove_item(item=meeting.items.get(standing=Standing.FOLLOW_UPS))
    assert meeting.items.count() == 6


@pytest.mark.parametrize("doing", ["add", "change", "move", "remove"])
def test_a_closed_agenda_is_not_changed(doing, called):
    item = called.items.get(topic="Deviations")
    done = {
        "add": lambda: add(called),
        "change": lambda: operations.change_item(item=item, title="Noko anna"),
        "move": lambda: operations.move_item(item=item, to=1),
        "remove": lambda: operations.remove_item(item=item),
    }
    before = titles(called)

    with pytest.raises(Refused) as refused:
        done[doing]()

    assert titles(called) == before
    assert "Propose the item for the next meeting" in str(WORDS[refused.value.code])


def test_what_the_meeting_takes_up_itself_gets_the_next_number(called):
    item = add(called, is_added=True)

    assert (item.is_added, case_name(item)) == (True, "Sak 3/25")
    assert titles(called)[-2] == "Bemanning om natta"


def test_cases_are_numbered_in_order_when_the_meeting_is_called(called):
    assert numbers(called) == [(1, 2025), (2, 2025)]
    assert set(called.items.filter(case_number=None).values_list("kind", flat=True)) == {"standing"}


def test_closing_again_changes_no_number(called):
    before = numbers(called)
    operations.close(meeting=called)
    assert numbers(called) == before


def test_a_year_and_a_forum_count_for_themselves(cooperation, forum):
    next_year = plan(forum, IN_DECEMBER.replace(year=2026, month=1))
    other = meetings.forum(cooperation=cooperation, name="Fagrådet", topics=["Avvik"])
    for meeting in (plan(forum), next_year, plan(other)):
        operations.close(meeting=meeting)

    rows = AgendaItem.objects.exclude(case_number=None).order_by("pk")
    assert [(each.forum.name == "Fagrådet", case_name(each)) for each in rows] == [
        (False, "Sak 1/26"),
        (False, "Sak 2/26"),
        (False, "Sak 1/25"),
        (False, "Sak 2/25"),
        (True, "Sak 1/25"),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_numbers_run_without_gap_in_whatever_order_agendas_close(seed, forum):
    chance = random.Random(seed)
    planned = [plan(forum) for _ in range(3)]
    for meeting in planned:
        for _ in range(chance.randrange(3)):
            add(meeting)
    chance.shuffle(planned)
    for meeting in planned:
        operations.close(meeting=meeting)

    given = [number for meeting in planned for number, _year in numbers(meeting)]
    assert given == list(range(1, len(given) + 1))


@pytest.mark.django_db(transaction=True)
def test_agendas_that_close_at_once_share_no_number(forum):
    start = threading.Barrier(4)
    planned = [plan(forum) for _ in range(4)]

    def close(meeting):
        start.wait(10)
        operations.close(meeting=meeting)
        connection.close()

    workers = [threading.Thread(target=close, args=[each]) for each in planned]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(10)

    given = AgendaItem.objects.exclude(case_number=None).values_list("case_number", flat=True)
    assert sorted(given) == list(range(1, 9))


def test_the_database_keeps_numbers_places_and_standing_items_apart(meeting):
    same = {"case_year": 2025, "case_number": 7}
    meetings.item(meeting=meeting, **same)
    for facts in (
        same,
        {"case_year": 2025},
        {"kind": ItemKind.STANDING, "standing": Standing.ANY_OTHER},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            meetings.item(meeting=meeting, **facts)
    meetings.item(meeting=meeting, position=1)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(("prefix", "expected"), [("Sak", "Sak 7/05"), ("", "7/05")])
def test_a_case_is_named_as_its_forum_names_it(prefix, expected, forum, meeting):
    item = meetings.item(meeting=meeting, case_year=2005, case_number=7)
    item.forum.case_prefix = prefix
    assert case_name(item) == expected


def test_titles_of_ours_are_told_in_the_readers_language(meeting):
    standing = meeting.items.get(standing=Standing.ANY_OTHER)
    topic = meeting.items.get(topic="Deviations")
    with translation.override("nn"):
        told = [title_of(standing), title_of(topic), topic_of(topic), topic_of(standing)]
    assert told == ["Eventuelt", "Avvik", "Avvik", ""]
    assert title_of(meetings.item(meeting=meeting, title="Vår eigen")) == "Vår eigen"


def test_a_cancelled_meeting_lets_go_of_what_was_proposed(forum, partner):
    meeting = plan(forum, IN_NOVEMBER)
    proposal = meetings.proposed(forum=forum, municipality=partner)
    operations.take(proposal=proposal, meeting=meeting, by=None, at=NOW)

    meeting_operations.cancel(meeting=meeting, reason="Sjukdom", by=None, at=NOW)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.item) == ("open", None)
