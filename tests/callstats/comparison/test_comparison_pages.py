"""The pages: the nation, the centrals, the reconciliation, and who may see and write what."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from zipfile import ZipFile

import pytest
from django.urls import reverse

from callstats.annotations.models import Annotation
from callstats.calls.models import FeedHour
from legevakt.lib.periods import Period
from municipalities.access.rules import Role
from tests.conftest import person
from tests.factories.aggregates import AggregateSeriesFactory, stored
from tests.factories.annotations import note
from tests.factories.callstats import SourceFactory, call
from tests.factories.callstats import stored as stored_calls
from tests.factories.municipalities import (
    CentralFactory,
    CooperationFactory,
    MembershipFactory,
    PublicNumberFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OCTOBER = Period.month(2025, 10)
REPORT = "Måned;Tilbudt;Besvart;Innen 2 min\n2025-09;9;9;9\n2025-10;3;2;1\n"
ALL = reverse("comparison")


def nation(slug="nordhordland"):
    return reverse("comparison_nation", args=[slug])


def reconciliation(slug="nordhordland"):
    return reverse("comparison_reconciliation", args=[slug])


def month(text="2025-10", slug="nordhordland"):
    return reverse("comparison_month", args=[slug, text])


@pytest.fixture
def second(cooperation):
    central = CentralFactory(cooperation=cooperation, slug="askvoll", name="Askvoll")
    PublicNumberFactory(central=central)
    return central


@pytest.fixture
def two_calls(central, series):
    """October: ours 2 offered and answered, 1 in time; theirs 3, 2, 1. September: theirs only."""
    source = SourceFactory(slug="pbx", central=central)
    stored_calls(source=source, rows=[call("a"), call("b", wait_seconds=130)])
    FeedHour.objects.bulk_create(
        FeedHour(source=source, hour_at=OCTOBER.starts_at + timedelta(hours=n))
        for n in range(OCTOBER.hours())
    )
    stored(series=series, text=REPORT)
    return source


def rows_of(answer):
    """The rows of a downloaded CSV."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def rows_on(page, *, caption):
    """The cells of a table on a page as a browser shows them, thousands not parted."""
    table = re.search(rf'aria-label="{re.escape(caption)}".*?</table>', page.text, re.S)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[_plain(cell) for cell in row] for row in cells]


def _plain(cell):
    text = unescape(re.sub(r"<[^>]+>|\s+", " ", cell)).strip()
    return text.replace(",", "") if re.fullmatch(r"-?[0-9,]+", text) else text


class TestTheNation:
    def test_the_years_of_the_central_stand_beside_the_nations(
        self, as_person, partner_director, central, computed
    ):
        computed(central, year=2023, months=(1,))
        computed(central, months=(1, 2))
        page = as_person(partner_director).get(nation())
        rows = rows_on(page, caption=f"{central.name} beside the nation, year by year")
        by_year = {row[0]: row for row in rows[1:]}
        assert list(by_year) == ["2025", "2023", "2022", "2021", "2020", "2019", "2018"]
        assert by_year["2023"][1:] == [
            "the nation's figures are preliminary",
            "62",
            "124",
            "50.0",
            "744",
            "8760",
            "63",
            "not met",
            "just under 3.2 million",
            "96",
            "37",
        ]
        assert by_year["2025"][1:] == [
            "the nation's figures are not noted here",
            *("118", "236", "50.0", "1416", "7296", "–", "–", "–", "–", "–"),
        ]
        assert by_year["2022"][7:] == [
            *("–", "not met", "about 3.4 to 3.5 million", "94", "one in 3"),
        ]
        assert by_year["2018"][1:] == [
            "the nation's percentage is not published",
            *("–", "–", "–", "–", "–", "–", "not met", "–", "–", "–"),
        ]

    def test_what_is_not_verified_is_marked(self, as_person, partner_director, central):
        page = as_person(partner_director).get(nation()).text
        assert "not verified: read at second hand" in page
        assert page.count("not verified") == 1
        assert "not reviewed by another person yet" in page

    def test_calls_and_contacts_are_told_apart(self, as_person, partner_director, central):
        page = as_person(partner_director).get(nation()).text
        assert "Contacts with the legevakt are another and lower number" in page

    def test_without_figures_of_ones_own_the_nations_stand_alone(
        self, as_person, partner_director, central
    ):
        page = as_person(partner_director).get(nation())
        assert "no computed months yet" in page.text
        assert page.status_code == 200

    def test_the_chart_has_the_same_years_and_shares(
        self, as_person, partner_director, central, computed
    ):
        computed(central, year=2023, months=(1,))
        chart = as_person(partner_director).get(nation()).context["chart"]
        told = {(row["year"], row["who"]): row for row in chart["datasets"]["years"]}
        assert told["2023", central.name]["share"] == 0.5
        assert told["2023", "The nation"]["share"] == 0.63
        assert told["2022", "The nation"]["share"] is None
        assert told["2022", "The nation"]["words"] == "below 80%"

    def test_the_download_is_the_table_on_the_screen(
        self, as_person, partner_director, central, computed
    ):
        computed(central, year=2023, months=(1,))
        browser = as_person(partner_director)
        page = browser.get(nation())
        on_screen = rows_on(page, caption=f"{central.name} beside the nation, year by year")
        in_file = rows_of(browser.get(nation(), {"format": "csv"}))
        assert [[cell.replace(",", ".") for cell in row] for row in in_file] == on_screen

    def test_only_who_sees_imports_is_led_to_the_reconciliation(
        self, as_person, partner_director, leader, central
    ):
        assert reconciliation() not in as_person(partner_director).get(nation()).text
        assert reconciliation() in as_person(leader).get(nation()).text

    def test_what_happened_in_the_years_of_the_central_is_listed(
        self, as_person, partner_director, central, computed
    ):
        browser = as_person(partner_director)
        note(central=central)
        assert "What happened in the period" not in browser.get(nation()).text

        computed(central, months=(1, 2, 3))

        assert "24 October 2025: The power was out in a storm." in browser.get(nation()).text

    def test_few_queries_however_many_years(
        self, as_person, partner_director, central, computed, django_assert_max_num_queries
    ):
        computed(central, year=2024, months=(1, 2, 3))
        computed(central, months=(1, 2, 3))
        browser = as_person(partner_director)
        with django_assert_max_num_queries(8):
            browser.get(nation())


