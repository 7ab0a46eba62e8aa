from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import asterisk_queue_log as log
from callstats.sources import asterisk_queue_table as table
from callstats.sources.frames import ParsedCalls, SourceSettings, Unreadable
from tests.callstats.sources.conftest import SAMPLES
from tests.callstats.sources.queue_tables import SYSTEMS, table_of
from tests.callstats.sources.test_asterisk_queue_log import logs

SETTINGS = SourceSettings(profile="asterisk-queue-table", now=datetime(2026, 1, 1, tzinfo=UTC))
REALTIME = "time,callid,queuename,agent,event,data1,data2,data3,data4,data5\n"
FILES = {
    "queuemetrics.csv": (6, 3, 2),
    "wazo.csv": (10, 3, 2),
    "freepbx.tsv": (6, 3, 2),
    "bicom.csv": (6, 3, 2),
}


def parsed(text: str | bytes) -> ParsedCalls:
    data = text if isinstance(text, bytes) else text.encode()
    return table.calls_from(table.events_in(data, settings=SETTINGS), settings=SETTINGS)


def of_the_log(text: str) -> ParsedCalls:
    return log.calls_from(log.events_in(text.encode(), settings=SETTINGS), settings=SETTINGS)


def realtime(*rows: str) -> str:
    """Rows of time,callid,queue,event and data: the agent is put in."""
    told = []
    for row in rows:
        at, callid, queue, event, *data = row.split(",")
        cells = [at, callid, queue, "NONE", event, *data]
        told.append(",".join((cells + [""] * 10)[:10]))
    return REALTIME + "\n".join(told) + "\n"


def figures(told: ParsedCalls) -> tuple[int, int, int]:
    answered = told.calls.filter(outcome="answered")
    return told.calls.height, answered.height, answered.filter(pl.col("wait_seconds") <= 120).height


def without_lines(told: ParsedCalls) -> list[dict]:
    return told.calls.drop("line").sort("external_id").to_dicts()


def whole_sample(older, newer) -> str:
    return older.read_text() + newer.read_text()


def turned_round(text: str) -> str:
    header, *rows = text.splitlines(keepends=True)
    return header + "".join(reversed(rows))


@pytest.mark.parametrize(("name", "expected"), FILES.items())
def test_each_system_s_own_columns_are_read(name, expected):
    data = (SAMPLES / "asterisk-queue-table" / name).read_bytes()

    told = parsed(data)

    assert figures(told) == expected
    assert (told.pending, told.received, told.refused.height) == (1, expected[0] + 1, 0)
    assert figures(parsed(turned_round(data.decode("utf-8-sig")))) == expected


def test_the_samples_tell_the_same_calls():
    each = [
        without_lines(parsed((SAMPLES / "asterisk-queue-table" / name).read_bytes()))
        for name in ("queuemetrics.csv", "freepbx.tsv", "bicom.csv")
    ]

    assert each[0] == each[1] == each[2]
    outcomes = [call["outcome"] for call in each[0]]
    assert sorted(outcomes) == ["abandoned", *["answered"] * 3, "incomplete", "no_agents"]
    assert [call["wait_seconds"] for call in each[0]] == [20, 130, 30, 120, 30, None]


def test_callers_turned_away_are_calls_with_a_wait_not_known():
    told = parsed((SAMPLES / "asterisk-queue-table" / "wazo.csv").read_bytes())

    away = told.calls.filter(pl.col("outcome").is_in(["queue_full", "no_agents", "closed"]))
    rows = away.select("outcome", "wait_seconds").rows()
    assert sorted(rows, key=str) == sorted(
        [
            ("no_agents", 30),
            ("queue_full", None),
            ("no_agents", None),
            ("closed", None),
            ("queue_full", None),
        ],
        key=str,
    )


