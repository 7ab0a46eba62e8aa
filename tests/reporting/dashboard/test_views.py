"""Who sees what on the overview, and what it costs."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from callstats.models import CallImport
from municipalities.rules import Role
from reporting.dashboard.queries import figures_of
from reporting.models import AnnualReport
from tests.factories.annotations import note
from tests.factories.municipalities import (
    CentralFactory,
    CooperationFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def full(central, month_of_calls, source, host_director):
    """A central with figures, an import, an issued report and a draft."""
    month_of_calls(2025, 9, within=1)
    month_of_calls(2025, 10, within=2811, late=400, unanswered=191)
    call_import(source)
    report(central.cooperation, 2023, issued_by=host_director)
    report(central.cooperation, 2024)
    return central


def call_import(source, **fields):
    return CallImport.objects.create(
        source=source,
        channel="page",
        file_name="secret-name.csv",
        sha256="0" * 64,
        size_bytes=1,
        created_at=timezone.now(),
        state="completed_with_errors",
        received=5,
        created=4,
        rejected=1,
        first_at=datetime(2025, 10, 1, tzinfo=UTC),
        last_at=datetime(2025, 10, 30, tzinfo=UTC),
        **fields,
    )


def report(cooperation, year, *, issued_by=None):
    at = timezone.now() if issued_by else None
    return AnnualReport.objects.create(
        cooperation=cooperation,
        year=year,
        state="issued" if issued_by else "draft",
        figures={},
        figures_sha256="0" * 64,
        content_sha256="0" * 64,
        figures_at=timezone.now(),
        checked_by=issued_by,
        checked_at=at,
        approved_by=issued_by,
        approved_at=at,
        issued_by=issued_by,
        issued_at=at,
    )


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_login_is_asked_for(client, db):
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_the_last_complete_month_stands_with_its_parts(full, partner_director, as_person):
    page = text_of(as_person(partner_director).get("/"))

    assert "82.6%" in page
    assert "2,811 of 3,402 calls were answered within two minutes" in page
    assert "Meets the target of 80%" in page
    assert "Data for 745 of 745 hours" in page
    assert "191 of 3,402 calls were not answered" in page


def test_a_partner_sees_issued_reports_but_no_imports_and_no_drafts(
    full, partner_director, as_person
):
    page = text_of(as_person(partner_director).get("/"))

    assert "Annual report 2023" in page
    assert "2024 waits for your approval" not in page
    assert "Latest imports" not in page


def test_the_host_director_sees_imports_and_what_waits(full, host_director, as_person):
    page = text_of(as_person(host_director).get("/"))

    assert "The annual report for 2024 waits for your approval" in page
    assert "Latest imports" in page
    assert "completed with refused rows" in page


def test_only_who_may_approve_is_told_of_the_draft(full, controller, as_person):
    page = text_of(as_person(controller).get("/"))

    assert "waits for your approval" not in page


def test_a_person_without_a_cooperation_is_told_what_to_do(full, outsider, as_person):
    answer = as_person(outsider).get("/")

    assert answer.status_code == 200
    assert "You have no role in a cooperation yet" in text_of(answer)
    assert full.name not in text_of(answer)


def test_a_central_without_data_says_so(central, host_director, as_person):
    page = text_of(as_person(host_director).get("/"))

    assert "No data yet" in page
    assert "0.0%" not in page
    assert "100.0%" not in page


def test_each_central_has_its_section(full, partner_director, as_person):
    CentralFactory(slug="second", name="Second central", cooperation=full.cooperation)

    page = text_of(as_person(partner_director).get("/"))

    assert full.name in page
    assert "Second central" in page


def test_a_person_of_several_cooperations_chooses(full, partner_director, partner, as_person):
    other = CooperationFactory(slug="other", name="Zulu")
    CentralFactory(slug="zulu", name="Zulu central", cooperation=other)
    MembershipFactory(
        user=partner_director,
        cooperation=other,
        municipality=partner,
        role=Role.PARTNER_DIRECTOR,
    )
    browser = as_person(partner_director)

    first, chosen = text_of(browser.get("/")), text_of(browser.get("/?cooperation=other"))

    assert "?cooperation=other" in first
    assert full.name in first
    assert "Zulu central" in chosen
    assert full.name not in chosen


@pytest.mark.parametrize("slug", ["strangers", "unknown", ""])
def test_another_cooperation_is_not_found(full, partner_director, as_person, slug):
    CooperationFactory(slug="strangers")

    assert as_person(partner_director).get(f"/?cooperation={slug}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/figure/nordhordland/2025-10/",
        "/statistics/nordhordland/trend/",
        "/statistics/nordhordland/hour-of-week/",
        "/statistics/nordhordland/trend/?format=csv",
    ],
)
def test_a_central_is_found_by_insiders_only(full, partner_director, outsider, as_person, path):
    assert as_person(partner_director).get(path).status_code == 200
    assert as_person(outsider).get(path).status_code == 404


@pytest.mark.parametrize(
    "month",
    [
        "2025-13",
        "2025-00",
        "2025-1",
        "0000-01",
        "0001-01",
        "1999-12",
        "9999-01",
        "9999-12",
        "latest",
    ],
)
def test_a_month_that_does_not_exist_is_not_found(full, host_director, as_person, month):
    path = reverse("figure", args=["nordhordland", month])

    assert as_person(host_director).get(path).status_code == 404


def test_a_figure_is_explained_by_parts_definition_and_counts_of_imports(
    full, partner_director, as_person
):
    page = text_of(as_person(partner_director).get("/figure/nordhordland/2025-10/"))

    assert "<dd> 2,811 </dd>" in page
    assert "<dd> 3,402 </dd>" in page
    assert reverse("definition", args=["lvs-2min-v1"]) in page
    assert "Refused rows" in page
    assert "secret-name.csv" not in page


def test_a_figure_without_data_shows_no_percentage(full, partner_director, as_person):
    page = text_of(as_person(partner_director).get("/figure/nordhordland/2025-03/"))

    assert "No data" in page
    assert "<dt>Numerator</dt> <dd> – </dd>" in page
    assert "Data for 0 of 743 hours" in page
    assert "0.0%" not in page
    assert "100.0%" not in page


def test_what_happened_stands_in_the_chart_and_in_a_list_under_it(
    full, leader, partner_director, outsider, as_person
):
    found = note(central=full, starts_on=date(2025, 9, 5), ends_on=date(2025, 9, 8))
    note(central=full, starts_on=date(2023, 10, 31), text="Too long ago.")
    note(central=CentralFactory(), text="Of somebody else.")

    page = text_of(as_person(partner_director).get("/"))

    assert "Outage</strong>, 5 September 2025 to 7 September 2025: The power was out" in page
    assert "Too long ago." not in page
    assert "Of somebody else." not in page
    answer = as_person(leader).get("/")
    (section,) = answer.context["sections"]
    assert section.trend.chart["datasets"]["marks"] == [{"month": "2025-09-01", "label": "1"}]
    change = reverse("annotation_change", args=[full.slug, found.pk])
    assert f'href="{change}"' in text_of(answer)
    assert change not in page


def test_each_central_has_its_own_notes_by_one_query(
    full, cooperation, host_director, django_assert_max_num_queries
):
    other = CentralFactory(slug="other", cooperation=cooperation)
    for central in (full, other):
        note(central=central, text=f"Out at {central.slug}.")
    centrals = [full, other]

    with django_assert_max_num_queries(7) as asked:
        found = figures_of(user=host_director, centrals=centrals, today=date(2025, 11, 10))

    assert sum("callstats_annotation" in query["sql"] for query in asked.captured_queries) == 1
    assert [[each.text for each in figures.notes] for figures in found] == [
        ["Out at nordhordland."],
        ["Out at other."],
    ]


@pytest.mark.parametrize("reader", ["host_director", "leader", "partner_director"])
def test_the_overview_takes_few_queries(
    full, reader, request, as_person, django_assert_max_num_queries
):
    note(central=full)
    browser = as_person(request.getfixturevalue(reader))

    with django_assert_max_num_queries(15):
        browser.get("/")


def test_the_overview_asks_nothing_while_it_is_rendered(
    full, host_director, as_person, django_assert_num_queries
):
    answer = as_person(host_director).get("/")
    values = {key: value for layer in answer.context for key, value in layer.flatten().items()}

    with django_assert_num_queries(0):
        page = get_template("reporting/dashboard/dashboard.html").render(values)

    assert "82.6%" in page


@pytest.mark.parametrize("path", ["/", "/figure/nordhordland/2025-10/"])
def test_pages_are_only_read(full, host_director, as_person, path):
    assert as_person(host_director).post(path).status_code == 405
