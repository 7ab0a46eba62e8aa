"""Bad files of the profile asterisk-queue-table."""

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

PROFILE = "asterisk-queue-table"
HEAD = "time,callid,queuename,agent,event,data1,data2,data3,data4,data5"
# Three calls, oldest first; the callids hold no epoch, so the clock alone tells the time.
GOOD = (
    HEAD,
    "2025-10-24 22:00:10,pbx-1,lv_116117,NONE,ENTERQUEUE,,00000001,1,,",
    "2025-10-24 22:00:30,pbx-1,lv_116117,PJSIP/op1,CONNECT,20,pbx-2,3,,",
    "2025-10-24 22:01:40,pbx-1,lv_116117,PJSIP/op1,COMPLETECALLER,20,70,1,,",
    "2025-10-24 22:02:10,pbx-3,lv_116117,NONE,ENTERQUEUE,,00000002,1,,",
    "2025-10-24 22:02:40,pbx-3,lv_116117,NONE,ABANDON,1,1,30,,",
    "2025-10-24 22:03:00,pbx-4,lv_116117,NONE,ENTERQUEUE,,00000003,1,,",
    "2025-10-24 22:04:00,pbx-4,lv_116117,NONE,EXITWITHTIMEOUT,1,1,60,,",
)
BEGUN = GOOD[4]
AT = "2025-10-24 22:02:10"
NO_LOG = "not_a_queue_log"


def cases() -> list[Case]:
    good = lines(*GOOD)
    login = {"code": NO_LOG, "place": {"line": 1}}
    return [
        *anything.for_profile(PROFILE, good=good, mapping=None, login=login),
        *of_profile(PROFILE, anything.zip_of(good, code="spreadsheet_not_supported")),
        *of_profile(PROFILE, *_headers(), *_times(), *_torn(), *_dumps(), *_untrue()),
    ]


def _headers() -> list[dict[str, Any]]:
    good, first = lines(*GOOD), {"line": 1}
    return [
        whole("no_header.csv", lines(*GOOD[1:]), NO_LOG, "Nothing names the columns.", place=first),
        whole(
            "cut_header.csv",
            "time,callid,queuena",
            NO_LOG,
            "The file ends within the names of the columns.",
            place=first,
        ),
        whole(
            "other_columns.csv",
            good.replace("queuename", "ringgroup", 1),
            NO_LOG,
            "A table of ring groups: one needed column is another.",
            place=first,
        ),
        part(
            "header_again.csv",
            inserted(GOOD, 5, HEAD, "2025-10-24 22:02:05,pbx-9,lv_116117,NONE"),
            "Two exports glued: the second header is none of the rows, the short row is torn.",
            (6, None, "ragged_row"),
            calls=3,
            ignored=1,
        ),
        part(
            "header_in_other_words.csv",
            inserted(GOOD, 5, HEAD.upper()),
            "The second header is in capitals, and so is read as a row that is none.",
            (5, "arrived_at", "invalid_time"),
            calls=3,
        ),
    ]


def _times() -> list[dict[str, Any]]:
    told = (
        ("gap_hour.csv", "2025-03-30 02:30:00", "nonexistent_time", "The clock sprang over it."),
        ("month_13.csv", "2025-13-24 22:02:10", "invalid_time", "There is no thirteenth month."),
        ("zero_date.csv", "0000-00-00 00:00:00", "invalid_time", "MySQL's word for no date."),
        ("short_year.csv", "24.10.25 22:02:10", "invalid_time", "Two digits: which century?"),
        ("clock_only.csv", "22:02:10", "invalid_time", "A time without its day."),
        ("no_time.csv", "", "invalid_time", "The column is empty."),
        ("american.csv", "10/24/2025 10:02:10 PM", "invalid_time", "A form no exchange writes."),
        ("rounded_epoch.csv", "1.76134E+09", "invalid_time", "Excel has rounded the epoch."),
        ("formula.csv", "=NOW()", "invalid_time", "A formula: its answer is another each day."),
        ("other_digits.csv", "١٧٦١٣٣٦٥١٠", "invalid_time", "Arabic digits are no epoch."),
        ("year_1970.csv", "1970-01-01 01:00:00", "implausible_time", "The clock was never set."),
        ("next_year.csv", "2026-10-24 22:02:10", "implausible_time", "A year ahead."),
        ("year_9999.csv", "9999-12-31 23:59:59", "implausible_time", "The end of all calendars."),
    )
    return [
        part(
            name,
            replaced(GOOD, {5: BEGUN.replace(AT, text)}),
            f"{wrong} The call's end waits for its beginning.",
            (5, "arrived_at", code),
            calls=2,
            pending=1,
        )
        for name, text, code, wrong in told
    ]