@pytest.mark.parametrize(("newest_first", "mark"), [(True, ","), (False, ";"), (True, "\t")])
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_real_log_as_a_table_gives_exactly_the_calls_of_the_log(
    older_log, newer_log, system, newest_first, mark
):
    text = whole_sample(older_log, newer_log)

    told = parsed(table_of(text, system=system, newest_first=newest_first, mark=mark))

    expected = of_the_log(text)
    assert figures(told) == (160, 135, 120)
    assert without_lines(told) == without_lines(expected)
    assert (told.received, told.ignored, told.pending) == (
        expected.received,
        expected.ignored,
        expected.pending,
    )
    assert (told.first_at, told.last_at, told.spans) == (
        expected.first_at,
        expected.last_at,
        expected.spans,
    )


@settings(max_examples=25, deadline=None)
@given(text=logs(), system=st.sampled_from(list(SYSTEMS)), newest_first=st.booleans())
def test_made_up_logs_as_tables_give_the_calls_of_the_log(text, system, newest_first):
    told = parsed(table_of(text, system=system, newest_first=newest_first))

    assert without_lines(told) == without_lines(of_the_log(text))


def on_the_night_of_autumn(text: str, *, back: int) -> str:
    """The log moved so that it begins `back` s before the clock is; callids get their epochs."""
    move = int(datetime(2025, 10, 26, 1, tzinfo=UTC).timestamp()) - back - int(text[:10])
    cells = [line.split("|") for line in text.splitlines()]
    began: dict[str, int] = {}
    for epoch, callid, *_ in cells:
        began.setdefault(callid, int(epoch) + move)
    return "".join(
        "|".join([str(int(epoch) + move), _with_epoch(callid, began[callid]), *rest]) + "\n"
        for epoch, callid, *rest in cells
    )


def _with_epoch(callid: str, began: int) -> str:
    return callid if callid == "NONE" else f"pbx-{began}.{callid[1:]}"


@settings(max_examples=30, deadline=None)
@given(
    text=logs(),
    system=st.sampled_from(["wazo local", "freepbx"]),
    newest_first=st.booleans(),
    back=st.integers(-10, 15) | st.integers(-3600, 3600),
)
def test_local_times_over_the_turn_of_the_clock_give_the_calls_of_the_log(
    text, system, newest_first, back
):
    night = on_the_night_of_autumn(text, back=back)

    told = parsed(table_of(night, system=system, newest_first=newest_first))

    for call, expected in zip(without_lines(told), without_lines(of_the_log(night)), strict=True):
        assert call | {"time_quality": "exact"} == expected


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("queues", [("q1", "q2"), ("q2", "q1")])
def test_the_number_of_the_row_tells_also_where_the_clock_hides_which_way_the_file_runs(
    newest_first, queues
):
    """The clock steps back once, whichever end is read first, and rows of no call are in doubt."""
    rows = (
        "NONE|NONE|NONE|QUEUESTART|",
        *(f"c0|{queue}|NONE|FULL|" for queue in queues),
        "NONE|NONE|NONE|CONFIGRELOAD|",
    )
    log_text = "".join(
        f"{1_700_000_000 + at}|{row}\n" for at, row in zip((0, 1, 1, 101), rows, strict=True)
    )
    night = on_the_night_of_autumn(log_text, back=1)

    [call] = parsed(table_of(night, system="freepbx", newest_first=newest_first)).calls.to_dicts()

    assert [leg["queue"] for leg in json.loads(call["legs"])] == list(queues)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["c1", "c2"]), min_size=2, max_size=6), st.data())
def test_what_the_table_cannot_tell_is_at_least_told_alike_from_either_end(callids, data):
    """Rows of one second without numbers: nothing says which was first."""
    verbs = st.sampled_from(["FULL", "JOINEMPTY", "ENTERQUEUE", "ABANDON"])
    queues = st.sampled_from(["q1", "q2"])
    rows = [f"1761335400,{c},{data.draw(queues)},{data.draw(verbs)}" for c in callids]

    one, other = (parsed(realtime(*way)) for way in (rows, rows[::-1]))

    assert without_lines(one) == without_lines(other)


