"""A sample laid out as a table, before anybody has said what its columns are."""

import json

import pytest

from callstats.mappings.columns import columns_of, fitted
from callstats.mappings.samples import layout_of
from callstats.sources.frames import Unreadable
from tests.callstats.mappings.conftest import HEADER, MAPPING, nasty


def test_the_header_is_found_without_a_mapping():
    layout = layout_of(nasty(), mapping={"columns": {}, "encoding": "cp1252"})

    assert list(layout.names) == HEADER.split(";")
    assert layout.settings["header_line"] == 4
    assert layout.settings["delimiter"] == ";"


def test_a_file_without_a_header_has_numbers_for_names():
    layout = layout_of(b"a;1\nb;2\n", mapping={"columns": {}, "header_line": "none"})

    assert layout.keys == (1, 2)
    assert layout.frame["[2]"].to_list() == ["1", "2"]


def test_a_header_that_repeats_is_told_apart_by_its_number():
    layout = layout_of(b"Tid;Tid;\n1;2;\n", mapping={"columns": {}})

    assert layout.keys == ("Tid", 2)


def test_json_has_a_column_for_each_path():
    told = json.dumps({"calls": [{"id": 1, "queue": {"name": "lv"}, "legs": []}]}).encode()

    layout = layout_of(told, mapping={"columns": {}, "format": "json", "records": "calls"})

    assert layout.keys == ("id", "queue.name")
    assert layout.frame["queue.name"].to_list() == ["lv"]


@pytest.mark.parametrize("data", [b"{]", b"[1, 2]"])
def test_json_that_is_no_list_of_objects_is_refused_by_name(data):
    with pytest.raises(Unreadable):
        layout_of(data, mapping={"columns": {}, "format": "json"})


def test_examples_hide_phone_numbers_and_show_times():
    columns = {c.name: c for c in columns_of(layout_of(nasty(), mapping=MAPPING))}

    assert columns["Innringer"].examples == ("91… (8)", "92… (8)", "+4… (15)")
    assert columns["Dato"].examples[0] == "04.03.2025"


def test_a_mapping_loses_the_columns_that_the_sample_lacks():
    columns = columns_of(layout_of(nasty(), mapping=MAPPING))
    wanted = MAPPING | {
        "columns": MAPPING["columns"] | {"number": "B-nummer", "ended_at": ["Dato", "Slutt"]},
        "filters": [{"column": "Retning", "in": ["Inn"]}],
    }

    mapping, lacking = fitted(wanted, columns=columns)

    assert lacking == ["B-nummer", "Slutt", "Retning"]
    assert mapping == MAPPING | {"columns": MAPPING["columns"] | {"ended_at": "Dato"}}
