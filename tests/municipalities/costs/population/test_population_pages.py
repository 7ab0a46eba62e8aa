"""Folketal: six years at a glance, files, and an upload that is looked at first."""

import doctest
import json
import re
from datetime import date
from decimal import Decimal

import fastexcel
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from municipalities.cooperations import participation
from municipalities.costs.population import files, queries, rules, shares
from municipalities.register import operations
from municipalities.register.models import FigureStatus, Population
from municipalities.register.operations import load_population
from tests.factories.municipalities import CooperationFactory, MunicipalityFactory
from tests.factories.population import SSB, counted

pytestmark = pytest.mark.usefixtures("clock")

DAYS = [date(year, 1, 1) for year in range(2020, 2026)]
NEWEST, BEFORE = DAYS[-1], DAYS[-2]
CSV = "region;Personer 2024;Personer 2025\n4631 Alver;29986;30123\nK-4633 Fedje;505;509\n"


@pytest.fixture
def counts(host, partner):
    """Six years of Alver; Fedje lacks the first, and its newest is provisional."""
    for at, day in enumerate(DAYS):
        counted(host, day, 29_000 + 200 * at)
        if at:
            status = FigureStatus.PROVISIONAL if day == NEWEST else FigureStatus.FINAL
            counted(partner, day, 500 + at, status=status, retrieved_date=date(2025, 4, 1))


@pytest.fixture
def browser(as_person, controller):
    return as_person(controller)


@pytest.fixture
def reader(as_person, partner_director):
    return as_person(partner_director)


@pytest.fixture
def address(cooperation):
    return lambda name="population": reverse(name, args=[cooperation.slug])


@pytest.fixture
def upload(browser, address):
    """`upload(text)`: the answer to a file that is to be looked at."""

    def post(text: str | bytes, **told):
        content = text.encode() if isinstance(text, str) else text
        data = {"file": SimpleUploadedFile("folketal.csv", content), "status": "final"} | told
        return browser.post(address("population_upload"), data)

    return post


@pytest.fixture
def confirm(browser, address):
    """`confirm(page)`: store what the page showed."""

    def post(page, **told):
        figures = page.context["form"].initial["figures"]
        data = {"figures": figures} | told
        return browser.post(address("population_store"), data, follow=True)

    return post


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def cells(answer) -> dict[str, list[str]]:
    return {row.name: [each.value for each in row.figures] for row in answer.context["rows"]}


def stored() -> dict[tuple[str, int], tuple[int, str]]:
    return {
        (row.municipality.number, row.counted_date.year): (row.inhabitants, row.status)
        for row in Population.objects.select_related("municipality")
    }


def test_the_examples_are_true():
    assert doctest.testmod(rules).failed == 0


def test_six_years_of_each_municipality_and_of_all_together(reader, address, counts):
    page = reader.get(address())

    assert cells(page) == {
        "Alver": ["29,000", "29,200", "29,400", "29,600", "29,800", "30,000"],
        "Fedje": ["–", "501", "502", "503", "504", "505"],
        # neither took part in 2020 and 2021
        "All that took part": ["–", "–", "29,902", "30,103", "30,304", "30,505"],
    }
    completeness, together = page.context["cards"]
    assert (completeness.value, completeness.state_text) == ("2 of 2", "Provisional")
    assert (together.value, together.detail) == ("30,505", "on 1 January 2025")
    told = text_of(page)
    assert told.count("provisional 505") == 1
    assert SSB in told


def test_where_the_figures_are_from_is_told_by_day(reader, address, counts):
    sources = reader.get(address()).context["sources"].shown
    assert sources[0][1:] == ["Fedje", "Provisional", SSB, "1 April 2025"]
    assert sources[1][1:] == ["Alver", "Final", SSB, "1 March 2025"]
    assert len(sources) == 11


def test_one_source_for_everybody_is_told_once(reader, address, host, partner):
    for each in (host, partner):
        counted(each, NEWEST, 500)
    assert [row[1] for row in reader.get(address()).context["sources"].shown] == ["All of them"]


