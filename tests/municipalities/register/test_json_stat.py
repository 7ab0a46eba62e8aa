"""JSON-stat2: any order of dimensions, dense or sparse, and what does not add up."""

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from municipalities.register import json_stat, population_files, words
from municipalities.register.figures import UnreadablePopulation

SAMPLES = Path(__file__).parents[2] / "samples/register"
REAL_SHAPE = json.loads((SAMPLES / "pxweb_jsonstat2_ssb_13861_data.json").read_bytes())
LABELS = {
    "Region": {"4631": "Alver", "4633": "Fedje", "K-4632": "Austrheim", "K_4634": "Masfjorden"},
    "Kjonn": {"1": "Menn", "2": "Kvinner"},
    "Alder": {"000": "0 år", "001": "1 år", "002+": "2 år eller eldre"},
    "ContentsCode": {"Personer1": "Personer"},
    "Tid": {"2023": "2023", "2024": "2024"},
}


def dataset(counts, *, order=("Region", "ContentsCode", "Tid"), labels=LABELS, **more):
    """A dataset in SSB's shape; `counts(told)` gives the value of each {dimension: code}."""
    places = list(product(*(labels[name] for name in order)))
    found = {
        "version": "2.0",
        "class": "dataset",
        "label": "07459: Befolkning, etter region, statistikkvariabel og år",
        "source": "Statistisk sentralbyrå",
        "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
        "id": list(order),
        "size": [len(labels[name]) for name in order],
        "dimension": {
            name: {
                "label": name.lower(),
                "category": {
                    "index": {code: at for at, code in enumerate(labels[name])},
                    "label": labels[name],
                },
            }
            for name in order
        },
        "value": [counts(dict(zip(order, codes, strict=True))) for codes in places],
    }
    assert set(found) - {"role"} <= set(REAL_SHAPE)
    return found | more


def figures(content) -> dict[tuple[str | None, int], int]:
    read = population_files.read(json.dumps(content).encode())
    return {(f.number, f.counted_date.year): f.inhabitants for f in read.figures}


def refusal(content, **more) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(UnreadablePopulation) as refused:
        population_files.read(raw, **more)
    with translation.override(None):
        return words.of_file(refused.value)


def by_place(told) -> int:
    """A count that tells its place: 2 digits of the year, the last digit of the number."""
    return int(told["Tid"][2:]) * 10 + int(told["Region"][-1])


def test_several_years_and_every_prefix():
    assert figures(dataset(by_place)) == {
        (number, year): (year - 2000) * 10 + int(number[-1])
        for number in ("4631", "4632", "4633", "4634")
        for year in (2023, 2024)
    }


def test_where_it_is_from_is_read():
    read = json_stat.read(json.dumps(dataset(by_place)).encode())
    assert read.source == "Statistisk sentralbyrå, tabell 07459 (CC BY 4.0)"
    other = dataset(by_place, source="Nokon\x00", label="Folketal")
    assert json_stat.read(json.dumps(other).encode()).source == "Nokon (CC BY 4.0)"


def test_a_byte_order_mark_does_no_harm():
    content = b"\xef\xbb\xbf" + json.dumps(dataset(by_place)).encode()
    assert len(population_files.read(content).figures) == 8


@given(
    order=st.permutations(list(LABELS)),
    as_list=st.booleans(),
    sparse=st.booleans(),
    counts=st.lists(st.integers(1, 999), min_size=48, max_size=48),
)
def test_the_order_and_the_form_do_not_matter(order, as_list, sparse, counts):
    codes = list(product(*LABELS.values()))
    told = dict(zip(codes, counts, strict=True))
    found = dataset(lambda each: told[tuple(each[name] for name in LABELS)], order=order)
    if as_list:
        for each in found["dimension"].values():
            each["category"]["index"] = list(each["category"]["index"])
    if sparse:
        found["value"] = {str(at): value for at, value in enumerate(found["value"])}
    slowly: dict[tuple[str, int], int] = {}
    for (region, _sex, _age, _contents, year), count in told.items():
        key = region.removeprefix("K-").removeprefix("K_"), int(year)
        slowly[key] = slowly.get(key, 0) + count
    assert figures(found) == slowly


def test_a_missing_value_is_no_figure_and_no_zero():
    found = dataset(by_place)
    found["value"][0], found["status"] = None, {"0": ".."}
    assert ("4631", 2023) not in figures(found)
    assert len(figures(found)) == 7


def test_a_value_that_a_sparse_object_leaves_out_is_missing():
    assert figures(dataset(by_place) | {"value": {"1": 240}}) == {("4631", 2024): 240}


def test_a_zero_is_a_number_that_was_not_in_use():
    found = dataset(lambda told: 0 if told["Tid"] == "2023" else 5)
    assert {year for _, year in figures(found)} == {2024}


