"""The charts as the report shows them; every specification of the product is drawn."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from legevakt.lib import charts
from legevakt.lib.charts import ChartError
from legevakt.lib.svg import SvgError, described

FOLDER = Path(__file__).parents[2] / "reporting" / "charts"
NAMES = sorted(path.name for path in FOLDER.glob("*.vl.json"))
SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [f"2025-{month:02}-01" for month in range(1, 13)]
DATA = {
    "months": [
        {
            "month": month,
            "share": None if n == 5 else 0.7 + n / 50,
            "numerator": 1,
            "denominator": 2,
        }
        for n, month in enumerate(MONTHS)
    ],
    "hours": [
        {"weekday": day, "hour": hour, "offered": 3, "share": hour / 23 if hour != 4 else None}
        for day in range(1, 8)
        for hour in range(24)
    ],
    "bands": [
        {"month": month, "band": band, "calls": calls}
        for month in MONTHS
        for band, calls in [
            ("within_2", 2300),
            ("from_2_to_10", 400),
            ("over_10", 100),
            ("unanswered", 200),
        ]
    ],
    "points": [
        {"day": month, "value": None if n == 5 else 70 + n} for n, month in enumerate(MONTHS)
    ],
    "notes": [
        {
            "starts": "2025-03-03",
            "ends": "2025-03-05",
            "label": "1 driftsavbrot",
            "level": 0,
            "is_late": False,
        }
    ],
    "marks": [{"month": MONTHS[2], "label": "1–2"}, {"month": MONTHS[3], "label": ""}],
    "targets": [{"value": 80, "share": 0.8, "label": "80 %"}],
    "frame": [{"value": 0}, {"value": 100}],
    "bins": [
        {"place": n, "label": f"0:{n}0", "kind": kind, "calls": 10 - n}
        for n in range(6)
        for kind in ("answered", "unanswered")
    ],
    "steps": [
        {"place": n, "label": f"{n}:00", "share": None if n == 5 else n / 20} for n in range(6)
    ],
    "places": [
        {"place": 0, "name": "Alver", "share": 0.843},
        {"place": 1, "name": "Fedje", "share": None},
    ],
}


def localised(name, *, language="nn", **texts):
    spec = charts.load_spec(FOLDER / name)
    names = charts.text_names(spec)
    return charts.localise(
        spec, texts={text: texts.get(text, f"«{text}»") for text in names}, language=language
    )


def drawn(name, *, language="nn", data=DATA, **texts):
    return charts.render_svg(
        localised(name, language=language, **texts),
        data=data,
        language=language,
        title="Del svart",
        description="Tolv månader",
    )


def words(svg):
    return "|".join(
        "".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")
    )


def paths(svg):
    return [node.get("d") or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}path")]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ranges(part):
    """The colour ranges of the scales anywhere in a specification."""
    if isinstance(part, list):
        return [found for each in part for found in ranges(each)]
    if not isinstance(part, dict):
        return []
    own = [part["range"]] if isinstance(part.get("range"), list) else []
    return own + [found for each in part.values() for found in ranges(each)]


def test_every_chart_is_looked_at():
    assert NAMES == [
        "abandonment.vl.json",
        "by_municipality.vl.json",
        "curve.vl.json",
        "hour_of_week.vl.json",
        "trend.vl.json",
        "wait_bands.vl.json",
        "wait_distribution.vl.json",
    ]


def test_the_curve_has_its_target_and_what_happened_in_words():
    found = words(drawn("curve.vl.json")).split("|")

    assert "80 %" in found
    assert "1 driftsavbrot" in found


def test_the_bars_have_the_numbers_of_what_happened():
    assert "1–2" in words(drawn("trend.vl.json")).split("|")
    assert "1–2" not in words(drawn("trend.vl.json", data=DATA | {"marks": []})).split("|")


def test_a_thin_point_is_open_and_says_of_how_many_months():
    thin = [
        {"day": MONTHS[0], "value": 71, "thin": "av 7\nmånader"},
        {"day": MONTHS[1], "value": 72},
    ]
    svg = drawn("curve.vl.json", data=DATA | {"points": thin})

    assert "av 7" in words(svg)
    assert 'fill="#ffffff" stroke="#0062ba"' in svg.replace('"#fff"', '"#ffffff"')
    assert 'fill="#ffffff" stroke="#0062ba"' not in drawn("curve.vl.json")


def test_the_curve_is_broken_where_nothing_is_known():
    """The line of eleven months is drawn in two pieces: five months, and six."""
    whole = drawn("curve.vl.json", data=DATA | {"points": [{"day": MONTHS[0], "value": 1}]})
    broken = drawn("curve.vl.json")

    (line,) = [path for path in paths(broken) if path.count("L") == 9]
    assert line.count("M") == 2
    assert all(path.count("L") < 9 for path in paths(whole))


def test_a_hidden_municipality_says_so_and_has_no_bar():
    found = words(drawn("by_municipality.vl.json", hidden="ikkje vist")).split("|")

    assert found.count("ikkje vist") == 1
    assert "84,3" in found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_a_chart_is_one_named_picture_without_style_or_script(name, language):
    root = ElementTree.fromstring(drawn(name, language=language))
    kinds = {node.tag.removeprefix(SVG) for node in root.iter()}

    assert root.get("role") == "img"
    assert [(node.tag, node.text) for node in root[:2]] == [
        (f"{SVG}title", "Del svart"),
        (f"{SVG}desc", "Tolv månader"),
    ]
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    assert kinds <= {
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "rect",
        "line",
        "text",
        "tspan",
        "defs",
        "clipPath",
    }
    assert not any(node.get("style") or node.get("class") for node in root.iter())
    assert "{{" not in words(ElementTree.tostring(root, encoding="unicode"))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_chart_is_drawn_the_same_and_ids_are_not_shared(name):
    first, other = drawn(name), drawn(name, language="nb", share="X", calls="X", value="X")
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (first, other)]

    assert drawn(name) == first
    assert not ids[0] & ids[1]


def test_the_browser_is_given_the_same_specification_with_locale_and_data():
    complete = charts.with_data(localised("trend.vl.json"), data=DATA)

    assert complete["datasets"] == {"months": DATA["months"], "marks": DATA["marks"]}
    assert complete["config"]["locale"]["number"]["decimal"] == ","
    assert complete["config"]["locale"]["time"]["days"][6] == "laurdag"
    assert json.loads(json.dumps(complete)) == complete


def test_months_and_shares_are_written_in_norwegian():
    found = words(drawn("trend.vl.json"))

    assert "des." in found
    assert "80\u00a0%" in found
    assert "70,0" in found


@pytest.mark.parametrize(
    ("language", "monday", "tuesday"),
    [("nn", "måndag", "tysdag"), ("nb", "mandag", "tirsdag"), ("en", "Monday", "Tuesday")],
)
def test_weekdays_are_in_the_language_and_monday_is_first(language, monday, tuesday):
    found = words(drawn("hour_of_week.vl.json", language=language)).split("|")

    assert found.index(tuesday) == found.index(monday) + 1


def test_a_month_without_data_says_so_and_is_no_bar():
    found = words(drawn("trend.vl.json", no_data="ingen data"))

    assert found.count("ingen data") == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_without_any_rows_is_still_drawn(name):
    empty = {source: [] for source in DATA}

    assert "<svg" in drawn(name, data=empty)


def test_two_years_are_shown_without_labels_on_each_bar():
    months = [
        {"month": f"{y}-{m:02}-01", "share": 0.815} for y in (2024, 2025) for m in range(1, 13)
    ]

    assert "81,5" not in words(drawn("trend.vl.json", data={"months": months, "marks": []}))


def test_a_text_with_quotes_is_only_a_text():
    assert 'it\'s "so" }}' in words(drawn("trend.vl.json", met='it\'s "so" }}'))


@pytest.mark.parametrize("name", ["trend.vl.json", "wait_bands.vl.json"])
def test_bars_stand_out_from_white(name):
    (colours,) = ranges(charts.load_spec(FOLDER / name))

    assert all(contrast(colour, "#ffffff") >= 3 for colour in colours)


def test_neighbouring_bands_of_a_bar_are_told_apart_by_their_lightness():
    (colours,) = ranges(charts.load_spec(FOLDER / "wait_bands.vl.json"))

    assert contrast(colours[0], colours[1]) >= 3
    assert contrast(colours[2], colours[3]) >= 2.5


def test_the_heat_map_goes_evenly_from_dark_to_light():
    (colours,) = ranges(charts.load_spec(FOLDER / "hour_of_week.vl.json"))
    lightness = [luminance(colour) for colour in colours]

    assert lightness == sorted(lightness)
    assert contrast(colours[0], colours[-1]) >= 3


def test_a_missing_text_is_named():
    with pytest.raises(ChartError, match="no_data"):
        charts.localise(charts.load_spec(FOLDER / "trend.vl.json"), texts={}, language="nn")


def test_another_language_is_refused():
    with pytest.raises(ChartError, match="'de'"):
        localised("trend.vl.json", language="de")


def test_missing_data_is_named():
    with pytest.raises(ChartError, match="months"):
        drawn("trend.vl.json", data={})


def test_a_chart_may_not_fetch_its_data():
    spec = {**localised("trend.vl.json"), "data": {"url": "https://example.no/a.json"}}

    with pytest.raises(ChartError, match=r"may not fetch https://example\.no"):
        charts.with_data(spec, data=DATA)


def test_a_specification_that_cannot_be_drawn_is_an_error():
    spec = {"$schema": "vega-lite", "data": {"name": "months"}, "mark": "no such mark"}

    with pytest.raises(ChartError, match="cannot be drawn"):
        charts.render_svg(spec, data=DATA, language="nn", title="x", description="x")


@pytest.mark.parametrize("content", ["{", "[]", '{"$schema": "x"}'])
def test_a_file_that_is_no_specification_is_refused(content, tmp_path):
    path = tmp_path / "a.vl.json"
    path.write_text(content)

    with pytest.raises(ChartError, match=r"a\.vl\.json"):
        charts.load_spec(path)


@pytest.mark.parametrize("tag", ["script", "style", "linearGradient", "image"])
def test_a_drawing_with_anything_a_page_refuses_is_refused(tag):
    with pytest.raises(SvgError, match=tag):
        described(
            f'<svg xmlns="http://www.w3.org/2000/svg"><{tag}/></svg>',
            language="nn",
            title="x",
            description="x",
        )