def test_who_lacks_the_newest_figure_is_named(reader, address, host):
    counted(host, NEWEST, 30_000)
    page = reader.get(address())
    assert "No figure on 1 January 2025: Fedje" in text_of(page)
    completeness, together = page.context["cards"]
    assert (completeness.value, completeness.state_text) == ("1 of 2", "Incomplete")
    assert together.value == ""
    assert page.context["chart"] == {}


def test_the_chart_and_its_table_say_the_same(reader, address, counts):
    page = reader.get(address())
    assert page.context["shares"].rows[0].cells == (
        "Alver",
        30_000,
        Decimal("98.3"),
        Decimal("3.4"),
    )
    assert page.context["shares"].rows[1].cells == ("Fedje", 505, Decimal("1.7"), "–")
    [alver, fedje] = page.context["chart"]["datasets"]["bars"]
    assert (alver["label"], fedje["label"]) == ("98.3%", "1.7%")
    assert alver["share"] == pytest.approx(30_000 / 30_505)
    assert "Alver has most: 98.3% of 30,505 inhabitants." in text_of(page)


def test_one_that_joined_later_counts_from_then(cooperation, host, partner, counts):
    joining = MunicipalityFactory(number="4632", name="Austrheim")
    counted(joining, NEWEST, 2_900)
    counted(joining, BEFORE, 2_800)
    participation.join(cooperation=cooperation, municipality=joining, on=NEWEST, why="new", by=None)
    years = queries.population_years(cooperation=cooperation, today=date(2025, 11, 10))
    assert (years.inhabitants(BEFORE), years.inhabitants(NEWEST)) == (30_304, 33_405)


def test_one_that_left_before_is_not_shown(cooperation, host, partner, counts):
    Population.objects.filter(municipality=partner).delete()
    participant = cooperation.participants.get(municipality=partner)
    participation.leave(participant=participant, on=date(2025, 6, 1), why="left", by=None)
    for today, names in ((date(2025, 11, 10), ["Alver", "Fedje"]), (date(2031, 1, 1), ["Alver"])):
        years = queries.population_years(cooperation=cooperation, today=today)
        assert [each.name for each in years.municipalities] == names


@pytest.mark.parametrize("table", ["years", "figures"])
def test_files_say_what_the_page_says(reader, address, cooperation, counts, table):
    years = queries.population_years(cooperation=cooperation, today=date(2025, 11, 10))
    expected = {"years": files.years_table, "figures": files.figures_table}[table](years)

    text = reader.get(address(), {"table": table, "format": "csv"}).content.decode()
    book = reader.get(address(), {"table": table, "format": "xlsx"}).content
    sheet = fastexcel.read_excel(book).load_sheet(0, header_row=None, dtypes="string").to_polars()

    lines = [line.split(";") for line in text.removeprefix("\ufeff").splitlines()]
    assert lines[1:] == [[str(cell) for cell in row.cells] for row in expected.rows]
    told = [["" if cell is None else cell for cell in row] for row in sheet.rows()]
    assert told[1:] == lines[1:]
    if table == "figures":
        assert lines[1] == ["4631", "Alver", "2020-01-01", "29000", "Final", SSB, "2025-03-01"]


@pytest.mark.parametrize(
    "asked", [{"table": "years", "format": "pdf"}, {"table": "x", "format": "csv"}, {"format": ""}]
)
def test_other_files_are_not_found(reader, address, asked):
    assert reader.get(address(), asked).status_code == 404


def test_an_empty_page_says_what_to_do_next(browser, reader, address, settings):
    assert "table 07459" in text_of(browser.get(address()))
    assert "Upload figures" in text_of(browser.get(address()))
    told = text_of(reader.get(address()))
    assert "The host uploads them" in told
    assert "Upload figures" not in told
    assert "by itself" not in told
    settings.SSB_API_URL = "https://ssb.example"
    assert "by itself" in text_of(reader.get(address()))


