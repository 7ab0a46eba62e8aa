"""Storing calls: what is new, changed, the same or late, and the hours kept true."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstats.calls.models import Call, CallHour, CallRevision, FeedHour
from callstats.calls.operations import note_feed
from callstats.feeds.models import QueueLine
from tests.callstats.calls import from_scratch
from tests.factories.callstats import ARRIVED_AT, SourceFactory, call, stored
from tests.factories.municipalities import CentralFactory, PublicNumberFactory

FACTS = {
    "outcome": "abandoned",
    "queue": "lv_direkte",
    "arrived_at": ARRIVED_AT + timedelta(hours=3),
    "wait_seconds": "10.5",
    "talk_seconds": 5,
    "announcement_seconds": 7,
    "answered_at": ARRIVED_AT + timedelta(seconds=10),
    "ended_at": ARRIVED_AT + timedelta(seconds=90),
    "forwarded_to": "amk",
    "municipality": "4631",
    "urgency": "red",
    "video": False,
    "time_quality": "ambiguous",
    "legs": '[{"queue":"lv_116117"},{"queue":"lv_direkte"}]',
}


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture
def store(source):
    return lambda *rows: stored(source=source, rows=list(rows))


def counts(result) -> tuple:
    return result.created, result.updated, result.unchanged, result.stale


def test_a_call_is_created_once_and_then_unchanged(store):
    assert counts(store(call("a"), call("b"))) == (2, 0, 0, 0)
    assert counts(store(call("a"), call("b"))) == (0, 0, 2, 0)
    assert counts(store(call("a"), call("c"))) == (1, 0, 1, 0)
    assert Call.objects.count() == 3
    assert not CallRevision.objects.exists()


@pytest.mark.parametrize(("fact", "value"), FACTS.items(), ids=FACTS.keys())
def test_another_content_is_a_new_revision_and_the_old_is_kept(store, fact, value):
    store(call("a"))
    before = Call.objects.get()
    assert counts(store(call("a", **{fact: value}))) == (0, 1, 0, 0)
    after = Call.objects.get()
    assert after.revision == 2
    assert after.imported_by_id != before.imported_by_id
    old = CallRevision.objects.get(external_id=after.external_id)
    assert old.revision == 1
    assert old.replaced_by_id == after.imported_by_id
    assert old.facts["outcome"] == "answered"
    assert datetime.fromisoformat(old.facts["arrived_at"]) == ARRIVED_AT
    assert from_scratch.kept() == from_scratch.summed()


def test_the_writing_of_the_time_is_no_fact(store):
    store(call("a"))
    Call.objects.update(arrived_text="24.10.2025 14:00:00")
    assert counts(store(call("a"))) == (0, 0, 1, 0)


def test_a_lower_version_than_the_stored_is_left_out(store):
    store(call("a", version=5))
    assert counts(store(call("a", version=4, outcome="abandoned"))) == (0, 0, 0, 1)
    assert Call.objects.get().outcome == "answered"
    assert counts(store(call("a", version=6, outcome="abandoned"))) == (0, 1, 0, 0)
    assert Call.objects.get().version == 6


def test_the_same_facts_under_a_later_version_make_what_lies_between_stale(store):
    store(call("a", version=1))
    assert counts(store(call("a", version=3))) == (0, 0, 1, 0)
    assert counts(store(call("a", version=2, outcome="abandoned"))) == (0, 0, 0, 1)
    call_now = Call.objects.get()
    assert (call_now.outcome, call_now.version, call_now.revision) == ("answered", 3, 1)


def test_each_revision_is_kept(store):
    for seconds in (1, 2, 3, 4):
        store(call("a", wait_seconds=seconds))
    kept = CallRevision.objects.order_by("revision")
    assert [(row.revision, row.facts["wait_seconds"]) for row in kept] == [(1, 1), (2, 2), (3, 3)]
    assert Call.objects.get().revision == 4


def test_two_sources_may_use_the_same_id(source, cooperation):
    other = SourceFactory(slug="other", central=CentralFactory(cooperation=cooperation))
    assert counts(stored(source=source, rows=[call("a")])) == (1, 0, 0, 0)
    assert counts(stored(source=other, rows=[call("a", wait_seconds=3)])) == (1, 0, 0, 0)


def test_two_sources_of_one_central_are_summed_together(source, central):
    other = SourceFactory(slug="other", central=central)
    stored(source=source, rows=[call("a", wait_seconds=1)])
    stored(source=other, rows=[call("a", wait_seconds=2)])
    assert CallHour.objects.get().waits_ms == [1000, 2000]


def test_the_hours_are_true_after_a_call_moved_to_another_hour(store):
    store(call("a"), call("b"))
    store(call("a", arrived_at=ARRIVED_AT + timedelta(hours=1)))
    assert CallHour.objects.count() == 2
    store(call("b", arrived_at=ARRIVED_AT + timedelta(hours=1)))
    assert CallHour.objects.get().calls == 2
    assert from_scratch.kept() == from_scratch.summed()


def test_the_hours_are_true_after_a_queue_was_mapped_to_another_line(store, source, central):
    store(call("a"), call("b", queue="lv_direkte"))
    other = PublicNumberFactory(central=central, line_class="other")
    QueueLine.objects.filter(source=source, queue="lv_116117").update(line=other)
    assert counts(store(call("a"), call("b", queue="lv_direkte"))) == (0, 1, 1, 0)
    assert from_scratch.kept() == from_scratch.summed()


def test_hours_that_are_not_touched_are_left_alone(store):
    store(call("a"))
    CallHour.objects.update(talk_seconds=77)
    store(call("b", arrived_at=ARRIVED_AT + timedelta(hours=1)))
    store(call("a"))
    assert CallHour.objects.get(hour_at=ARRIVED_AT).talk_seconds == 77


def test_the_touched_months_are_those_of_the_wall_clock(store):
    last = datetime(2025, 10, 31, 22, 59, 59, tzinfo=UTC)
    first = datetime(2025, 10, 31, 23, 0, 0, tzinfo=UTC)
    assert store(call("a", arrived_at=last)).months == [date(2025, 10, 1)]
    assert store(call("b", arrived_at=first)).months == [date(2025, 11, 1)]
    assert store(call("a", arrived_at=first)).months == [date(2025, 10, 1), date(2025, 11, 1)]
    assert store(call("a", arrived_at=first)).months == []


def test_no_calls_are_stored_without_complaint(store):
    assert counts(store()) == (0, 0, 0, 0)


def test_a_feed_is_noted_by_the_hour_and_only_once(source):
    first = datetime(2025, 10, 25, 23, 59, 59, tzinfo=UTC)
    last = datetime(2025, 10, 26, 2, 0, 0, tzinfo=UTC)
    for _ in range(2):
        note_feed(source_id=source.pk, first_at=first, last_at=last)
    noted = FeedHour.objects.order_by("hour_at").values_list("hour_at", flat=True)
    assert [hour.isoformat() for hour in noted] == [
        "2025-10-25T23:00:00+00:00",
        "2025-10-26T00:00:00+00:00",
        "2025-10-26T01:00:00+00:00",
        "2025-10-26T02:00:00+00:00",
    ]


def test_no_feed_is_noted_of_published_months_and_of_purged_times(source):
    begins = datetime(2025, 9, 30, 20, tzinfo=UTC)  # 22:00 in Oslo
    note_feed(
        source_id=source.pk,
        first_at=begins,
        last_at=begins + timedelta(hours=3),
        locked=[date(2025, 10, 1)],
        purged_before=begins + timedelta(hours=1),
    )
    assert FeedHour.objects.get().hour_at == begins + timedelta(hours=1)


def test_the_feed_goes_by_utc_hours_whatever_the_session_s_zone(source):
    at = datetime(2025, 10, 26, 2, 30, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'")
        note_feed(source_id=source.pk, first_at=at, last_at=at)
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
    assert FeedHour.objects.get().hour_at == at.replace(minute=0)


VERSIONS = st.fixed_dictionaries(
    {
        "hours": st.integers(0, 2),
        "outcome": st.sampled_from(["answered", "abandoned", "timeout"]),
        "queue": st.sampled_from(["lv_116117", "lv_direkte"]),
        "wait_seconds": st.sampled_from([None, 0, "120.4", 121]),
        "talk_seconds": st.sampled_from([None, 60]),
    }
)
STATES = st.dictionaries(st.sampled_from("abcdef"), VERSIONS, min_size=1, max_size=6)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=st.lists(STATES, min_size=1, max_size=5))
def test_overlapping_batches_end_as_one_clean_import_of_the_final_state(source, central, batches):
    for model in (CallRevision, Call, CallHour):
        model.objects.all().delete()
    final: dict = {}
    for batch in batches:
        stored(source=source, rows=rows_of(batch))
        final |= batch
    in_parts = from_scratch.kept()
    assert in_parts == from_scratch.summed()
    assert Call.objects.count() == len(final)

    for model in (CallRevision, Call, CallHour):
        model.objects.all().delete()
    stored(source=source, rows=rows_of(final))
    assert from_scratch.kept() == in_parts


def rows_of(batch: dict) -> list[dict]:
    return [
        call(id, arrived_at=ARRIVED_AT + timedelta(hours=facts["hours"]))
        | {name: value for name, value in facts.items() if name != "hours"}
        for id, facts in batch.items()
    ]


def test_no_version_does_not_replace_a_stored_one(store):
    store(call("a", version=5))
    assert counts(store(call("a", outcome="abandoned"))) == (0, 0, 0, 1)
    assert counts(store(call("a"))) == (0, 0, 1, 0)
    assert counts(store(call("a", version=4, outcome="abandoned"))) == (0, 0, 0, 1)
    assert (Call.objects.get().version, Call.objects.get().outcome) == (5, "answered")


def test_any_version_corrects_a_call_stored_without_one(store):
    store(call("a"))
    assert counts(store(call("a", version=0, outcome="abandoned"))) == (0, 1, 0, 0)
    assert Call.objects.get().version == 0


def test_the_hours_are_true_after_two_corrections_far_apart(store):
    far = ARRIVED_AT + timedelta(hours=200)
    between = [call(f"c{n}", arrived_at=ARRIVED_AT + timedelta(hours=n)) for n in range(1, 200)]
    store(call("a"), *between, call("z", arrived_at=far))
    store(call("a", wait_seconds=3), call("z", arrived_at=far, wait_seconds=4))
    assert from_scratch.kept() == from_scratch.summed()