class TestTheCentrals:
    def test_a_table_by_name_with_the_sum_last(
        self, as_person, partner_director, central, second, computed
    ):
        computed(central, months=(1,))
        computed(second, months=(1, 2))
        page = as_person(partner_director).get(ALL, {"year": "2025"})
        rows = rows_on(page, caption="The centrals, January 2025 to October 2025")
        assert [row[0] for row in rows[1:]] == ["Askvoll", central.name, "All together"]
        assert rows[1][2:] == [
            "provisional; missing: March 2025 to October 2025",
            *("118", "236", "50.0", "43.7", "56.3", "below", "1416", "7296"),
        ]
        assert rows[3][3:6] == ["180", "360", "50.0"]
        assert "counted at both" in page.text

    def test_last_twelve_months_unless_a_year_is_chosen(
        self, as_person, partner_director, central, computed
    ):
        computed(central, year=2024, months=(11,))
        computed(central, year=2024, months=(10,))
        browser = as_person(partner_director)
        latest = browser.get(ALL).context["table"]
        of_2024 = browser.get(ALL, {"year": "2024"}).context["table"]
        assert latest.caption == "The centrals, November 2024 to October 2025"
        assert [table.rows[0].cells[4] for table in (latest, of_2024)] == [4 * 30, 4 * 61]

    def test_months_that_are_missing_are_named_and_the_figure_is_provisional(
        self, as_person, partner_director, central, computed
    ):
        computed(central, year=2024, months=(1, 2, 4))
        table = as_person(partner_director).get(ALL, {"year": "2024"}).context["table"]
        assert table.rows[0].cells[2] == (
            "provisional; missing: March 2024, May 2024 to December 2024"
        )

    def test_one_central_has_no_sum_and_no_ranking(
        self, as_person, partner_director, central, computed
    ):
        computed(central, months=(1,))
        page = as_person(partner_director).get(ALL)
        assert len(page.context["table"].rows) == 1
        assert "You see one central" in page.text

    def test_nothing_computed_says_what_to_do(self, as_person, partner_director, central):
        page = as_person(partner_director).get(ALL).text
        assert "No figures for November 2024 to October 2025" in page
        assert "To the overview" in page

    def test_other_cooperations_centrals_are_not_there(
        self, as_person, partner_director, central, computed
    ):
        stranger = CentralFactory(name="Stranger")
        PublicNumberFactory(central=stranger)
        computed(stranger, months=(1,))
        computed(central, months=(1,))
        page = as_person(partner_director).get(ALL)
        assert "Stranger" not in page.text
        assert page.context["table"].rows[0].cells[4] == 124

    def test_a_person_of_two_cooperations_sees_both(
        self, as_person, partner_director, partner, central, computed
    ):
        other = CooperationFactory(slug="sunnfjord", partners=[partner])
        second = CentralFactory(cooperation=other, slug="forde", name="Førde")
        PublicNumberFactory(central=second)
        MembershipFactory(
            user=partner_director,
            cooperation=other,
            municipality=partner,
            role=Role.PARTNER_DIRECTOR,
        )
        computed(central, months=(1,))
        computed(second, months=(1,))
        table = as_person(partner_director).get(ALL).context["table"]
        assert [row.cells[1] for row in table.rows[:2]] == [
            other.name,
            central.cooperation.name,
        ]
        assert table.rows[2].cells[4] == 248

    def test_more_centrals_need_no_more_queries(
        self, as_person, partner_director, central, second, computed, django_assert_num_queries
    ):
        computed(central, months=(1,))
        computed(second, months=(1, 2))
        browser = as_person(partner_director)
        browser.get(ALL)
        with django_assert_num_queries(7) as two:
            browser.get(ALL)
        CentralFactory(cooperation=central.cooperation)
        with django_assert_num_queries(len(two)):
            browser.get(ALL)

    @pytest.mark.parametrize("year", ["2026", "1999", "99999", "x", "202", "²⁰²⁴", "-1"])
    def test_a_year_that_is_none_is_no_page(self, as_person, partner_director, central, year):
        assert as_person(partner_director).get(ALL, {"year": year}).status_code == 404

    @pytest.mark.parametrize("page", [ALL, nation()])
    def test_another_format_is_no_page(self, as_person, partner_director, central, page):
        assert as_person(partner_director).get(page, {"format": "pdf"}).status_code == 404

    def test_the_workbook_has_the_table(self, as_person, partner_director, central, computed):
        computed(central, months=(1,))
        answer = as_person(partner_director).get(ALL, {"format": "xlsx"})
        assert "centrals-latest.xlsx" in answer["Content-Disposition"]
        sheet = ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
        assert "<v>124</v>" in sheet