def one_after_another(*tables: str) -> ParsedCalls:
    stored = table.expand(pl.DataFrame(schema={"external_id": pl.String, "trace": pl.String}))
    for text in tables:
        events = table.events_in(text.encode(), settings=SETTINGS)
        united = table.unite(stored, events.frame)
        stored = table.expand(table.compact(united))
    return table.calls_from(replace(events, frame=united), settings=SETTINGS)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0)])
def test_calls_split_over_two_exports_become_one(older_log, newer_log, system, order):
    texts = [older_log.read_text(), newer_log.read_text()]
    tables = [table_of(text, system=system) for text in texts]

    told = one_after_another(*(tables[n] for n in order))

    assert figures(told) == (160, 135, 120)
    assert without_lines(told) == without_lines(of_the_log("".join(texts)))


@settings(max_examples=15, deadline=None)
@given(text=logs(), system=st.sampled_from(list(SYSTEMS)), data=st.data())
def test_a_row_limited_export_is_finished_by_the_next(text, system, data):
    each = text.splitlines(keepends=True)
    at = data.draw(st.integers(1, len(each) - 1))
    halves = ["".join(each[:at]), "".join(each[at:])]
    tables = [table_of(half, system=system) for half in halves]

    whole = without_lines(of_the_log(text))

    assert without_lines(one_after_another(*tables)) == whole
    assert without_lines(one_after_another(*reversed(tables))) == whole


def test_an_export_limited_in_rows_leaves_calls_pending_and_incomplete(older_log, newer_log):
    rows = table_of(whole_sample(older_log, newer_log), system="wazo").splitlines(keepends=True)

    told = parsed("".join([rows[0], *rows[100:400]]))

    assert told.pending > 0
    assert told.calls.filter(outcome="incomplete").height > 0
    assert told.received == told.calls.height + told.pending


def test_no_caller_number_survives_in_calls_traces_or_refusals(older_log, newer_log):
    text = whole_sample(older_log, newer_log)
    for system in SYSTEMS:
        rows = table_of(text, system=system)
        events = table.events_in(rows.encode(), settings=SETTINGS)
        told = table.calls_from(events, settings=SETTINGS)

        frames = [events.frame, table.compact(events.frame), told.calls, told.refused]
        kept = json.dumps([frame.to_dicts() for frame in frames], default=str)

        assert "0047000" in rows
        assert "0047000" not in kept


def test_a_number_in_place_of_a_talk_time_is_no_talk_time():
    told = parsed(
        realtime(
            "1761335400,1761335400.1,q,ENTERQUEUE,,00000001,1",
            "1761335410,1761335400.1,q,CONNECT,10,x,2",
            "1761335420,1761335400.1,q,COMPLETECALLER,10,00000001,1",
        )
    )

    assert told.calls["talk_seconds"].to_list() == [None]


def test_names_and_notes_around_the_column_names_do_no_harm():
    text = (
        "Export of queue events\n\n"
        '"Queue_Log.UID";"Date_Time (epoch)";`CallID`;"queue_name";"type(agent)";event\n'
        "1;1761335400;1761335400.1;q;op;ENTERQUEUE\n"
    )

    assert parsed(text).calls["outcome"].to_list() == ["incomplete"]


def test_a_queue_keeps_its_letters_and_a_quoted_name_its_comma():
    text = realtime("1761335400,1761335400.1,Kø,ENTERQUEUE").replace("NONE", '"Å, B"')

    assert parsed(text.encode("cp1252")).calls["queue"].to_list() == ["Kø"]


