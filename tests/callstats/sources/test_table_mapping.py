import pytest

from callstats.sources.frames import Unreadable
from callstats.sources.table import check_mapping
from tests.callstats.sources.tables import GOOD, HEAD, MAPPING, parsed, refused, unreadable

NUMBERED = MAPPING | {
    "header_line": "none",
    "columns": {"id": 1, "arrived_at": [2, 3], "queue": 4, "outcome": 5, "wait_seconds": 6},
}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"encoding": "punycode"}, "encoding"),
        ({"quote": "`"}, "quote"),
        ({"sheet": 0}, "sheet"),
        ({"format": "xml"}, "format"),
        ({"footer_regex": "(?<=a)b"}, "footer_regex"),
        ({"filters": [{"column": "Kø"}]}, "filters"),
        ({"filters": [{"column": "Kø", "in": []}]}, "filters"),
        ({"filters": [{"column": "Kø", "matches": "("}]}, "filters"),
        ({"filters": [{"column": "Kø", "in": ["a"], "not_in": ["b"]}]}, "filters"),
        ({"kind": "row-per-person"}, "kind"),
        ({"kind": "row-per-leg", "wait": "stamps"}, "group"),
        ({"kind": "row-per-leg", "group": ["Id"]}, "wait"),
        ({"wait": "guess"}, "wait"),
        ({"wait": "sum_of_legs"}, "wait"),
        ({"repeats": "newest"}, "columns.version"),
        ({"columns": {"id": 0}}, "columns"),
        ({"columns": {"id": True}}, "columns"),
        ({"columns": {"id": []}}, "columns"),
        ({"columns": {"id": "[1]"}}, "columns"),
        ({"header_line": "none"}, "columns"),
        ({"format": "json", "columns": NUMBERED["columns"]}, "columns"),
        ({"columns": MAPPING["columns"] | {"wait_seconds": [{}]}}, "columns"),
    ],
)
def test_the_first_wrong_key_is_named(change, key):
    with pytest.raises(Unreadable) as error:
        check_mapping(MAPPING | change)

    assert (error.value.code, error.value.params) == ("bad_mapping", {"key": key})


def test_a_mapping_by_sums_needs_the_column_it_sums():
    columns = {k: v for k, v in MAPPING["columns"].items() if k != "wait_seconds"}
    legs = {"kind": "row-per-leg", "group": "Id", "wait": "sum_of_legs", "columns": columns}

    with pytest.raises(Unreadable) as error:
        check_mapping(MAPPING | legs)

    assert error.value.params == {"key": "columns.wait_seconds"}


@pytest.mark.parametrize("header_line", ["none", None])
def test_a_file_without_header_is_read_by_numbers(header_line):
    told = parsed(GOOD + GOOD.replace("a1", "a2"), NUMBERED | {"header_line": header_line})

    assert told.calls["external_id"].to_list() == ["a1", "a2"]
    assert (told.calls["line"].to_list(), told.ignored) == ([1, 2], 0)


def test_without_a_header_a_cut_row_is_refused_and_a_longer_one_is_not():
    told = parsed(GOOD * 2 + "a2;24.10.2025\n" + "a3" + GOOD[2:-1] + ";more\n", NUMBERED)

    assert refused(told) == [(3, None, "ragged_row")]
    assert told.calls["external_id"].to_list() == ["a1", "a3"]


def test_a_number_beyond_the_file_is_a_missing_column():
    wide = NUMBERED | {"columns": NUMBERED["columns"] | {"urgency": 9}}

    assert unreadable(GOOD, wide).params == {"columns": [9], "line": 1}


def test_numbers_serve_under_a_header_as_well():
    told = parsed(HEAD + GOOD, NUMBERED | {"header_line": 1})

    assert told.calls["external_id"].to_list() == ["a1"]


def test_a_header_under_titles_is_found_by_its_names():
    told = parsed("Rapport;;\nPeriode: oktober\n\n" + HEAD + GOOD)

    assert (told.calls["line"].to_list(), told.ignored) == ([5], 3)


def test_a_column_may_be_called_line():
    mapping = MAPPING | {"columns": MAPPING["columns"] | {"queue": "line"}}

    assert parsed(HEAD.replace("Kø", "line") + GOOD, mapping).calls["queue"].to_list() == ["main"]


@pytest.mark.parametrize(
    ("test", "kept"),
    [
        ({"in": ["MAIN", "other"]}, ["a", "b"]),
        ({"not_in": ["main"]}, ["b", "c"]),
        ({"in": [""]}, ["c"]),
        ({"matches": "^(m|o)"}, ["a", "b"]),
    ],
)
def test_rows_that_fail_a_filter_are_ignored_and_counted(test, kept):
    rows = [GOOD.replace("a1", "a"), GOOD.replace("a1;", "b;").replace("main", "other")]
    rows += [GOOD.replace("a1", "c").replace("main", "")]
    fixed = {"columns": MAPPING["columns"] | {"number": "Nr"}, "filters": [{"column": "Kø"} | test]}
    text = HEAD.replace("\n", ";Nr\n") + "".join(row.replace("\n", ";116117\n") for row in rows)

    told = parsed(text, MAPPING | fixed)

    assert told.calls["external_id"].to_list() == kept
    assert (told.received, told.ignored) == (len(kept), 3 - len(kept))


@pytest.mark.parametrize(
    ("rule", "wait"), [("column", 57), ("stamps", 60), ("unknown", None), (None, 57)]
)
def test_the_wait_is_told_by_the_rule_of_the_mapping(rule, wait):
    columns = MAPPING["columns"] | {"answered_at": "Svart"}
    text = HEAD.replace("\n", ";Svart\n") + GOOD.replace("00:01:30\n", "57;24.10.2025 21:52:03\n")

    told = parsed(text, MAPPING | {"columns": columns, "wait": rule})

    assert told.calls["wait_seconds"].to_list() == [wait]


def test_other_quotes_and_none_at_all():
    quoted = GOOD.replace("main", "'ma;in'")
    assert parsed(HEAD + quoted, MAPPING | {"quote": "'"}).calls["queue"].to_list() == ["ma;in"]
    stray = GOOD.replace("main", '"main')
    assert parsed(HEAD + stray, MAPPING | {"quote": "none"}).calls["queue"].to_list() == ['"main']


def test_seconds_since_1970_are_a_time():
    mapping = MAPPING | {
        "time_formats": ["epoch"],
        "columns": MAPPING["columns"] | {"arrived_at": "Dato"},
    }
    rows = [GOOD.replace("24.10.2025", e) for e in ("1761335463.5", "1761335463500")]

    told = parsed(HEAD + rows[0] + rows[1].replace("a1", "a2"), mapping)

    assert [at.isoformat() for at in told.calls["arrived_at"]] == [
        "2025-10-24T19:51:03.500000+00:00"
    ] * 2


def test_of_an_id_told_twice_the_newest_counts_where_the_mapping_says_so():
    mapping = MAPPING | {
        "columns": MAPPING["columns"] | {"version": "Endret"},
        "repeats": "newest",
    }
    rows = [
        GOOD.replace("\n", ";2025-10-24T20:00:00Z\n"),
        GOOD.replace("01:30\n", "01:31;2025-10-24T20:00:01Z\n"),
    ]

    told = parsed(HEAD.replace("\n", ";Endret\n") + "".join(reversed(rows)) + rows[1], mapping)

    assert told.calls["wait_seconds"].to_list() == [91]
    assert (told.refused.height, told.ignored) == (0, 2)