def test_the_page_takes_as_many_queries_with_many_municipalities(
    as_person, address, cooperation, counts, partner_director, django_assert_num_queries
):
    browser = as_person(partner_director)
    browser.get(address())
    with django_assert_num_queries(9):
        browser.get(address())
    for number in range(9001, 9006):
        joining = MunicipalityFactory(number=f"{number}")
        counted(joining, NEWEST, 700)
        participation.join(
            cooperation=cooperation, municipality=joining, on=NEWEST, why="new", by=None
        )
    with django_assert_num_queries(9):
        browser.get(address())


def test_a_file_is_looked_at_before_it_is_stored(upload, confirm, controller):
    page = upload(CSV + "4632 Austrheim;1;2\nK-Rest Uoppgitt;0;7\n")
    told = text_of(page)
    assert "Nothing is stored yet" in told
    assert dict(page.context["preview"].counts) == {
        "New figure": "4",
        "Regions that are not in the register": "3",
    }
    assert "K-Rest Uoppgitt 1 January 2025 7 line 5" in told
    assert not Population.objects.exists()

    done = confirm(page)

    assert "Stored: 4 new, 0 changed" in text_of(done)
    assert stored() == {
        ("4631", 2024): (29_986, "final"),
        ("4631", 2025): (30_123, "final"),
        ("4633", 2024): (505, "final"),
        ("4633", 2025): (509, "final"),
    }
    assert Population.objects.first().source == "Statistisk sentralbyrå (CC BY 4.0)"


def test_storing_twice_does_no_harm(upload, confirm):
    page = upload(CSV)
    confirm(page)
    assert "Stored: 0 new, 0 changed" in text_of(confirm(page))
    assert "has changed" in text_of(upload(CSV))


def test_only_those_who_take_part_get_figures(upload, confirm):
    MunicipalityFactory(number="4601", name="Bergen")
    page = upload(CSV + "4601 Bergen;290000;291000\n")
    assert dict(page.context["preview"].counts) == {
        "New figure": "4",
        "Of other municipalities, not stored here": "2",
    }
    confirm(page)
    assert not Population.objects.filter(municipality__number="4601").exists()


def test_a_file_of_others_alone_is_not_stored(upload):
    MunicipalityFactory(number="4601", name="Bergen")
    page = upload("region;Personer 2025\n4601 Bergen;291000\n")
    assert "no figure of a municipality that takes part" in text_of(page)
    assert "Store the figures" not in text_of(page)


def test_those_who_take_part_and_are_not_in_the_file_are_named(upload):
    page = upload("region;Personer 2021;Personer 2025\n4631 Alver;29337;30123\n")
    assert page.context["preview"].missing == ["1 January 2025: Fedje"]


def test_provisional_figures_and_then_final_ones(upload, confirm):
    confirm(upload(CSV, status="provisional"))
    assert {status for _, status in stored().values()} == {"provisional"}

    page = upload(CSV.replace("30123", "30130"))

    assert dict(page.context["preview"].counts) == {"Becomes final": "4"}
    assert "why" not in page.context["form"].fields
    confirm(page)
    assert stored()["4631", 2025] == (30_130, "final")


def test_final_figures_are_changed_with_a_reason_that_stands_on_the_page(
    upload, confirm, reader, address, controller
):
    confirm(upload(CSV))
    page = upload(CSV.replace("30123", "30130"))
    assert dict(page.context["preview"].counts) == {"Changes a final figure": "1", "Unchanged": "3"}
    assert page.context["preview"].figures.shown[0] == [
        "Alver",
        "1 January 2025",
        "Changes a final figure",
        "30,123",
        "30,130",
        "Final",
    ]

    refused = confirm(page)
    assert refused.status_code == 422
    assert "What the file tells" in text_of(refused)
    assert stored()["4631", 2025] == (30_123, "final")

    confirm(page, why="SSB har retta folketalet")

    assert stored()["4631", 2025] == (30_130, "final")
    [revision] = reader.get(address()).context["revisions"].shown
    assert revision[1:] == [
        "Alver",
        "1 January 2025",
        "30,123",
        "30,130",
        "SSB har retta folketalet",
        controller.name,
    ]


