import doctest
from datetime import date

import pytest

from reporting.annual_report import rules


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(rules).failed == 0


def test_equal_figures_have_equal_checksums_whatever_their_order():
    assert rules.checksum({"a": 1, "b": [2, 3]}) == rules.checksum({"b": [2, 3], "a": 1})
    assert rules.checksum({"a": 1}) != rules.checksum({"a": 2})


def test_figures_hold_no_number_that_json_does_not_know():
    with pytest.raises(ValueError, match="Out of range"):
        rules.canonical({"share": float("nan")})


def test_a_year_is_over_when_the_next_one_has_begun():
    assert not rules.is_over(year=2025, today=date(2025, 12, 31))
    assert rules.is_over(year=2025, today=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("state", "stage", "percent"),
    [
        ("queued", "", 0),
        ("rendering", "collecting", 0),
        ("rendering", "charts", 25),
        ("rendering", "pdf", 75),
        ("done", "", 100),
        ("failed", "", 0),
    ],
)
def test_only_a_ready_document_is_at_a_hundred_percent(state, stage, percent):
    assert rules.progress_percent(state=state, stage=stage) == percent