@pytest.mark.usefixtures("two_calls")
class TestTheReconciliation:
    def test_theirs_ours_and_the_difference(self, as_person, leader):
        page = as_person(leader).get(reconciliation())
        rows = rows_on(page, caption="HDO beside our calls")
        assert rows[1] == [
            *("October 2025", "all lines", "differs"),
            *("3", "2", "1", "2", "2", "0", "1", "1", "0", "−16.7"),
        ]
        assert rows[2] == [
            *("September 2025", "all lines", "not compared: we have no data"),
            *("9", "–", "–", "9", "–", "–", "9", "–", "–", "–"),
        ]
        assert "1 row compared: 0 agree, 0 within 1%, 1 differ." in page.text

    def test_what_can_explain_stands_only_by_what_differs(self, as_person, leader):
        page = as_person(leader).get(reconciliation())
        rows = rows_on(page, caption="What can explain the difference")
        assert [row[0] for row in rows[1:]] == ["October 2025"]
        assert rows[1][2:] == ["–", "0", "0", "0", "0", "0", "0", "0"]
        assert "Calls around midnight" in page.text

    @pytest.mark.parametrize(
        ("which", "caption"),
        [
            ("figures", "HDO beside our calls"),
            ("reasons", "What can explain the difference"),
        ],
    )
    def test_the_downloads_are_the_tables_on_the_screen(self, as_person, leader, which, caption):
        browser = as_person(leader)
        on_screen = rows_on(browser.get(reconciliation()), caption=caption)
        in_file = rows_of(browser.get(reconciliation(), {"format": "csv", "table": which}))
        assert [[cell.replace("-16,7", "−16.7") for cell in row] for row in in_file] == on_screen
        workbook = browser.get(reconciliation(), {"format": "xlsx", "table": which})
        assert f"nordhordland-hdo-{which}.xlsx" in workbook["Content-Disposition"]

    def test_the_explanation_is_written_shown_and_counted(self, as_person, leader):
        browser = as_person(leader)
        page = browser.get(month(), {"series": "hdo"})
        assert "Hours without data" in page.text
        answer = browser.post(f"{month()}?series=hdo", {"text": "HDO counts tests."}, follow=True)
        assert answer.redirect_chain == [(f"{reconciliation()}?series=hdo", 302)]
        assert "The explanation is noted." in answer.text
        assert rows_on(answer, caption="HDO beside our calls")[1][2] == "differs, explained"
        assert rows_on(answer, caption="What can explain the difference")[1][2] == (
            "HDO counts tests."
        )
        assert "1 is explained." in answer.text
        assert Annotation.objects.get().created_by == leader
        assert "HDO counts tests." in browser.get(month()).text

    @pytest.mark.parametrize("text", ["", "   ", "x" * 201])
    def test_an_explanation_that_cannot_be_kept_is_said_to_be_wrong(self, as_person, leader, text):
        answer = as_person(leader).post(month(), {"text": text})
        assert answer.status_code == 422
        assert "data-error-summary" in answer.text
        assert not Annotation.objects.exists()

    def test_the_series_and_the_months_are_chosen(self, as_person, leader, central):
        other = AggregateSeriesFactory(central=central, slug="puzzel", name="Puzzel")
        stored(series=other, text="Måned;Tilbudt;Besvart\n2025-10;2;2\n")
        browser = as_person(leader)
        page = browser.get(reconciliation(), {"series": "puzzel"})
        assert rows_on(page, caption="Puzzel beside our calls")[1][2] == "agrees"
        assert "No month that is compared differs." in page.text
        span = {"series": "hdo", "from": "2025-10", "to": "2025-10"}
        page = browser.get(reconciliation(), span)
        assert len(rows_on(page, caption="HDO beside our calls")) == 2

    def test_a_period_without_rows_says_what_to_do(self, as_person, leader):
        page = as_person(leader).get(reconciliation(), {"from": "2024-01", "to": "2024-02"})
        assert "The series tells of no month in this period" in page.text

    @pytest.mark.parametrize(
        "query",
        [
            {"series": "unknown"},
            {"from": "2025-13"},
            {"from": "x"},
            {"to": "1999-12"},
            {"from": "2025-10", "to": "2025-09"},
            {"format": "pdf"},
            {"format": "csv", "table": "others"},
        ],
    )
    def test_what_is_no_such_thing_is_no_page(self, as_person, leader, query):
        assert as_person(leader).get(reconciliation(), query).status_code == 404

    @pytest.mark.parametrize("text", ["2025-09", "2025-08", "2025-13", "x"])
    def test_only_a_month_that_differs_is_explained(self, as_person, leader, text):
        browser = as_person(leader)
        assert browser.get(month(text)).status_code == 404
        assert browser.post(month(text), {"text": "x"}).status_code == 404
        assert not Annotation.objects.exists()

    def test_few_queries(self, as_person, leader, django_assert_max_num_queries):
        browser = as_person(leader)
        with django_assert_max_num_queries(15):
            browser.get(reconciliation())


