from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import threecx_call_report as threecx
from callstats.sources.frames import CALLS, REFUSED, ParsedCalls, SourceSettings, Unreadable
from tests.callstats.sources.conftest import SAMPLES

AMERICAN = SAMPLES / "3cx-call-report" / "report_en-US.csv"
NORWEGIAN = SAMPLES / "3cx-call-report" / "report_nb-NO.csv"
OSLO = ZoneInfo("Europe/Oslo")

TITLES = "Type: Call Reports,,\nPeriod: any,,,,\nFrom: Any,\n"
HEADER = "Call Time,Caller ID,,Destination,Status,Ringing,Talking,Totals,Cost,Reason,Play\n"
FOOTER = "Total:,,,,,0.00:10:00,1.02:03:04,1.02:13:04,,,\n3CX Ltd.\n"
QUEUE = "{},00000001,x,Q 801 Legevakt,answered,0:00:00,0:01:00,0:01:00,,,\n"
AGENT = ",00000001,x,Fiktiv (101),answered,0:00:09,0:02:00,0:02:09,,,\n"
CALLER = ("00000001", "Testperson")


def settings_with(mapping: dict | None = None) -> SourceSettings:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return SourceSettings(profile="3cx-call-report", now=now, mapping=mapping)


def parsed(text: str, mapping: dict | None = None) -> ParsedCalls:
    return threecx.calls_in(text, settings=settings_with(mapping))


def report(*rows: str, mapping: dict | None = None) -> ParsedCalls:
    return parsed(TITLES + HEADER + "".join(rows) + FOOTER, mapping)


def unreadable(text: str, mapping: dict | None = None) -> tuple[str, dict]:
    with pytest.raises(Unreadable) as error:
        parsed(text, mapping)
    return error.value.code, error.value.params


def refused(told: ParsedCalls) -> list[tuple]:
    return told.refused.select("line", "field", "code").rows()


def outcome_of(*rows: str) -> tuple:
    [call] = report(*rows).calls.select("outcome", "wait_seconds").rows()
    return call


@pytest.mark.parametrize("sample", [AMERICAN, NORWEGIAN])
def test_the_sample_gives_the_figures_counted_by_hand(sample):
    told = threecx.read_calls(sample, settings=settings_with())

    calls = told.calls
    assert dict(calls.schema) == CALLS
    assert (calls.height, told.refused.height, told.received) == (7, 0, 7)
    assert dict(calls["outcome"].value_counts().rows()) == {
        "answered": 3,
        "abandoned": 2,
        "no_agents": 1,
        "voicemail": 1,
    }
    answered = calls.filter(pl.col("outcome") == "answered")
    assert answered["wait_seconds"].to_list() == [120, 121, 5]
    assert answered.filter(pl.col("wait_seconds") <= 120).height == 2
    assert told.ignored == 4 + 2 + 1
    assert [(w.code, w.count) for w in told.warnings] == [("weak_key", 7)]


def test_a_report_in_another_locale_gives_the_same_calls_and_ids():
    american = threecx.read_calls(AMERICAN, settings=settings_with()).calls
    norwegian = threecx.read_calls(NORWEGIAN, settings=settings_with()).calls

    assert american.drop("arrived_text").equals(norwegian.drop("arrived_text"))


def test_a_call_arrives_in_the_queue_after_the_ivr_and_waits_ringing_and_talking():
    calls = threecx.read_calls(AMERICAN, settings=settings_with()).calls

    call = calls.row(1, named=True)
    assert call["arrived_at"] == datetime(2025, 10, 24, 22, 0, 2, tzinfo=UTC)
    assert call["arrived_text"] == "10/24/2025 11:59:50 PM"
    assert (call["wait_seconds"], call["talk_seconds"]) == (Decimal(120), Decimal(180))
    assert call["announcement_seconds"] == 12
    assert call["answered_at"] - call["arrived_at"] == timedelta(seconds=120)
    assert call["ended_at"] - call["answered_at"] == timedelta(seconds=180)
    assert call["queue"] == "Q 801 Legevakt"


def test_an_abandoned_call_with_no_time_in_the_queue_has_an_unknown_wait():
    assert outcome_of(QUEUE.format("24.10.2025 21:00:00").replace("0:01:00", "0:00:00")) == (
        "abandoned",
        None,
    )


def test_a_queue_that_answers_with_music_only_is_an_abandoned_call():
    assert outcome_of(QUEUE.format("24.10.2025 21:00:00")) == ("abandoned", 60)


