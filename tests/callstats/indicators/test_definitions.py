"""Definition files: the right one is read, every wrong one is refused by name."""

import json

import pytest

from callstats.indicators.definitions import (
    FOLDER,
    DefinitionError,
    UnknownDefinition,
    all_definitions,
    by_id,
    default_definition,
    load,
)

RIGHT = json.loads((FOLDER / "lvs-2min-v1.json").read_text(encoding="utf-8"))

EVERY = RIGHT["denominator"]
ANSWERED = {"outcomes": ["answered"]}
IN_TIME = ANSWERED | {"within_seconds": 120}

WRONG = {
    "a key too many": {"colour": "red"},
    "a key missing": {"author": None, "reviewer": ...},
    "another id than its file": {"id": "lvs-3min-v1"},
    "an id without its version": {"version": 2},
    "a kind that is not known": {"kind": "guess"},
    "a threshold of zero": {"numerator": [ANSWERED | {"within_seconds": 0}]},
    "a threshold that is text": {"numerator": [ANSWERED | {"within_seconds": "120"}]},
    "a threshold that is a switch": {"numerator": [ANSWERED | {"within_seconds": True}]},
    "a threshold with a fraction": {"numerator": [ANSWERED | {"within_seconds": 120.0}]},
    "two thresholds of one term": {"numerator": [IN_TIME | {"longer_than_seconds": 5}]},
    "a second threshold below the first": {"second_threshold_seconds": 60},
    "a target of zero": {"target_percent": 0},
    "a target above all": {"target_percent": 101},
    "a target that is text": {"target_percent": "80"},
    "no numerator": {"numerator": []},
    "a numerator outside of the denominator": {"denominator": [{"outcomes": ["abandoned"]}]},
    "a numerator only partly in the denominator": {
        "denominator": [ANSWERED | {"longer_than_seconds": 5}]
    },
    "an outcome that is not known": {"denominator": [{"outcomes": ["answered", "lost"]}]},
    "an outcome twice": {"denominator": [{"outcomes": ["answered", "answered"]}]},
    "an outcome in two terms": {"denominator": [*EVERY, ANSWERED]},
    "outcomes that are text": {"numerator": [{"outcomes": "answered"}]},
    "no line class": {"line_classes": []},
    "a line class that is not known": {"line_classes": ["116117", "113"]},
    "a statistic of a share": {"statistic": "median"},
    "seconds without a statistic": {"kind": "seconds"},
    "a statistic that leaves calls out": {
        "kind": "seconds",
        "statistic": "median",
        "excludes": ["test_calls"],
    },
    "an exclusion that is not known": {"excludes": ["bad days"]},
    "a reviewer without a date": {"reviewer": "Somebody", "reviewed_on": None},
    "a date that is none": {"reviewer": "Somebody", "reviewed_on": "last week"},
    "a language missing": {"name": {"nn": "x", "nb": "x"}},
    "a statement in another language": {"statement": {"nn": "x", "nb": "x", "sv": "x"}},
    "an empty name": {"name": {"nn": "x", "nb": "x", "en": ""}},
    "a name that is text": {"name": "x"},
    "no source": {"sources": []},
    "a version that is text": {"version": "1"},
}


def written(folder, content, name="lvs-2min-v1.json"):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_every_definition_of_ours_is_right():
    assert "lvs-2min-v1" in all_definitions()
    for name, definition in all_definitions().items():
        assert load(FOLDER / f"{name}.json") == definition


def test_the_default_is_the_national_indicator():
    definition = default_definition()
    assert definition.threshold_seconds == 120
    assert definition.second_threshold_seconds == 600
    assert definition.target_percent == 80
    assert definition.line_classes == ("116117", "lokal8")
    assert definition.numerator_outcomes == ("answered",)
    assert "ended_before_queue" not in definition.denominator_outcomes
    assert "callback_requested" in definition.denominator_outcomes


def test_an_unknown_definition_is_told_as_such():
    with pytest.raises(UnknownDefinition):
        by_id("lvs-9min-v1")


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_refused_by_name(tmp_path, change):
    content = {key: value for key, value in (RIGHT | change).items() if value is not ...}
    with pytest.raises(DefinitionError, match=r"lvs-2min-v1\.json"):
        load(written(tmp_path, content))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', "7"])
def test_what_is_no_object_is_refused_by_name(tmp_path, text):
    with pytest.raises(DefinitionError, match=r"lvs-2min-v1\.json"):
        load(written(tmp_path, text))


def test_another_encoding_is_refused_by_name(tmp_path):
    path = tmp_path / "lvs-2min-v1.json"
    path.write_bytes(json.dumps(RIGHT, ensure_ascii=False).encode("utf-16"))
    with pytest.raises(DefinitionError, match=r"lvs-2min-v1\.json"):
        load(path)