@pytest.mark.usefixtures("two_calls")
@pytest.mark.parametrize(
    ("role", "sees_nation", "sees_reconciliation", "may_explain"),
    [
        (Role.HOST_DIRECTOR, 200, 200, 200),
        (Role.LEADER, 200, 200, 200),
        (Role.SECRETARY, 200, 200, 200),
        (Role.CONTROLLER, 200, 200, 404),
        (Role.AUDITOR, 200, 200, 404),
        (Role.MEDICAL_OFFICER, 200, 404, 404),
        (Role.PARTNER_DIRECTOR, 200, 404, 404),
    ],
)
def test_who_sees_what(
    as_person, cooperation, host, partner, role, sees_nation, sees_reconciliation, may_explain
):
    own = partner if role in (Role.MEDICAL_OFFICER, Role.PARTNER_DIRECTOR) else host
    browser = as_person(person(cooperation=cooperation, municipality=own, role=role))
    assert browser.get(ALL).status_code == sees_nation
    assert browser.get(nation()).status_code == sees_nation
    assert browser.get(reconciliation()).status_code == sees_reconciliation
    assert browser.get(month()).status_code == may_explain
    assert browser.post(month(), {"text": "x"}).status_code == (302 if may_explain == 200 else 404)


def test_the_leader_of_another_cooperation_finds_nothing(as_person, two_calls):
    other = CooperationFactory()
    CentralFactory(cooperation=other)
    stranger = person(cooperation=other, municipality=other.host, role=Role.LEADER)
    browser = as_person(stranger)
    for url in (nation(), reconciliation(), month()):
        assert browser.get(url).status_code == 404
    assert browser.post(month(), {"text": "x"}).status_code == 404
    assert "nordhordland" not in browser.get(ALL).text


def test_another_centrals_series_is_not_compared_with_this_one(
    as_person, leader, two_calls, second
):
    AggregateSeriesFactory(central=second, slug="theirs")
    browser = as_person(leader)
    assert browser.get(reconciliation(), {"series": "theirs"}).status_code == 404


def test_without_a_series_the_leader_is_led_to_make_one(as_person, leader, central):
    page = as_person(leader).get(reconciliation())
    assert "No figures of others to compare with" in page.text
    assert reverse("aggregate_series_new") in page.text


def test_without_a_series_the_auditor_is_told_who_makes_one(as_person, auditor, central):
    page = as_person(auditor).get(reconciliation())
    assert "The head of the legevakt sets up a series" in page.text
    assert reverse("aggregate_series_new") not in page.text


def test_a_series_without_counts_leads_to_its_upload(as_person, leader, series):
    page = as_person(leader).get(reconciliation())
    assert "Upload its first report" in page.text
    assert reverse("aggregate_series", args=[series.pk]) in page.text


@pytest.mark.parametrize("url", [ALL, nation("none")])
def test_an_outsider_and_an_unknown_central_find_nothing(as_person, outsider, url):
    assert as_person(outsider).get(url).status_code == 404
