"""The fixed days of the year as a file."""

import pytest

from municipalities.meetings.year_wheel import words
from municipalities.meetings.year_wheel.anchors import BadAnchor, anchors, checked, texts
from municipalities.obligations.principles import principles

ROW = {
    "code": "kostra",
    "days": ["01-20"],
    "title": "KOSTRA",
    "law": "KOSTRA-forskriften § 6",
    "basis": "day",
    "category": "reporting",
    "responsible": "controller",
    "obligation": "",
}


def test_the_days_of_the_law_are_those_of_the_law():
    days = {(anchor.law, *anchor.days) for anchor in anchors() if anchor.basis == "day"}

    kostra = "KOSTRA-forskriften § 6"
    assert {day for law, day in days if law == kostra} == {"01-20", "04-20", "08-05", "10-20"}
    assert ("KOSTRA-forskriften", "02-15") in days
    assert ("kommuneloven § 14-6", "02-22") in days
    assert ("kommuneloven § 14-7", "03-31") in days
    assert ("kommuneloven § 24-8", "04-15") in days
    assert ("kommuneloven § 14-5", "06-30") in days


def test_every_text_of_the_file_is_found_by_translators():
    assert set(words.ANCHOR_TEXTS) == texts()


def test_an_anchor_stands_aside_only_for_an_obligation_that_there_is():
    codes = {principle.code for principle in principles()}

    assert {anchor.obligation for anchor in anchors()} - {""} <= codes


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"days": ["02-30"]}, "a day is not MM-DD"),
        ({"days": []}, "a day is not MM-DD"),
        ({"days": ["10-20", "01-20"]}, "the days are not in order"),
        ({"category": "sport"}, "no such category"),
        ({"basis": "custom"}, "no such basis"),
        ({"responsible": "partner_director"}, "no role that the host has"),
        ({"law": ""}, "a law without its name"),
        ({"title": ""}, "no title"),
        ({"remark": "x"}, "other fields"),
    ],
)
def test_a_file_that_says_what_cannot_be_is_refused(change, why):
    with pytest.raises(BadAnchor, match=f"^kostra: {why}"):
        checked([ROW | change])


def test_a_code_is_used_once():
    with pytest.raises(BadAnchor, match="used twice"):
        checked([ROW, ROW])


@pytest.mark.parametrize(
    ("basis", "law", "told"),
    [
        ("day", "kommuneloven § 14-6", "kommuneloven § 14-6"),
        ("yearly", "kommuneloven § 25-2", "kommuneloven § 25-2; the day is a proposal"),
        ("proposal", "kommuneloven § 14-6", "proposal (kommuneloven § 14-6)"),
        ("proposal", "", "proposal"),
    ],
)
def test_it_is_said_whether_a_day_is_law_or_a_proposal(basis, law, told):
    (anchor,) = checked([ROW | {"basis": basis, "law": law}])

    assert words.basis(anchor) == told
