"""Bad files of the profile asterisk-queue-log."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making import anything
from tests.samples.bad.making.cases import (
    Case,
    inserted,
    lines,
    of_profile,
    part,
    replaced,
    whole,
)

PROFILE = "asterisk-queue-log"
GOOD = (
    "1761336400|NONE|NONE|NONE|QUEUESTART|",
    "1761336410|1761336409.1|lv_116117|NONE|ENTERQUEUE||00000001|1",
    "1761336430|1761336409.1|lv_116117|PJSIP/op1|CONNECT|20|1761336410.2|3",
    "1761336500|1761336409.1|lv_116117|PJSIP/op1|COMPLETECALLER|20|70|1",
    "1761336510|1761336509.3|lv_116117|NONE|ENTERQUEUE||00000002|1",
    "1761336540|1761336509.3|lv_116117|NONE|ABANDON|1|1|30",
    "1761336600|1761336599.4|lv_116117|NONE|ENTERQUEUE||00000003|1",
    "1761336650|1761336599.4|lv_116117|NONE|EXITWITHTIMEOUT|1|1|50",
    "1761336660|NONE|NONE|NONE|CONFIGRELOAD|",
)
LINE = "unreadable_line"
OFF = {"ignored": 2}  # QUEUESTART and CONFIGRELOAD


def cases() -> list[Case]:
    good = lines(*GOOD)
    login = {"code": "not_a_queue_log", "place": {"line": 1}}
    return [
        *anything.for_profile(PROFILE, good=good, mapping=None, login=login),
        *of_profile(PROFILE, anything.zip_of(good, code="spreadsheet_not_supported")),
        *of_profile(PROFILE, *_cut(), *_torn(), *_times(), *_no_logs(), *_huge(), *_untrue()),
    ]


def _cut() -> list[dict[str, Any]]:
    return [
        part(
            "cut_in_last_line.log",
            lines(*GOOD[:7]) + "1761336650|1761336599.4|lv_116117|NONE|EXITWITHTIMEOUT|1",
            "The copy was taken while the line was being written: the wait is not known.",
            (8, None, LINE),
            calls=3,
            ignored=1,
        ),
        part(
            "cut_in_first_line.log",
            good_from(2)[4:],
            "The head is cut within an epoch: the call's beginning is lost, so it waits.",
            (1, "arrived_at", "implausible_time"),
            calls=2,
            pending=1,
            ignored=1,
        ),
        part(
            "cut_before_the_verb.log",
            replaced(GOOD, {6: "1761336540|1761336509.3|lv_116117|NONE"}),
            "A line without what happened: the caller's end is not known.",
            (6, None, LINE),
            calls=3,
            **OFF,
        ),
        part(
            "without_its_beginning.log",
            good_from(3),
            "The log was rotated in the middle of a call: it waits for the other file.",
            calls=2,
            pending=1,
            ignored=1,
        ),
    ]


def good_from(line: int) -> str:
    return lines(*GOOD[line - 1 :])


def _torn() -> list[dict[str, Any]]:
    latin = lines(*GOOD).replace("PJSIP/op1", "Åse Fiktiv").encode("latin-1")
    return [
        part(
            "control_letter_in_queue.log",
            replaced(GOOD, {5: GOOD[4].replace("lv_116117", "lv\x07116117")}),
            "A bell in the name of a queue: no queue is called that.",
            (5, None, LINE),
            calls=2,
            pending=1,
            **OFF,
        ),
        part(
            "merge_marks.log",
            inserted(GOOD, 5, "<<<<<<< HEAD"),
            "Marks of a version control system, left in a restored log.",
            (5, None, LINE),
            calls=3,
            **OFF,
        ),
        part(
            "bom_between_two_logs.log",
            replaced(GOOD, {5: "\ufeff" + GOOD[4]}),
            "Two files glued by an editor that begins each with a BOM.",
            (5, None, LINE),
            calls=2,
            pending=1,
            **OFF,
        ),
        part(
            "latin_names_and_a_cut_line.log",
            latin + b"1761336670|17613",
            "Agents' names in an old encoding are no fault; the last line is.",
            (10, None, LINE),
            calls=3,
            **OFF,
        ),
        part(
            "glued_lines.log",
            replaced(GOOD, {6: GOOD[5] + GOOD[6], 7: None}),
            "A line feed is lost: the beginning of a call hangs on the line before.",
            calls=2,
            pending=1,
            **OFF,
        ),
        whole(
            "old_mac_line_ends.log",
            lines(*GOOD).replace("\n", "\r"),
            "not_a_queue_log",
            "Carriage returns only: to Asterisk that is one line.",
            place={"line": 1},
        ),
    ]


def _times() -> list[dict[str, Any]]:
    told = (
        ("letters_in_epoch.log", "17613x6510", None, LINE, "A letter within the time."),
        ("negative_epoch.log", "-1761336510", None, LINE, "A time before 1970."),
        ("epoch_in_milliseconds.log", "1761336510000", None, LINE, "Another program's clock."),
        ("epoch_of_another_script.log", "١٧٦١٣٣٦٥١٠", None, LINE, "Arabic digits are no epoch."),
        ("empty_epoch.log", "", None, LINE, "No time at all."),
        ("epoch_with_blank.log", "1761336510 ", None, LINE, "Blanks around the columns."),
        ("epoch_zero.log", "0", "arrived_at", "implausible_time", "The clock was never set."),
        ("epoch_of_1999.log", "915148800", "arrived_at", "implausible_time", "A flat battery."),
        ("epoch_of_2286.log", "9999999999", "arrived_at", "implausible_time", "Far ahead."),
        ("epoch_next_week.log", "1763400000", "arrived_at", "implausible_time", "A wrong clock."),
    )
    return [
        part(
            name,
            replaced(GOOD, {5: GOOD[4].replace("1761336510", epoch, 1)}),
            wrong,
            (5, field, code),
            calls=2,
            pending=1,
            **OFF,
        )
        for name, epoch, field, code, wrong in told
    ]


def _no_logs() -> list[dict[str, Any]]:
    good, code, first = lines(*GOOD), "not_a_queue_log", {"line": 1}
    return [
        whole("commas.log", good.replace("|", ","), code, "Saved as CSV.", place=first),
        whole("blanks_around.log", good.replace("|", " | "), code, "Made pretty.", place=first),
        whole(
            "quoted_lines.log",
            lines(*(f'"{row}"' for row in GOOD)),
            code,
            "Each line was taken for one cell of a spreadsheet.",
            place=first,
        ),
        whole(
            "syslog.log",
            lines(*(f"Oct 24 22:06:40 pbx asterisk[77]: {row}" for row in GOOD)),
            code,
            "The log as another log has it.",
            place=first,
        ),
        whole(
            "mostly_torn.log",
            lines(*GOOD[:3], *(row[12:30] for row in GOOD[3:])),
            code,
            "More torn lines than whole ones: what is left is not the log.",
            place={"line": 4},
        ),
    ]


def _huge() -> list[dict[str, Any]]:
    return [
        part(
            "huge_queue.log",
            replaced(GOOD, {5: GOOD[4].replace("lv_116117", "k" * 5_000)}),
            "A queue of five thousand letters fits no column.",
            (5, "queue", "unknown_value"),
            calls=2,
            **OFF,
        ),
        part(
            "huge_callid.log",
            lines(*GOOD).replace("1761336509.3", "1761336509." + "3" * 5_000),
            "A call's id of five thousand digits.",
            (5, "id", "unknown_value"),
            calls=2,
            **OFF,
        ),
        part(
            "huge_agent_and_a_torn_line.log",
            replaced(GOOD, {3: GOOD[2].replace("op1", "o" * 20_000), 6: "x|" * 2_000}),
            "A name of any length is dropped; two thousand columns of nothing are no line.",
            (6, None, LINE),
            calls=3,
            **OFF,
        ),
    ]


def _untrue() -> list[dict[str, Any]]:
    return [
        part(
            "answered_before_it_came.log",
            replaced(GOOD, {3: GOOD[2].replace("1761336430", "1761336405", 1)}),
            "The answer lies before the arrival: an earlier line of the call may be missing.",
            calls=2,
            pending=1,
            **OFF,
        ),
        part(
            "callid_used_again.log",
            replaced(GOOD, {6: GOOD[5].replace("1761336540", "1761436540", 1)}),
            "One callid on two days: two calls under one name, and no way to part them.",
            (5, None, "call_spans_a_day"),
            calls=2,
            **OFF,
        ),
        part(
            "verbs_in_small_letters.log",
            replaced(GOOD, {5: GOOD[4].lower()}),
            "A beginning that is no verb of Asterisk's: the call waits for one.",
            calls=2,
            pending=1,
            **OFF,
        ),
    ]