def test_provisional_figures_do_not_replace_final_ones(upload, confirm):
    confirm(upload(CSV))
    page = upload(CSV, status="provisional")
    assert "Nothing can be stored" in text_of(page)
    assert "Store the figures" not in text_of(page)
    assert confirm(page).status_code == 422
    assert {status for _, status in stored().values()} == {"final"}


def test_figures_that_somebody_else_stored_meanwhile_are_looked_at_again(
    upload, confirm, host, monkeypatch
):
    """The other comes between the check and the storing."""
    page = upload(CSV)

    def after_another(**told):
        counted(host, NEWEST, 7)
        return load_population(**told)

    monkeypatch.setattr(operations, "load_population", after_another)
    answer = confirm(page)

    assert answer.status_code == 409
    assert "meanwhile" in text_of(answer)
    assert stored() == {("4631", 2025): (7, "final")}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "The file is empty"),
        ("\x00\x01", "neither CSV nor JSON"),
        ("region;Personer 2025\n4631 Alver;1\n4631 Alver;2\n", "1 (line 2) and 2 (line 3)"),
        ("region;Personer\n4631 Alver;1\n", "Give the day of the count"),
        ("region;Personer 2025\nAlver;1\n", "no municipality number"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_in_words(upload, content, reason):
    answer = upload(content)
    assert answer.status_code == 422
    assert reason in text_of(answer)


def test_a_day_is_taken_from_the_form_where_the_file_has_none(upload, confirm):
    confirm(upload("region;Personer\n4631 Alver;30123\n", counted_date="2025-01-01"))
    assert stored() == {("4631", 2025): (30_123, "final")}


def test_json_stat_goes_the_same_way(upload, confirm):
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": "07459: Befolkning",
        "source": "Statistisk sentralbyrå",
        "id": ["Tid", "Region"],
        "size": [1, 2],
        "dimension": {
            "Tid": {"category": {"index": ["2025"]}},
            "Region": {"category": {"index": ["K-4631", "4633"]}},
        },
        "value": {"0": 30_123, "1": 509},
    }
    confirm(upload(json.dumps(dataset)))
    assert stored() == {("4631", 2025): (30_123, "final"), ("4633", 2025): (509, "final")}
    assert Population.objects.first().source == SSB


def test_a_file_that_is_too_large_is_refused(upload, monkeypatch):
    monkeypatch.setattr("municipalities.costs.population.forms.MAX_BYTES", 10)
    assert "larger than 10 MB" in text_of(upload(CSV))


def test_a_preview_of_another_cooperation_or_none_is_not_stored(
    browser, address, upload, host, controller
):
    figures = upload(CSV).context["form"].initial["figures"]
    other = CooperationFactory(slug="other", host=host)
    answer = browser.post(reverse("population_store", args=[other.slug]), {"figures": figures})
    assert answer.status_code == 404
    for told in ({}, {"figures": "x"}, {"figures": figures[:-1]}):
        answer = browser.post(address("population_store"), told, follow=True)
        assert "The preview is too old" in text_of(answer)
    assert not Population.objects.exists()


def test_who_does_not_manage_uploads_nothing(reader, address):
    for name in ("population_upload", "population_store"):
        assert reader.post(address(name), {"figures": "x"}).status_code == 404


@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_the_chart_is_drawn_in_every_language(cooperation, counts, language):
    from django.utils import translation

    from legevakt.lib.charts import render_svg

    years = queries.population_years(cooperation=cooperation, today=date(2025, 11, 10))
    with translation.override(language):
        spec = shares.shares_chart(years)
        svg = render_svg(
            spec, data=spec["datasets"], language=language, title="Del", description="Del"
        )
    assert "Alver" in svg


def test_shares_sum_to_the_whole(cooperation, counts):
    years = queries.population_years(cooperation=cooperation, today=date(2025, 11, 10))
    assert sum(row.cells[2] for row in shares.shares_table(years).rows) == Decimal("100.0")
