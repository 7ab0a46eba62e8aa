"""KOSTRA's arts in the file that the accounts are read by."""

import json

import pytest

from municipalities.costs.accounts import kostra
from municipalities.costs.accounts.models import Treatment


@pytest.mark.parametrize(
    ("treatment", "arts"),
    [
        ("wages", "010 020 030 040 050 090 099"),
        ("running", "110 114 130 150 200 209 271 272 350 429 450"),
        ("capital", "190 500 510"),
        ("own_revenue", "600 620 700 710 729"),
        ("from_partners", "750 850"),
        ("left_out", "540 550 590 940 950 990"),
    ],
)
def test_the_arts_of_the_reference_count_as_usual(treatment, arts):
    """cooperation.md 7.3."""
    known = kostra.usual_treatments()
    assert {known[art] for art in arts.split()} == {treatment}


def test_the_functions_of_the_reference_are_there():
    assert {"241", "256", "290", "261", "120"} == set(kostra.kostra().functions)
    assert set(kostra.usual_treatments().values()) <= set(Treatment.values)


def test_what_counts_oddly_says_why_in_each_language():
    arts = kostra.kostra().arts
    for art in ("190", "429", "590", "750"):
        assert all(arts[art].why(language) for language in ("nn", "nb", "en"))


@pytest.mark.parametrize(
    "change",
    [{"code": "10"}, {"treatment": "other"}, {"nn": ""}, {"why": {"nn": "x"}}],
)
def test_a_wrong_file_is_refused(change):
    art = {"code": "010", "nn": "a", "nb": "b", "en": "c", "treatment": "wages"}
    function = {name: art[name] for name in ("code", "nn", "nb", "en")}
    told = {"source": "s", "functions": [function], "arts": [art | change]}
    with pytest.raises(kostra.KostraError):
        kostra.read(json.dumps(told))
    with pytest.raises(kostra.KostraError, match="twice"):
        kostra.read(json.dumps(told | {"arts": [art, art]}))