def test_an_epoch_is_taken_before_the_clock_beside_it():
    header = "uid,date_time,callid,queue_name,type,event,ttime,time\n"
    text = header + "1,1761335400,1761335400.1,q,op,ENTERQUEUE,,2025-10-24 23:59:59\n"

    assert parsed(text).first_at == datetime(2025, 10, 24, 19, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2025-10-24 21:50:00",
        "2025-10-24T21:50:00.250",
        "24.10.2025 21:50:00",
        "2025-10-24 19:50:00.999999+00",
        "2025-10-24 21:50:00+02:00",
        "2025-10-24T19:50:00Z",
        "2025-10-24 19:50:00 UTC",
        "1761335400",
        "1761335400.75",
    ],
)
def test_the_moment_is_the_same_however_it_is_written(written):
    told = parsed(realtime(f"{written},c1,q,ENTERQUEUE"))

    assert told.calls["arrived_at"].to_list() == [datetime(2025, 10, 24, 19, 50, tzinfo=UTC)]
    assert told.calls["time_quality"].to_list() == ["exact"]


def test_a_clock_in_utc_is_known_by_the_epochs_of_the_calls():
    told = parsed(
        realtime(
            "2025-10-24 19:50:01.100000,1761335400.1,q,ENTERQUEUE",
            "2025-10-24 19:50:31.100000,1761335400.1,q,ABANDON,1,1,30",
        )
    )

    assert told.calls["arrived_at"].to_list() == [datetime(2025, 10, 24, 19, 50, 1, tzinfo=UTC)]


def test_a_time_that_never_was_is_refused():
    told = parsed(
        realtime(
            "2025-03-30 01:59:00,c1,q,ENTERQUEUE",
            "2025-03-30 02:30:00,c2,q,ENTERQUEUE",
            "2025-03-30 03:00:00,c3,q,ENTERQUEUE",
        )
    )

    assert told.refused.select("line", "external_id", "field", "code", "value").rows() == [
        (3, "c2", "arrived_at", "nonexistent_time", "2025-03-30 02:30:00")
    ]
    assert told.calls.height == 2


FIRST, SECOND = (datetime(2025, 10, 26, hour, 30, tzinfo=UTC) for hour in (0, 1))


@pytest.mark.parametrize("moment", [FIRST, SECOND])
def test_the_doubled_hour_is_told_by_the_call_s_own_epoch(moment):
    callid = f"{int(moment.timestamp()) - 3}.1"

    told = parsed(
        realtime(f"2025-10-26 02:30:00,{callid},q,ENTERQUEUE", "2025-10-26 12:00:00,NONE,,X")
    )

    assert told.calls["arrived_at"].to_list() == [moment]
    assert told.calls["time_quality"].to_list() == ["resolved"]
    assert told.warnings == ()


def test_a_call_over_the_turn_of_the_clock_keeps_its_wait():
    began = int(datetime(2025, 10, 26, 0, 59, tzinfo=UTC).timestamp())
    rows = [
        f"2025-10-26 02:59:00,{began}.1,q,ENTERQUEUE",
        f"2025-10-26 02:00:30,{began}.1,q,CONNECT,90,x,3",
        f"2025-10-26 02:05:30,{began}.1,q,COMPLETEAGENT,90,300,1",
    ]

    for order in (rows, rows[::-1]):
        told = parsed(realtime("2025-10-26 12:00:00,NONE,,X", *order))
        assert told.calls.select("outcome", "wait_seconds").rows() == [("answered", 90)]


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_doubled_hour_is_told_by_the_order_where_the_callid_tells_nothing(newest_first):
    rows = [
        "2025-10-26 01:30:00,a,q,ENTERQUEUE",
        "2025-10-26 02:30:00,b,q,ENTERQUEUE",
        "2025-10-26 02:10:00,c,q,ENTERQUEUE",
        "2025-10-26 03:30:00,d,q,ENTERQUEUE",
    ]

    told = parsed(realtime(*(reversed(rows) if newest_first else rows)))

    by_id = {row["external_id"]: row for row in told.calls.to_dicts()}
    assert by_id["b"]["arrived_at"] == FIRST
    assert by_id["c"]["arrived_at"] == SECOND.replace(minute=10)
    assert [by_id[name]["time_quality"] for name in "abcd"] == [
        "exact",
        "resolved",
        "resolved",
        "exact",
    ]