def _torn() -> list[dict[str, Any]]:
    control = BEGUN.replace("lv_116117", "lv\x01116117")
    return [
        part(
            "cut_row.csv",
            lines(*GOOD[:7]) + "2025-10-24 22:04:00,pbx-4,lv_",
            "The download was cut: how the last call ended is not known.",
            (8, None, "ragged_row"),
            calls=3,
        ),
        part(
            "comma_in_a_name.csv",
            replaced(GOOD, {3: GOOD[2].replace("PJSIP/op1", "Fiktiv, Åse")}),
            "A comma in an unquoted name moves every column after it.",
            (3, None, "unreadable_line"),
            calls=3,
        ),
        part(
            "no_verb.csv",
            replaced(GOOD, {6: GOOD[5].replace("ABANDON", "")}),
            "A row without what happened.",
            (6, None, "unreadable_line"),
            calls=3,
        ),
        part(
            "control_letter_in_queue.csv",
            replaced(GOOD, {5: control}),
            "No queue has a control letter in its name.",
            (5, None, "unreadable_line"),
            calls=2,
            pending=1,
        ),
        whole(
            "unclosed_quote.csv",
            replaced(GOOD, {3: GOOD[2].replace("PJSIP", '"PJSIP')}) + "x\n" * 60,
            "unclosed_quote",
            "One quotation mark too many swallows every row after it.",
            place={"line": 3},
        ),
        whole(
            "mostly_torn.csv",
            lines(*GOOD[:3], *("x" for _ in range(5))),
            NO_LOG,
            "More torn rows than whole ones.",
            place={"line": 4},
        ),
    ]


def _dumps() -> list[dict[str, Any]]:
    values = "('2025-10-24 22:00:10','pbx-1','lv_116117','NONE','ENTERQUEUE')"
    return [
        whole(
            "dump.sql",
            lines(f"INSERT INTO `queue_log` VALUES {values};"),
            NO_LOG,
            "A dump of the database is SQL, not a table.",
            place={"line": 1},
        ),
        part(
            "row_count_at_the_end.csv",
            lines(*GOOD, "(7 rows)"),
            "What the database's own tool writes under the table.",
            (9, None, "ragged_row"),
            calls=3,
        ),
        part(
            "null_rows.csv",
            lines(*GOOD, ",".join(["NULL"] * 10)),
            "A row of the word NULL.",
            (9, None, "unreadable_line"),
            calls=3,
        ),
        whole(
            "rows.json",
            '[{"time": "2025-10-24 22:00:10", "callid": "pbx-1", "event": "ENTERQUEUE"}]',
            NO_LOG,
            "The same rows as JSON, which this profile does not read.",
            place={"line": 1},
        ),
    ]


def _untrue() -> list[dict[str, Any]]:
    servers = [f"{row},{name}" for row, name in zip(GOOD, ("serverid", *"AAABBBB"), strict=True)]
    return [
        whole(
            "two_servers.csv",
            lines(*servers),
            "several_servers",
            "Callids are unique on one exchange only: two calls would become one.",
            place={"servers": ["A", "B"]},
        ),
        part(
            "callid_used_again.csv",
            replaced(GOOD, {6: GOOD[5].replace("2025-10-24", "2025-10-26")}),
            "One callid on two days: two calls under one name.",
            (5, None, "call_spans_a_day"),
            calls=2,
        ),
        part(
            "limited_export.csv",
            replaced(GOOD, {2: None}),
            "The export began in the middle of a call.",
            calls=2,
            pending=1,
        ),
        part(
            "huge_queue.csv",
            replaced(GOOD, {5: BEGUN.replace("lv_116117", "k" * 5_000)}),
            "A queue of five thousand letters fits no column.",
            (5, "queue", "unknown_value"),
            calls=2,
        ),
        part(
            "huge_callid.csv",
            lines(*GOOD).replace("pbx-3", "pbx-" + "3" * 5_000),
            "A call's id of five thousand digits.",
            (5, "id", "unknown_value"),
            calls=2,
        ),
        part(
            "digits_of_talk.csv",
            replaced(GOOD, {4: GOOD[3].replace(",70,", ",٧٠,"), 6: "x"}),
            "A talk in Arabic digits is not known; the torn row is named.",
            (6, None, "ragged_row"),
            calls=3,
        ),
    ]
