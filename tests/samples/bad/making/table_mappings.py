"""Tables and mappings that do not fit each other, and mappings that nobody can follow."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making import glued
from tests.samples.bad.making.cases import lines, part, whole
from tests.samples.bad.making.table_rows import GOOD, NORWEGIAN


def facts() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    wrong_keys = {name: key for name, (_, key) in WRONG.items()}
    return [
        whole(
            "utf8_as_latin.csv",
            good,
            "wrong_encoding",
            "The mapping says Latin-1, and every ø would be stored as Ã¸.",
            mapping="latin",
            place={"line": 1, "found": "utf-8"},
        ),
        whole(
            "wrong_delimiter.csv",
            good,
            "wrong_delimiter",
            "The mapping says comma.",
            mapping="commas",
            place={"delimiter": ",", "line": 1},
        ),
        whole(
            "no_such_header.csv",
            good,
            "no_header",
            "No line fits the pattern of the header.",
            mapping="header_by_pattern",
        ),
        whole(
            "header_beyond_the_end.csv",
            good,
            "no_header",
            "The header is said to be on line 40 of a file of four.",
            mapping="header_on_line_40",
            place={"line": 40},
        ),
        glued.american_dates("american_dates.csv", GOOD, mapping="norwegian"),
        part(
            "epoch_of_other_digits.csv",
            lines("Id;Dato;Epoke;Kø;Status", "a1;24.10.2025 21:51:03;١٧٦١٣٣٦٤١٠;main;Borte"),
            "An epoch in Arabic digits beside a time; the outcome is of no list.",
            (2, "outcome", "unknown_outcome"),
            mapping="with_epoch",
        ),
        part(
            "days_beyond_counting.csv",
            lines(
                "Id;Dato;Epoke;Kø;Status;Vent", f"a1;24.10.2025 21:51:03;;main;Besvart;{'9' * 30}"
            ),
            "A wait of 10^30 days.",
            (2, "wait_seconds", "invalid_duration"),
            mapping="in_days",
        ),
        part(
            "one_leg_torn.csv",
            lines(
                "Samtale;Tid;Kø;Status;Ventetid",
                "c1;24.10.2025 21:51:03;main;Videre;30",
                "c1;24.10.2025 21:51:33;natt;Besvart;-5",
                "c2;24.10.2025 21:52:03;main;Besvart;20",
                ";24.10.2025 21:53:03;main;Besvart;20",
            ),
            "One leg of a call is wrong, so the call is not whole; one leg is of no call.",
            (2, "group", "leg_refused"),
            (3, "wait_seconds", "negative_duration"),
            (5, "group", "missing_field"),
            mapping="legs",
            calls=1,
        ),
        *(
            whole(
                f"mapping_{name}.csv",
                good,
                "bad_mapping",
                "A mapping that cannot be followed is refused before the file is read.",
                mapping=f"wrong_{name}",
                place={"key": key},
            )
            for name, key in wrong_keys.items()
        ),
    ]


def _with(**others: Any) -> dict[str, Any]:
    return NORWEGIAN | others


_SHORT: dict[str, Any] = {
    "columns": {"id": "Id", "arrived_at": "Dato", "epoch": "Epoke", "queue": "Kø"},
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": NORWEGIAN["outcomes"],
}
_COLUMNS = _SHORT["columns"] | {"outcome": "Status"}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "without_times": ({k: v for k, v in NORWEGIAN.items() if k != "time_formats"}, "time_formats"),
    "with_both_orders": (_with(time_formats=["%d.%m.%Y", "%m.%d.%Y"]), "time_formats"),
    "of_no_encoding": (_with(encoding="klingon"), "encoding"),
    "of_no_zone": (_with(zone="Europe/Atlantis"), "zone"),
    "of_no_outcome": (_with(outcomes={"Besvart": "svart"}), "outcomes"),
    "looking_back": (_with(header_line="(?<=a)b"), "header_line"),
    "of_no_pattern": (_with(footer_regex="("), "footer_regex"),
    "unknown_key": (_with(python="print(1)"), "python"),
    "column_zero": (_with(columns=NORWEGIAN["columns"] | {"id": 0}), "columns"),
    "without_group": (_with(kind="row-per-leg", wait="column"), "group"),
}
MAPPINGS: dict[str, Any] = {
    "norwegian": NORWEGIAN,
    "latin": _with(encoding="latin-1"),
    "commas": _with(delimiter=","),
    "header_by_pattern": _with(header_line="^Anrop nr"),
    "header_on_line_40": _with(header_line=40),
    "with_epoch": _SHORT | {"columns": _COLUMNS},
    "in_days": _SHORT
    | {"columns": _COLUMNS | {"wait_seconds": "Vent"}, "duration_unit": "d", "wait": "column"},
    "legs": {
        "kind": "row-per-leg",
        "group": "Samtale",
        "wait": "sum_of_legs",
        "columns": {
            "arrived_at": "Tid",
            "queue": "Kø",
            "outcome": "Status",
            "wait_seconds": "Ventetid",
        },
        "time_formats": ["%d.%m.%Y %H:%M:%S"],
        "outcomes": {"Besvart": "answered", "Videre": "timeout"},
    },
} | {f"wrong_{name}": mapping for name, (mapping, _) in WRONG.items()}