@pytest.mark.parametrize("status", ["*", ["*"] * 8, {str(at): "*" for at in range(8)}])
def test_a_star_marks_provisional_figures(status):
    content = json.dumps(dataset(by_place, status=status)).encode()
    assert {figure.is_provisional for figure in json_stat.read(content).figures} == {True}


def test_other_contents_are_left_out():
    labels = LABELS | {"ContentsCode": {"Areal": "Areal (km²)", "Personer1": "Personer"}}
    found = dataset(lambda t: 5 if t["ContentsCode"] == "Areal" else 7, labels=labels)
    assert set(figures(found).values()) == {7}


def test_sexes_are_known_by_their_codes_too():
    order = ("Region", "Kjonn", "ContentsCode", "Tid")
    found = dataset(by_place, order=order)
    del found["dimension"]["Kjonn"]["category"]["label"]
    assert figures(found)["4631", 2024] == 2 * 241


def test_only_a_label_is_enough_for_a_single_category():
    labels = LABELS | {"Tid": {"2024": "2024"}}
    found = dataset(by_place, labels=labels)
    del found["dimension"]["Tid"]["category"]["index"]
    assert len(figures(found)) == 4


def test_a_day_may_be_given_where_no_year_stands():
    found = dataset(lambda _: 5, order=("Region", "ContentsCode"))
    assert "Give the day" in refusal(found)
    content = json.dumps(found).encode()
    read = json_stat.read(content, counted_date=date(2024, 1, 1))
    assert {figure.counted_date for figure in read.figures} == {date(2024, 1, 1)}


def test_a_day_that_is_not_there_is_refused():
    assert "no count of" in refusal(dataset(by_place), counted_date=date(2020, 1, 1))


def test_two_figures_are_refused_with_both_places():
    labels = LABELS | {"Region": {"4631": "Alver", "K-4631": "Alver"}}
    counts = iter([1, 2, 1, 3])
    told = refusal(dataset(lambda _: next(counts), labels=labels))
    assert "2 (value 2) and 3 (value 4)" in told


def test_totals_beside_their_parts_are_refused():
    sexes = {"0": "Begge kjønn", "1": "Menn", "2": "Kvinner"}
    order = ("Region", "Kjonn", "ContentsCode", "Tid")
    told = refusal(dataset(by_place, order=order, labels=LABELS | {"Kjonn": sexes}))
    assert "both a total and its parts" in told


def without(name, **more):
    found = dataset(by_place) | more
    found.pop(name, None)
    return found


def changed(dimension, **category):
    found = dataset(by_place)
    found["dimension"][dimension]["category"] |= category
    return found


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (REAL_SHAPE, "“NACE2007” is not known"),
        (b"{", "JSON is damaged"),
        (b'{"a":' * 50_000, "JSON is damaged"),
        (b"{}", "not JSON-stat2"),
        ({"class": "collection"}, "not JSON-stat2"),
        (without("id"), "at “id”"),
        (without("dimension"), "at “id”"),
        (without("size"), "at “size”"),
        (without("value"), "at “value”"),
        (without("", size=[4, 1, 3]), "at “size”"),
        (without("", id=["Region", "Region", "Tid"]), "at “size”"),
        (without("", value=[1, 2, 3]), "at “value”"),
        (without("", value={"8": 1}), "at “value”"),
        (without("", value={"-1": 1}), "at “value”"),
        (without("", value=[1.5] * 8), "Value 1: “1.5” is no count"),
        (without("", value=[-1] * 8), "Value 1: “-1” is no count"),
        (without("", value=["5"] * 8), "Value 1: “5” is no count"),
        (without("", value=[True] * 8), "Value 1: “True” is no count"),
        (without("", value=[10**9] * 8), "no count of people"),
        (without("", value=[float("nan")] * 8), "no count"),
        (without("", value=[None] * 8), "no figure"),
        (changed("Tid", index={"2023": 0, "2024": 2}), "at “Tid”"),
        (changed("Tid", index={"2023": 0, "2024": "1"}), "at “Tid”"),
        (changed("Tid", index=["2024", "2024"]), "at “Tid”"),
        (changed("Tid", index=7), "at “Tid”"),
        (changed("Tid", label={"2023": "2023K1", "2024": "2024K1"}), "“2023K1” is no sex"),
        (changed("ContentsCode", index=["Areal"], label={}), "“Areal” is not known"),
        (dataset(by_place, dimension={}), "at “Region”"),
    ],
)
def test_what_does_not_add_up_is_refused_in_words(content, reason):
    assert reason in refusal(content)


def test_a_file_without_regions_is_refused():
    assert "no regions" in refusal(dataset(lambda _: 1, order=("ContentsCode", "Tid")))


def test_more_values_than_ssb_gives_are_not_read():
    huge = {f"{at:04}": "" for at in range(9000)}
    years = {f"{year}": f"{year}" for year in range(1900, 2000)}
    found = dataset(lambda _: 1, labels=LABELS | {"Region": huge, "Tid": years}) | {"value": {}}
    assert "more than 800" in refusal(found)