@pytest.mark.parametrize(
    "row",
    [
        ",00000001,x,Fiktiv (101),answered,0:00:09,0:00:20,,,replaced by VMail,\n",
        ",00000001,x,VMail of 801,answered,0:00:00,0:00:20,,,,\n",
        ",00000001,x,replaced by VMail,,,,,,,\n" + AGENT,
    ],
)
def test_voicemail_is_no_operator(row):
    assert outcome_of(QUEUE.format("24.10.2025 21:00:00"), row) == ("voicemail", 60)


def test_an_agent_who_did_not_answer_is_an_offer_only():
    offer = AGENT.replace("answered", "unanswered")

    assert outcome_of(QUEUE.format("24.10.2025 21:00:00"), offer)[0] == "abandoned"
    assert outcome_of(QUEUE.format("24.10.2025 21:00:00"), offer, AGENT)[0] == "answered"


def test_a_second_queue_is_more_of_the_same_wait():
    overflow = QUEUE.format("").replace("801", "802").replace("0:01:00", "0:02:30")

    told = report(QUEUE.format("24.10.2025 21:00:00"), overflow, AGENT)

    [call] = told.calls.select("queue", "wait_seconds", "outcome").rows()
    assert call == ("Q 801 Legevakt", 210, "answered")


def test_a_call_picked_up_by_a_colleague_is_answered():
    row = ",00000001,x,Fiktiv (101),Picked up by Fiktiv (102),0:00:09,0:02:00,,,,\n"

    assert outcome_of(QUEUE.format("24.10.2025 21:00:00"), row)[0] == "answered"


def test_a_call_terminated_by_the_queue_is_closed_only_if_the_settings_say_so():
    row = QUEUE.format("24.10.2025 21:00:00").replace(",,,\n", ",,Terminated by Q 801,\n")

    assert report(row).calls["outcome"].to_list() == ["no_agents"]
    told = report(row, mapping={"terminated_by_queue": "closed"})
    assert told.calls["outcome"].to_list() == ["closed"]


def test_a_queue_row_without_durations_has_an_unknown_wait():
    row = "24.10.2025 21:00:00,00000001,x,Q 801 Legevakt,answered,,,,,,\n"

    assert outcome_of(row, AGENT) == ("answered", None)


@pytest.mark.parametrize(
    ("text", "mapping", "expected"),
    [
        ("13/5/2025 21:00:00", None, datetime(2025, 5, 13, 19, 0, tzinfo=UTC)),
        ("5/13/2025 21:00:00", None, datetime(2025, 5, 13, 19, 0, tzinfo=UTC)),
        ("5/5/2025 9:00:00\u202fpm", None, datetime(2025, 5, 5, 19, 0, tzinfo=UTC)),
        ("1.5.2025 21:00:00", None, datetime(2025, 5, 1, 19, 0, tzinfo=UTC)),
        ("1/5/2025 21:00:00", {"date_order": "dmy"}, datetime(2025, 5, 1, 19, 0, tzinfo=UTC)),
        ("1/5/2025 9:00:00 PM", {"date_order": "mdy"}, datetime(2025, 1, 5, 20, 0, tzinfo=UTC)),
    ],
)
def test_the_date_order_is_the_only_one_that_fits_or_the_one_given(text, mapping, expected):
    told = report(QUEUE.format(text), mapping=mapping)

    assert told.calls["arrived_at"].to_list() == [expected]


def test_a_date_order_is_never_guessed():
    same, either = QUEUE.format("5/5/2025 9:00:00 AM"), QUEUE.format("1/5/2025 9:00:00 AM")
    day_first, month_first = QUEUE.format("13/5/2025 9:00:00"), QUEUE.format("5/13/2025 9:00:00")

    def told(*rows, mapping=None):
        return unreadable(TITLES + HEADER + "".join(rows) + FOOTER, mapping)

    assert told(same, either) == ("date_order_unknown", {"line": 6})
    assert told(day_first, same, month_first) == ("date_order_unknown", {"line": 7})
    assert told(month_first, day_first) == ("date_order_unknown", {"line": 6})
    wrong = told(same, day_first, mapping={"date_order": "mdy"})
    assert wrong == ("wrong_date_order", {"line": 6, "formats": ["mdy"]})


@pytest.mark.parametrize(
    "mapping",
    [{"date_order": "ymd"}, {"date_order": 1}, {"colour": "mdy"}, {"date_order": ["mdy"]}],
)
def test_a_bad_setting_names_its_key(mapping):
    assert unreadable(HEADER, mapping) == ("bad_mapping", {"key": next(iter(mapping))})


