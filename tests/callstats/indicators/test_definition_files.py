"""Every kind of fault in a definition file is refused, by the file's name and the field's."""

import json

import pytest

from callstats.indicators import definitions
from callstats.indicators.definitions import FOLDER, DefinitionError, load

FILE = "lvs-2min-v1.json"
RIGHT = json.loads((FOLDER / FILE).read_text(encoding="utf-8"))
ANSWERED = {"outcomes": ["answered"]}

FAULTS = [
    # the file
    ({"colour": "red"}, "the file", "'colour' was unexpected"),
    *(({name: ...}, "the file", f"'{name}' is a required property") for name in RIGHT),
    # identity
    ({"id": "LVS v1"}, "id", "does not match"),
    ({"id": "lvs-2min-v0", "version": 1}, "id", "does not match"),
    ({"version": 2}, "id", "must end with the version"),
    ({"version": "1"}, "version", "is not of type 'integer'"),
    ({"version": 0}, "version", "less than the minimum"),
    ({"profile": "OWN"}, "profile", "is not one of"),
    ({"kind": "guess"}, "kind", "is not one of"),
    # texts
    ({"name": "x"}, "name", "is not of type 'object'"),
    ({"name": {"nn": "x", "nb": "x"}}, "name", "'en' is a required property"),
    ({"name": {"nn": "x", "nb": "x", "en": " "}}, "name/en", "does not match"),
    ({"statement": {"nn": "x", "nb": "x", "en": "x", "sv": "x"}}, "statement", "'sv'"),
    # target and thresholds
    ({"target_percent": 0}, "target_percent", "less than the minimum"),
    ({"target_percent": 101}, "target_percent", "greater than the maximum"),
    ({"target_percent": "80"}, "target_percent", "is not of type"),
    ({"second_threshold_seconds": 0}, "second_threshold_seconds", "less than the minimum"),
    ({"second_threshold_seconds": None}, "second_threshold_seconds", "is not of type"),
    # lines
    ({"line_classes": []}, "line_classes", "should be non-empty"),
    ({"line_classes": ["116117", "116117"]}, "line_classes", "non-unique"),
    ({"line_classes": ["113"]}, "line_classes/0", "is not one of"),
    # terms
    ({"numerator": []}, "numerator", "should be non-empty"),
    ({"numerator": ANSWERED}, "numerator", "is not of type 'array'"),
    ({"numerator": [{"within_seconds": 5}]}, "numerator/0", "'outcomes' is a required property"),
    ({"numerator": [{"outcomes": []}]}, "numerator/0/outcomes", "should be non-empty"),
    ({"numerator": [{"outcomes": ["lost"]}]}, "numerator/0/outcomes/0", "is not one of"),
    ({"numerator": [ANSWERED | {"after": 5}]}, "numerator/0", "'after' was unexpected"),
    *(
        ({"numerator": [ANSWERED | {name: 0}]}, f"numerator/0/{name}", "less than the minimum")
        for name in ("within_seconds", "longer_than_seconds", "rung_back_within_seconds")
    ),
    (
        {"numerator": [ANSWERED | {"within_seconds": True}]},
        "numerator/0/within_seconds",
        "is not of type 'integer'",
    ),
    (
        {"numerator": [ANSWERED | {"within_seconds": 5, "longer_than_seconds": 2}]},
        "numerator/0",
        "has too many properties",
    ),
    ({"numerator": [{"outcomes": ["ended_before_queue"]}]}, "numerator", "not in the denominator"),
    ({"numerator": [ANSWERED, ANSWERED]}, "numerator", "stands in two terms"),
    ({"denominator": [*RIGHT["denominator"], ANSWERED]}, "denominator", "stands in two terms"),
    (
        {"denominator": [ANSWERED | {"longer_than_seconds": 5}]},
        "numerator",
        "only partly in the denominator",
    ),
    # statistic
    ({"statistic": "mode"}, "statistic", "is not one of"),
    ({"statistic": "median"}, "statistic", "to no other"),
    ({"kind": "seconds"}, "statistic", "indicator in seconds"),
    (
        {"kind": "seconds", "statistic": "p90", "excludes": ["outage"]},
        "excludes",
        "cannot leave calls out",
    ),
    ({"excludes": ["bad days"]}, "excludes/0", "is not one of"),
    ({"excludes": ["outage", "outage"]}, "excludes", "non-unique"),
    # what is told of it
    ({"parameters": {"threshold": 120}}, "parameters/threshold", "is not of type 'string'"),
    ({"sources": []}, "sources", "should be non-empty"),
    ({"sources": [""]}, "sources/0", "does not match"),
    ({"author": ""}, "author", "does not match"),
    ({"reviewed_on": None}, "the file", "is not valid under any of the given schemas"),
    ({"reviewer": None}, "the file", "is not valid under any of the given schemas"),
    ({"reviewer": "Kari", "reviewed_on": "5.1.2026"}, "reviewed_on", "does not match"),
]


def written(folder, content, name=FILE):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def refused(path) -> str:
    with pytest.raises(DefinitionError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize(("change", "field", "reason"), FAULTS)
def test_a_fault_is_told_by_file_field_and_reason(tmp_path, change, field, reason):
    content = {key: value for key, value in (RIGHT | change).items() if value is not ...}
    message = refused(written(tmp_path, content))
    assert message.startswith(f"{FILE}: {field}: "), message
    assert reason in message


def test_the_right_file_is_read(tmp_path):
    assert load(written(tmp_path, RIGHT)).id == "lvs-2min-v1"


@pytest.mark.parametrize("text", ["", "{", RIGHT["id"]])
def test_what_is_no_json_is_told_as_such(tmp_path, text):
    assert refused(written(tmp_path, text)).startswith(f"{FILE}: is not JSON")


@pytest.mark.parametrize("text", ["[]", "null", "7", '"text"'])
def test_what_is_no_object_is_told_as_such(tmp_path, text):
    message = refused(written(tmp_path, text))
    assert message.startswith(f"{FILE}: the file: ")
    assert "is not of type 'object'" in message


def test_a_file_with_another_name_than_its_id_is_refused(tmp_path):
    message = refused(written(tmp_path, RIGHT, name="lvs-3min-v1.json"))
    assert message == "lvs-3min-v1.json: the id must be the file's name"


def test_one_bad_file_is_named_before_any_figure_is_made(tmp_path, monkeypatch):
    written(tmp_path, RIGHT)
    written(tmp_path, RIGHT | {"target_percent": 0}, name="lvs-9min-v1.json")
    monkeypatch.setattr(definitions, "FOLDER", tmp_path)
    definitions.all_definitions.cache_clear()
    try:
        with pytest.raises(DefinitionError, match=r"lvs-9min-v1\.json: target_percent"):
            definitions.all_definitions()
    finally:
        definitions.all_definitions.cache_clear()
