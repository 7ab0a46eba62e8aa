"""The list of requirements is whole, and every one has its words."""

import json

import pytest

from municipalities.centrals.requirements import (
    FOLDER,
    RequirementsError,
    keys,
    read,
    requirements,
    retrieved_on,
)
from municipalities.centrals.words import CHECKED, LAWS, TITLES

STORED = json.loads((FOLDER / "requirements.json").read_text(encoding="utf-8"))


def test_the_regulation_has_24_rows_and_good_practice_four_after_them():
    found = list(requirements().values())

    assert [each.number for each in found] == list(range(1, 29))
    assert [each.number for each in found if each.law == "advice"] == [25, 26, 27, 28]
    assert keys(per_number=True) == ["message_113", "recording_notice"]
    assert requirements()["two_minutes"].number == 11
    assert [each.key for each in found if each.answered_by] == ["two_minutes"]
    assert retrieved_on().year == 2026


def test_every_requirement_has_a_title_a_question_and_a_basis():
    assert list(TITLES) == list(CHECKED) == list(requirements())
    assert {each.law for each in requirements().values()} == set(LAWS)


def changed(**told) -> str:
    """The file with its second row changed."""
    first, second, *rest = STORED["requirements"]
    return json.dumps(STORED | {"requirements": [first, second | told, *rest]})


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"key": "With Capitals"}, r"requirements\[1\].key"),
        ({"key": "staffed_number"}, "stands twice"),
        ({"number": 5}, "do not follow"),
        ({"law": "no law"}, "is not one of"),
        ({"interval_months": 0}, "minimum"),
        ({"colour": "red"}, "Additional properties"),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_what_is_wrong(told, words):
    assert read(changed())
    with pytest.raises(RequirementsError, match=words):
        read(changed(**told))