@pytest.mark.parametrize(
    ("rows", "line", "field", "code"),
    [
        ([AGENT], 5, None, "orphan_row"),
        (["24.10.2025 21:00:00,00000001\n"], 5, None, "ragged_row"),
        ([QUEUE.format("24.10.2025 21:00:00"), ",00000001,x\n"], 6, None, "ragged_row"),
        ([QUEUE.format("i går")], 5, "arrived_at", "invalid_time"),
        ([QUEUE.format("30.03.2025 02:30:00")], 5, "arrived_at", "nonexistent_time"),
        ([QUEUE.format("24.10.2027 21:00:00")], 5, "arrived_at", "implausible_time"),
        (
            [QUEUE.format("24.10.2025 21:00:00").replace("answered", "svara")],
            5,
            "outcome",
            "unknown_outcome",
        ),
        (
            [QUEUE.format("24.10.2025 21:00:00"), AGENT.replace("0:02:00", "lenge")],
            6,
            "wait_seconds",
            "invalid_duration",
        ),
        (
            [QUEUE.format("24.10.2025 21:00:00").replace("0:01:00", "-0:01:00")],
            5,
            "wait_seconds",
            "negative_duration",
        ),
        (
            [QUEUE.format("24.10.2025 21:00:00").replace("0:01:00", "1.02:03:04")],
            5,
            "wait_seconds",
            "implausible_duration",
        ),
    ],
)
def test_a_call_that_cannot_be_told_is_refused_by_line_and_the_others_stay(rows, line, field, code):
    told = report(*rows, QUEUE.format("25.10.2025 09:00:00"))

    assert refused(told) == [(line, field, code)]
    assert (told.calls.height, told.received) == (1, 2)


def test_a_report_without_its_footer_may_lack_rows_of_its_last_call():
    text = HEADER + QUEUE.format("25.10.2025 09:00:00") + QUEUE.format("25.10.2025 08:00:00")

    told = parsed(text)

    assert refused(told) == [(3, None, "cut_off")]
    assert told.calls["line"].to_list() == [2]


def test_reports_put_together_are_read_as_one_and_rows_never_cross_over():
    one = TITLES + HEADER + QUEUE.format("25.10.2025 09:00:00") + AGENT + FOOTER

    told = parsed(one + one.replace("25.10", "24.10"))
    crossed = parsed(HEADER + QUEUE.format("25.10.2025 09:00:00") + HEADER + AGENT + FOOTER)

    assert told.calls["outcome"].to_list() == ["answered", "answered"]
    assert refused(crossed) == [(2, None, "cut_off"), (4, None, "orphan_row")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rapport\n1;2;3\n", "no_header"),
        ('{"calls": []}', "no_header"),
        ("1761335463|id|main|a|ENTERQUEUE||x|1\n", "no_header"),
        ("Call Time,Caller ID\n", "missing_columns"),
        (HEADER + QUEUE.format('"25.10.2025') + QUEUE.format("25.10.2025") * 80, "unclosed_quote"),
    ],
)
def test_a_foreign_file_is_named(text, code):
    assert unreadable(text)[0] == code


def test_an_empty_report_is_no_call():
    told = parsed(TITLES + HEADER + FOOTER)

    assert (told.received, told.ignored, told.first_at, told.spans) == (0, 5, None, ())


def test_in_the_night_the_clock_is_put_back_the_wait_is_the_stated_one():
    told = report(QUEUE.format("26.10.2025 01:59:30"), AGENT)

    [call] = told.calls.to_dicts()
    assert call["arrived_at"] == datetime(2025, 10, 25, 23, 59, 30, tzinfo=UTC)
    assert call["answered_at"] == datetime(2025, 10, 26, 0, 0, 30, tzinfo=UTC)
    assert call["time_quality"] == "exact"


def test_in_the_night_the_clock_is_put_forward_the_wait_is_the_stated_one():
    told = report(QUEUE.format("30.03.2025 01:59:30"), AGENT)

    [call] = told.calls.to_dicts()
    assert call["answered_at"] == datetime(2025, 3, 30, 1, 0, 30, tzinfo=UTC)


def test_the_doubled_hour_is_told_by_row_order_else_marked():
    ordered = [f"26.10.2025 {t}" for t in ("01:30:00", "02:40:00", "02:20:00", "03:10:00")]
    shuffled = [
        f"26.10.2025 {t}"
        for t in ("03:10:00", "02:20:00", "01:30:00", "02:40:00", "04:00:00", "00:10:00")
    ]

    told, unsure = report(*map(QUEUE.format, ordered)), report(*map(QUEUE.format, shuffled))

    assert told.calls["time_quality"].to_list() == ["exact", "resolved", "resolved", "exact"]
    assert told.calls["arrived_at"].is_sorted()
    assert unsure.calls["time_quality"].to_list().count("ambiguous") == 2
    assert [(w.code, w.count) for w in unsure.warnings][1] == ("ambiguous_time", 2)


