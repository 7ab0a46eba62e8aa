"""Bad reports of counts: what callstats.sources.aggregate_table refuses."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making import anything
from tests.samples.bad.making.cases import Case, lines, of_profile, part, replaced, whole
from tests.samples.bad.making.workbooks import changed, xlsx

PROFILE = "aggregates"
HEAD = "Fra;Til;Linje;Tilbudt;Besvart;Innen 120 s"
GOOD = (
    HEAD,
    "01.08.2025;31.08.2025;116 117;4 210;3 702;3 204",
    "01.09.2025;30.09.2025;116 117;3 980;3 611;3 190",
    "01.10.2025;31.10.2025;116 117;4 000;3 600;3 100",
)
ROW = GOOD[2]
DATES = "01.09.2025;30.09.2025"


def cases() -> list[Case]:
    good = lines(*GOOD)
    return [
        *anything.for_profile(PROFILE, good=good, mapping=None, login={"code": "no_header"}),
        *of_profile(PROFILE, anything.zip_of(good, code="archive_not_supported")),
        *of_profile(PROFILE, *_headers(), *_periods(), *_counts(), *_torn(), *_workbooks()),
    ]


def _headers() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    return [
        whole(
            "calls.csv",
            lines("Id;Tidspunkt;Kø;Ventetid", "a1;24.10.2025 21:50:03;main;12"),
            "calls_not_aggregates",
            "A log of single calls would be counted as one count a call.",
        ),
        whole(
            "queue_log.csv",
            lines("1761336410|1761336409.1|lv_116117|NONE|ENTERQUEUE||00000001|1"),
            "calls_not_aggregates",
            "A queue_log is no report.",
        ),
        whole(
            "shares_only.csv",
            lines("Måned;Linje;Svarprosent", "2025-09;116 117;90,7"),
            "percent_not_count",
            "Shares cannot be summed: the counts are lost.",
            place={"columns": ["Svarprosent"], "line": 1},
        ),
        whole(
            "nothing_offered.csv",
            good.replace(";Tilbudt;", ";Vakter;", 1),
            "missing_columns",
            "Without the calls offered there is nothing to divide by.",
            place={"columns": ["offered"], "line": 1},
        ),
        whole(
            "offered_twice.csv",
            good.replace("Linje;Tilbudt", "Mottatt;Tilbudt", 1),
            "ambiguous_columns",
            "Two columns could be the calls offered.",
            place={"columns": ["Mottatt", "Tilbudt"], "line": 1},
        ),
    ]


def _periods() -> list[dict[str, Any]]:
    told = (
        ("february_30.csv", "30.02.2025;", "period_from", "invalid_time", "No such day."),
        ("no_begin.csv", ";30.09.2025", "period_from", "missing_field", "From when?"),
        ("ends_first.csv", "01.09.2025;01.08.2025", "period_to", "ends_before_start", "Turned."),
        ("gap.csv", "30.03.2025 02:30;30.03.2025", "period_from", "nonexistent_time", "No such."),
        ("fold.csv", "26.10.2025 02:30;26.10.2025", "period_from", "ambiguous_time", "Which?"),
        ("year_1904.csv", "01.09.1904;30.09.1904", "period_from", "implausible_time", "1904."),
        ("not_over.csv", "01.11.2025;30.11.2025", "period_to", "period_not_over", "Half told."),
        ("no_end.csv", "01.09.2025;snart", "period_to", "invalid_time", "Until when?"),
    )
    return [
        part(name, replaced(GOOD, {3: ROW.replace(DATES, text)}), wrong, (3, field, code), calls=2)
        for name, text, field, code, wrong in told
    ]


def _counts() -> list[dict[str, Any]]:
    offered, share = "3 980", "percent_not_count"
    told = (
        ("share.csv", offered, "90,7 %", "offered", share, "A share for a count."),
        ("fraction.csv", offered, "0,907", "offered", share, "A share as a fraction."),
        ("halves.csv", offered, "12,5", "offered", "invalid_number", "Half a call."),
        ("minus.csv", offered, "-1", "offered", "invalid_number", "Less than none."),
        ("formula.csv", offered, "=SUM(A1)", "offered", "invalid_number", "A sum not worked out."),
        ("error.csv", offered, "#REF!", "offered", "invalid_number", "A broken reference."),
        ("digits.csv", offered, "9" * 40, "offered", "invalid_number", "Forty digits."),
        ("arabic.csv", offered, "٣٩٨٠", "offered", "invalid_number", "Arabic digits."),
        ("nothing.csv", offered, "-", "offered", "missing_field", "A dash for the calls offered."),
        ("line.csv", "116 117", "brannvesenet", "line", "unknown_value", "Another service."),
    )
    return [
        part(name, replaced(GOOD, {3: ROW.replace(old, new)}), wrong, (3, field, code), calls=2)
        for name, old, new, field, code, wrong in told
    ]


def _torn() -> list[dict[str, Any]]:
    other = ROW.replace("3 611", "3 000")
    return [
        part(
            "cut_row.csv",
            lines(*GOOD[:3]) + GOOD[3][:30],
            "The report is cut in its last row.",
            (4, None, "ragged_row"),
            calls=2,
        ),
        part(
            "told_twice_otherwise.csv",
            lines(*GOOD, other, ROW),
            "One month with two counts: the first stands, the contradiction is named.",
            (5, "period_from", "duplicate_in_file"),
            calls=3,
            ignored=1,
        ),
        part(
            "header_again.csv",
            lines(*GOOD[:3], HEAD, "x", GOOD[3]),
            "Two reports glued: the header is no count, the torn row is named.",
            (5, None, "ragged_row"),
            calls=3,
            ignored=1,
        ),
    ]


def _workbooks() -> list[dict[str, Any]]:
    head = ["Måned", "Tilbudt", "Besvart", "Innen 120 s"]
    rows = [head, ["2025-08", 4210, 3702, 3204], ["2025-09", 3980, 3611, 3190]]
    return [
        whole("cut.xlsx", xlsx(rows)[:3000], "broken_spreadsheet", "The download was cut."),
        whole(
            "calls.xlsx",
            xlsx(
                [["Id", "Tidspunkt", "Kø", "Ventetid"], ["a1", "24.10.2025 21:50:03", "main", 12]]
            ),
            "calls_not_aggregates",
            "A log of single calls in a workbook.",
        ),
        part(
            "share.xlsx",
            xlsx(changed(rows, 3, 4, 0.79)),
            "A cell shown as 79 % is no count.",
            (3, "within_120", "percent_not_count"),
            calls=1,
        ),
    ]
