"""Many calls at once: copied straight in where none is stored, merged where some are."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstats.calls import adding, merging, staging
from callstats.calls.models import Call, CallHour, CallRevision
from tests.callstats.calls import from_scratch
from tests.factories.callstats import ARRIVED_AT, CallImportFactory, SourceFactory, call, stored


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch):
    monkeypatch.setattr(adding, "MANY", 3)


def rows(*ids: str, **facts) -> list[dict]:
    return [call(i, **facts) for i in ids]


def test_many_new_calls_are_copied_and_summed(source):
    result = stored(source=source, rows=rows("a", "b", "c"))
    assert (result.created, result.updated, result.months) == (3, 0, [date(2025, 10, 1)])
    assert from_scratch.kept() == from_scratch.summed()
    assert set(Call.objects.values_list("revision", "central")) == {(1, source.central_id)}


def test_a_call_that_the_probe_does_not_meet_is_merged_all_the_same(source, monkeypatch):
    monkeypatch.setattr(adding, "PROBED", 1)
    stored(source=source, rows=rows("c"))
    result = stored(source=source, rows=rows("a", "b", "c", "d"))
    assert (result.created, result.unchanged) == (3, 1)
    assert from_scratch.kept() == from_scratch.summed()


def test_the_same_call_in_two_parts_of_one_import_is_no_second_call(source):
    call_import = CallImportFactory(source=source)
    stored(source=source, rows=rows("a", "b", "c"), by=call_import)
    again = stored(
        source=source, rows=[*rows("c", "d"), call("b", wait_seconds=99)], by=call_import
    )
    assert (again.created, again.repeated) == (1, 1)
    assert again.refused["duplicate_in_file"]["external_id"].to_list() == ["b"]
    assert not CallRevision.objects.exists()
    assert from_scratch.kept() == from_scratch.summed()


def test_a_call_stored_before_is_not_changed_by_a_second_part(source, monkeypatch):
    monkeypatch.setattr(merging, "FEW", 1)
    stored(source=source, rows=rows("a", "b"))
    call_import = CallImportFactory(source=source)
    first = stored(source=source, rows=rows("a", "b", "c"), by=call_import)
    assert first.left_alone.to_list() == ["a", "b"]
    second = stored(
        source=source,
        rows=[call("a"), call("b", wait_seconds=99), *rows("d")],
        by=call_import,
        told_before=first.left_alone,
    )
    assert (second.created, second.updated, second.repeated) == (1, 0, 1)
    assert second.refused["duplicate_in_file"]["external_id"].to_list() == ["b"]
    assert not CallRevision.objects.exists()


def test_what_a_short_part_leaves_alone_is_told_to_the_parts_after_it(source):
    """Most rows of the part may be refused, or long: few calls are no sign of a small request."""
    stored(source=source, rows=rows("a"))
    call_import = CallImportFactory(source=source)
    first = stored(source=source, rows=rows("a", "b"), by=call_import)
    assert first.left_alone.to_list() == ["a"]


def test_lists_of_more_than_a_few_calls_are_told_apart_by_their_place(source, monkeypatch):
    for module in (merging, staging):
        monkeypatch.setattr(module, "FEW", 1)
    told = [call("a"), call("b", arrived_at=ARRIVED_AT + timedelta(days=20)), call("c")]
    result = stored(source=source, rows=told, in_lists=True, locked=(date(2025, 10, 1),))
    assert result.refused["period_locked"]["external_id"].to_list() == ["a", "c"]
    assert (result.created, from_scratch.kept()) == (1, from_scratch.summed())


@pytest.mark.parametrize("many", [3, 1000], ids=["copied", "merged"])
def test_a_published_month_takes_no_call(source, many, monkeypatch):
    monkeypatch.setattr(adding, "MANY", many)
    last = datetime(2025, 10, 31, 22, 59, 59, tzinfo=UTC)
    first = datetime(2025, 10, 31, 23, 0, 0, tzinfo=UTC)
    told = [call("a", arrived_at=last), call("b", arrived_at=first), call("c", arrived_at=first)]
    result = stored(source=source, rows=told, locked=(date(2025, 10, 1),))
    assert result.refused["period_locked"]["external_id"].to_list() == ["a"]
    assert (result.created, result.months) == (2, [date(2025, 11, 1)])
    assert from_scratch.kept() == from_scratch.summed()


def test_a_published_month_keeps_its_calls_as_they_are(source):
    october, november = ARRIVED_AT, ARRIVED_AT + timedelta(days=20)
    stored(source=source, rows=[call("a"), call("b"), call("c", arrived_at=november)])
    changed = [
        call("a"),
        call("b", arrived_at=november),
        call("c", arrived_at=october),
    ]
    result = stored(source=source, rows=changed, locked=(date(2025, 10, 1),))
    assert (result.unchanged, result.updated) == (1, 0)
    assert result.refused["period_locked"]["external_id"].to_list() == ["b", "c"]
    assert from_scratch.kept() == from_scratch.summed()


@pytest.mark.parametrize("many", [3, 1000], ids=["copied", "merged"])
def test_a_time_whose_calls_are_deleted_takes_no_call(source, many, monkeypatch):
    monkeypatch.setattr(adding, "MANY", many)
    early = ARRIVED_AT - timedelta(seconds=1)
    told = [call("a", arrived_at=early), *rows("b", "c")]
    result = stored(source=source, rows=told, purged_before=ARRIVED_AT)
    assert result.refused["period_purged"]["external_id"].to_list() == ["a"]
    assert result.created == 2


LATER = [
    ARRIVED_AT + timedelta(hours=4),
    ARRIVED_AT + timedelta(hours=4, microseconds=1_999),
    ARRIVED_AT + timedelta(hours=25),
]
FACTS = st.fixed_dictionaries(
    {
        "arrived_at": st.integers(0, 200).map(lambda n: ARRIVED_AT + timedelta(minutes=n)),
        "outcome": st.sampled_from(["answered", "abandoned", "callback_requested"]),
        "answered_at": st.sampled_from([None, *LATER]),
        "municipality": st.sampled_from([None, "4631"]),
        "queue": st.sampled_from(["lv_116117", "lv_direkte"]),
        "wait_seconds": st.sampled_from([None, 0, "120.4", 121]),
        "talk_seconds": st.sampled_from([None, 60, "0.001"]),
        "time_quality": st.sampled_from(["exact", "ambiguous"]),
    }
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=st.lists(st.dictionaries(st.integers(0, 30), FACTS, max_size=12), max_size=4))
def test_copied_or_merged_the_same_is_stored(source, monkeypatch, batches):
    ends = []
    for many in (1, 1000):
        monkeypatch.setattr(adding, "MANY", many)
        for model in (CallRevision, Call, CallHour):
            model.objects.all().delete()
        for batch in batches:
            stored(source=source, rows=[call(str(n), **facts) for n, facts in batch.items()])
        assert from_scratch.kept() == from_scratch.summed()
        ends.append((from_scratch.kept(), sorted(Call.objects.values_list("external_id"))))
    assert ends[0] == ends[1]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=st.lists(st.dictionaries(st.integers(0, 30), FACTS, max_size=12), max_size=4))
def test_step_by_step_or_at_once_the_same_is_stored(source, monkeypatch, batches):
    monkeypatch.setattr(adding, "MANY", 1000)
    ends = []
    for few, in_lists in ((1, False), (1000, False), (1000, True), (1, True)):
        monkeypatch.setattr(merging, "FEW", few)
        for model in (CallRevision, Call, CallHour):
            model.objects.all().delete()
        for batch in batches:
            rows = [call(str(n), **facts) for n, facts in batch.items()]
            stored(source=source, rows=rows, in_lists=in_lists)
        kept = CallRevision.objects.order_by("external_id", "revision")
        ends.append(
            (from_scratch.kept(), list(kept.values_list("external_id", "revision", "facts")))
        )
    assert all(end == ends[0] for end in ends)


NASTY = [
    '"',
    "\\",
    '\\"',
    "NULL",
    "null",
    "{",
    "}",
    "{a,b}",
    ",",
    " a ",
    "\n",
    "\t",
    "å",
    "'",
    "%s",
]


@pytest.mark.parametrize("in_lists", [False, True])
def test_texts_reach_the_table_as_they_are(source, in_lists):
    facts = [call(text, urgency=text) for text in NASTY]
    stored(source=source, rows=[*facts, call("none", urgency=None)], in_lists=in_lists)
    kept = dict(Call.objects.values_list("external_id", "urgency"))
    assert kept == {text: text for text in NASTY} | {"none": None}


@pytest.mark.parametrize("in_lists", [False, True])
def test_legs_reach_the_table_as_they_are(source, in_lists):
    legs = [{"queue": 'a "b" {c}'}, {"queue": "d\\e"}]
    stored(source=source, rows=[call("a", legs=json.dumps(legs))], in_lists=in_lists)
    assert Call.objects.get().legs == legs


@pytest.mark.parametrize("in_lists", [False, True])
def test_calls_that_may_not_be_stored_are_told_from_lists_too(source, in_lists):
    rows_ = [call("a"), call("b", arrived_at=ARRIVED_AT + timedelta(days=20))]
    result = stored(source=source, rows=rows_, locked=(date(2025, 10, 1),), in_lists=in_lists)
    assert result.refused["period_locked"]["external_id"].to_list() == ["a"]
    assert (result.created, result.months) == (1, [date(2025, 11, 1)])