def test_a_call_exported_again_in_another_file_has_the_same_id():
    twin = QUEUE.format("25.10.2025 09:00:00") + AGENT
    older, newer = QUEUE.format("13.10.2025 08:00:00"), QUEUE.format("26.10.2025 12:00:00")

    first = report(twin, older, twin).calls["external_id"].to_list()
    again = report(newer, twin, twin).calls["external_id"].to_list()

    assert len(set(first)) == 3
    assert again[1:] == [first[0], first[2]]


def test_the_id_does_not_depend_on_the_caller_the_agent_or_the_reason():
    rows = QUEUE.format("25.10.2025 09:00:00") + AGENT
    other = (
        rows.replace("00000001", "00000002").replace("Fiktiv", "Ukjend").replace(",,,\n", ",,Z,\n")
    )

    ids = [report(text).calls["external_id"][0] for text in (rows, other)]

    assert ids[0] == ids[1]
    assert ids[0] != report(rows.replace("0:01:00", "0:01:01")).calls["external_id"][0]


def test_no_caller_s_number_or_name_comes_out():
    told = threecx.read_calls(AMERICAN, settings=settings_with())
    shifted = report(
        "Testperson 00000001:,,,Q 801,answered,0:00:01,0:00:01,,,,\n",
        QUEUE.format("Testperson 00000001"),
    )

    shown = str(told.calls.to_dicts()) + str(told.warnings)
    shown += str(shifted.refused.to_dicts()) + str(shifted.calls.to_dicts())
    assert not any(
        trace in shown for trace in ("Testperson", "Fiktiv", *(f"0000000{n}" for n in range(10)))
    )
    assert shifted.refused["code"].to_list() == ["invalid_time", "invalid_time"]


MOMENTS = st.integers(0, 295 * 24 * 3600).map(
    lambda seconds: datetime(2025, 1, 1, tzinfo=OSLO) + timedelta(seconds=seconds)
)
A_CALL = st.fixed_dictionaries(
    {
        "local": MOMENTS.filter(lambda m: (m.month, m.day) != (3, 30)),
        "ivr": st.integers(0, 300),
        "ringing": st.integers(0, 60),
        "talking": st.integers(1, 3600),
        "outcome": st.sampled_from(["answered", "abandoned", "voicemail", "no_agents"]),
        "talk": st.integers(0, 7200),
    }
)


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def rendered(call: dict) -> str:
    reason = "Terminated by Q 801" if call["outcome"] == "no_agents" else "Terminated by 00000001"
    times = f"{clock(call['ringing'])},{clock(call['talking'])}"
    rows = [f'x,x,"IVR 800, Hei",answered,00:00:00,{clock(call["ivr"])},,,,'] if call["ivr"] else []
    rows.append(f"x,x,Q 801 Legevakt,answered,{times},,,{reason},")
    if call["outcome"] in ("answered", "voicemail"):
        reason = "replaced by VMail" if call["outcome"] == "voicemail" else ""
        rows.append(f"x,x,Fiktiv (101),answered,00:00:07,{clock(call['talk'])},,,{reason},")
    local = call["local"]
    first = f"{local:%d.%m.%Y %H:%M:%S}"
    return "".join(f"{first if n == 0 else ''},{row}\n" for n, row in enumerate(rows))


@settings(deadline=None, max_examples=30)
@given(st.lists(A_CALL, max_size=8))
def test_calls_written_as_a_report_come_back_as_they_were(calls):
    told = report(*map(rendered, calls))

    seen = told.calls.select("arrived_at", "outcome", "wait_seconds", "announcement_seconds").rows()
    assert seen == [
        (
            call["local"].astimezone(UTC) + timedelta(seconds=call["ivr"]),
            call["outcome"],
            call["ringing"] + call["talking"],
            call["ivr"],
        )
        for call in calls
    ]
    assert told.calls["external_id"].is_unique().all()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_torn_file_gives_calls_refusals_or_a_named_error(data):
    whole = AMERICAN.read_text(encoding="utf-8-sig")
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    dirt = data.draw(st.text(max_size=12))
    text = whole[:start] + dirt + whole[end:]
    try:
        told = parsed(text)
    except Unreadable:
        return
    assert dict(told.calls.schema) == CALLS
    assert dict(told.refused.schema) == REFUSED
    assert told.received == told.calls.height + told.refused.height


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 3000))
def test_a_file_cut_anywhere_never_tells_a_call_otherwise(length):
    whole = AMERICAN.read_text(encoding="utf-8-sig")
    right = {c["external_id"] for c in parsed(whole).calls.to_dicts()}
    try:
        told = parsed(whole[:length], {"date_order": "mdy"})
    except Unreadable:
        return
    assert {c["external_id"] for c in told.calls.to_dicts()} <= right