def test_what_nothing_tells_is_ambiguous_and_stays_so_in_the_traces():
    text = realtime("2025-10-26 02:30:00,a,q,ENTERQUEUE", "2025-10-26 02:31:00,a,q,ABANDON,1,1,60")

    for told in (parsed(text), one_after_another(text), one_after_another(text, text)):
        assert told.calls["time_quality"].to_list() == ["ambiguous"]
        assert told.calls["arrived_at"].to_list() == [FIRST]
        assert [(w.code, w.count) for w in told.warnings] == [("ambiguous_time", 1)]


OVERFLOW = (
    "2025-10-24 21:51:00,1761335400.1,main,EXITWITHTIMEOUT,1,1,60",
    "2025-10-24 21:51:00,1761335400.1,more,ENTERQUEUE,,00000001,1",
)


@pytest.mark.parametrize("same_second", [OVERFLOW, OVERFLOW[::-1]])
def test_rows_of_one_second_are_put_as_they_must_have_been(same_second):
    told = parsed(
        realtime(
            "2025-10-24 21:52:10,1761335400.1,more,ABANDON,1,1,70",
            *same_second,
            "2025-10-24 21:50:00,1761335400.1,main,ENTERQUEUE,,00000001,1",
        )
    )

    [call] = told.calls.to_dicts()
    assert (call["outcome"], call["wait_seconds"]) == ("abandoned", 130)
    assert [leg["outcome"] for leg in json.loads(call["legs"])] == ["timeout", "abandoned"]


def test_the_number_of_the_row_tells_the_order_of_a_second():
    text = (
        "id,time,callid,queuename,serverid,agent,event,data1,data2\n"
        "12,2025-10-24 21:50:00,1761335400.1,q,,op,CONNECT,0,x\n"
        "11,2025-10-24 21:50:00,1761335400.1,q,,NONE,ENTERQUEUE,,00000001\n"
        "13,2025-10-24 21:50:00,1761335400.1,q,,op,COMPLETEAGENT,0,0\n"
    )

    assert parsed(text).calls.select("outcome", "wait_seconds").rows() == [("answered", 0)]


def test_two_exchanges_in_one_file_are_refused():
    header = "partition,time_id,call_id,queue,agent,verb,serverid\n"
    rows = [f"P00{n},1761335400,1761335400.1,q,NONE,ENTERQUEUE,\n" for n in (1, 2)]

    with pytest.raises(Unreadable) as error:
        parsed(header + "".join(rows))

    assert (error.value.code, error.value.params["servers"]) == (
        "several_servers",
        ["P001", "P002"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Dato;Status\n1;2\n",
        "time,callid,queuename\n1761335400,1.1,q\n",
        REALTIME + "yesterday,1.1,q,NONE,ENTERQUEUE,,,,,\n",
    ],
)
def test_another_kind_of_table_is_no_queue_log(text):
    with pytest.raises(Unreadable) as error:
        parsed(text)

    assert error.value.code == "not_a_queue_log"


def test_rows_that_cannot_be_read_are_refused_by_line():
    good = [f"176133540{n},c{n},q,ENTERQUEUE" for n in range(5)]
    text = realtime(*good, "then,c6,q,ENTERQUEUE", "1761335400,c7,q,,1", "876133540,c8,q,X")

    told = parsed(text + "1761335400,c9")

    assert told.refused.select("line", "external_id", "code").rows() == [
        (7, "c6", "invalid_time"),
        (8, "c7", "unreadable_line"),
        (9, "c8", "implausible_time"),
        (10, None, "ragged_row"),
    ]


def test_an_export_without_rows_has_no_calls():
    told = parsed(REALTIME)

    assert (told.calls.height, told.received, told.first_at, told.spans) == (0, 0, None, ())
