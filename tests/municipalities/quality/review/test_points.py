"""The points are those of the regulation, and the file is checked."""

import json
from collections import Counter

import pytest
from django.utils import translation

from municipalities.quality.review.points import FOLDER, PointsError, points, read
from municipalities.quality.review.words import POINT_TEXTS, text_of


def test_there_are_seven_five_six_and_three_points():
    counts = Counter(each.section for each in points().values())

    assert counts == {6: 7, 7: 5, 8: 6, 9: 3}
    assert len(points()) == 7 + 5 + 6 + 3 == 21
    assert [each.place for each in points().values()][6:8] == ["§ 6 g", "§ 7 a"]


def test_translators_find_every_text_and_no_other():
    assert tuple(each.text for each in points().values()) == POINT_TEXTS


def broken(**changes):
    stored = json.loads((FOLDER / "points.json").read_text(encoding="utf-8"))
    stored["points"][0] |= changes
    return json.dumps(stored)


@pytest.mark.parametrize(
    "changes", [{"code": "6b"}, {"code": "5a"}, {"text": ""}, {"pages": ["nowhere"]}, {"more": 1}]
)
def test_a_file_that_is_wrong_is_refused(changes):
    with pytest.raises(PointsError):
        read(broken(**changes))


def test_the_words_for_a_page_are_known():
    from municipalities.quality.review.pages import PAGES

    assert {key for each in points().values() for key in each.pages} == set(PAGES)


def test_a_text_is_told_in_the_active_language():
    with translation.override("en"):
        assert text_of(points()["9a"]) == "Put right what is unsound or unlawful"
