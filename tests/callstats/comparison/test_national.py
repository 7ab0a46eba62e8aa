"""The national figures: what is published is told, what is not stays unknown, faults are named."""

import copy
import json

import pytest

from callstats.comparison.national import FILE, NationalError, load, national_figures
from callstats.comparison.national_checks import problems

RIGHT = json.loads(FILE.read_text(encoding="utf-8"))


def year(number):
    return next(each for each in national_figures().years if each.year == number)


def test_every_year_from_2018_to_2023_missed_the_target():
    told = {each.year: each.target_met.value for each in national_figures().years}
    assert told == dict.fromkeys(range(2018, 2024), False)


def test_only_2023_has_a_percentage_and_it_is_preliminary():
    with_percent = [each for each in national_figures().years if each.percent]
    assert [(each.year, each.percent.value) for each in with_percent] == [(2023, 63)]
    assert with_percent[0].percent.is_preliminary


@pytest.mark.parametrize("number", [2018, 2019])
def test_what_is_not_published_is_not_known(number):
    found = year(number)
    assert (found.percent, found.calls, found.centrals, found.centrals_met) == (None,) * 4
    assert found.named == {}


def test_the_calls_are_as_rough_as_they_are_published():
    for number in (2020, 2021, 2022):
        assert year(number).calls.value == {"at_least": 3_400_000, "at_most": 3_500_000}
    assert year(2023).calls.value == {"at_least": None, "at_most": 3_200_000}


def test_the_96_centrals_of_2023_are_37_and_50_and_9():
    found = year(2023)
    parts = [part["centrals"] for part in found.spread.value]
    assert (found.centrals.value, found.centrals_met.value["count"], parts) == (96, 37, [50, 9])


def test_one_in_three_met_the_target_in_2022_and_five_are_named():
    found = year(2022)
    assert found.centrals_met.value == {"count": None, "one_in": 3}
    assert {name: fact.value for name, fact in found.named.items()} == {
        "Oslo": 21,
        "Trondheim": 29,
        "Haugesund": 77,
        "Nordfjordeid IK": 91,
        "Karasjok": 94,
    }


def test_only_what_was_not_read_in_the_publication_is_unverified():
    unverified = [
        (each.year, fact.value)
        for each in national_figures().years
        for fact in each.facts
        if not fact.is_verified
    ]
    assert unverified == [(2023, 41)]
    assert not year(2023).named["Oslo"].is_verified


def test_every_verified_fact_names_its_publications():
    for each in national_figures().years:
        for fact in each.facts:
            assert bool(fact.sources) == fact.is_verified


def changed(*path, to):
    """The right file with one place changed; `...` takes the place away."""
    content = copy.deepcopy(RIGHT)
    place = content
    for step in path[:-1]:
        place = place[step]
    if to is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return content


def of_2023(*path, to):
    return changed("years", 5, *path, to=to)


def headless():
    content = of_2023("centrals_met", to=None)
    content["years"][5]["spread"] = None
    return content


TWICE = [*RIGHT["years"], RIGHT["years"][5]]
OSLO = RIGHT["years"][4]["named"][0]
FAULTS = {
    "another form": (changed("schema", to="national-v2"), "schema: 'national-v1' was expected"),
    "contacts instead of calls": (changed("counts", to="contacts"), "counts: 'calls' was expected"),
    "a key too many": (changed("contacts", to=1), r"the file: .*'contacts' was unexpected"),
    "a key missing": (changed("publisher", to=...), "the file: 'publisher' is a required"),
    "no target": (changed("target_percent", to=0), "target_percent: 0 is less than"),
    "no year": (changed("years", to=[]), r"years: \[\] should be non-empty"),
    "a year that is text": (of_2023("year", to="2023"), "years/5/year: '2023' is not of type"),
    "a year twice": (changed("years", to=TWICE), "years: 2023 stands twice"),
    "years in disorder": (changed("years", to=RIGHT["years"][::-1]), "years: are not in order"),
    "a year without a word of the calls": (of_2023("calls", to=...), "years/5: 'calls' is a req"),
    "a fact without source": (
        of_2023("percent", "sources", to=[]),
        "2023: percent: what is verified",
    ),
    "a source that is not listed": (
        of_2023("percent", "sources", to=["blog"]),
        "2023: percent: the source blog is not listed",
    ),
    "a source twice": (
        changed("sources", to=[*RIGHT["sources"], RIGHT["sources"][0]]),
        "sources: quality-indicator stands twice",
    ),
    "a source without a title": (changed("sources", 0, "title", to=" "), "sources/0/title"),
    "an address without TLS": (changed("sources", 0, "url", to="http://x"), "sources/0/url"),
    "a day that is none": (
        changed("sources", 1, "published_on", to="2024-02-31"),
        "2024-02-31: is no day",
    ),
    "a percentage above all": (of_2023("percent", "value", to=101), "years/5/percent/value: 101"),
    "a percentage as text": (of_2023("percent", "value", to="63 %"), "years/5/percent/value"),
    "a target that does not follow": (
        of_2023("percent", "value", to=80),
        "2023: target_met: does not follow",
    ),
    "a target met by a word": (of_2023("target_met", "value", to="no"), "years/5/target_met/value"),
    "calls turned round": (
        of_2023("calls", "value", to={"at_least": 2, "at_most": 1}),
        "2023: calls: at_least is more",
    ),
    "calls without a number": (
        of_2023("calls", "value", to={"at_least": None, "at_most": None}),
        "2023: calls: no number is known",
    ),
    "calls with a fraction": (of_2023("calls", "value", "at_most", to=3.2), "years/5/calls/value"),
    "centrals that do not add up": (
        of_2023("centrals", "value", to=95),
        "2023: centrals: 96 are told of, and there are 95",
    ),
    "centrals told in two ways": (
        of_2023("centrals_met", "value", to={"count": 37, "one_in": 3}),
        "years/5/centrals_met/value",
    ),
    "a spread turned round": (
        of_2023("spread", "value", 0, "from_percent", to=99),
        "2023: spread: from_percent is more",
    ),
    "a spread of nobody knows how many": (
        of_2023("centrals", to=None),
        "2023: spread: the others are of a number",
    ),
    "a central named twice": (
        changed("years", 4, "named", to=[OSLO, OSLO]),
        "2022: named: Oslo stands twice",
    ),
    "a central without a name": (changed("years", 4, "named", 0, "name", to=""), "named/0/name"),
    "nobody knows whether it is verified": (
        of_2023("named", 0, "is_verified", to="no"),
        "years/5/named/0/is_verified",
    ),
    "a reviewer without a day": (changed("reviewer", to="A"), "reviewed_on: a review has a person"),
    "no percentage at all": (of_2023("percent", to=None), "years: none has a percentage"),
    "a headline without centrals": (headless(), "2023: the latest percentage"),
    "a target that was met at last": (of_2023("target_met", to=None), "years: the last must say"),
}


@pytest.mark.parametrize(("content", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_wrong_file_is_refused_and_its_fault_named(tmp_path, content, fault):
    path = tmp_path / "national.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(NationalError, match=rf"^national\.json: .*{fault}"):
        load(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_file_that_is_no_such_file_is_refused_by_name(tmp_path, text):
    path = tmp_path / "national.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NationalError, match=r"^national\.json: "):
        load(path)


def test_every_fault_is_told_and_not_only_the_first():
    content = of_2023("percent", "value", to=101)
    content["publisher"] = ""
    assert len(list(problems(content))) == 2
