"""The checklist as it is read, filtered, downloaded and filled in."""

import csv
import io
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from municipalities.centrals.checklist_presenters import COLUMNS
from municipalities.centrals.models import RequirementCheck, RequirementPlan
from tests.factories.centrals import checked, planned
from tests.factories.documents import PDF

pytestmark = pytest.mark.usefixtures("clock")

FOUND = {
    "result": "partly",
    "checked_date": "2025-11-03",
    "evidence": "Conference was tried, forwarding was not.",
}


@pytest.fixture
def keeper(leader, as_person):
    return as_person(leader)


def page(name, *more):
    return reverse(name, args=["nordhordland", "nordhordland", *more])


def test_the_list_says_where_it_stands_in_one_sentence_and_each_row_in_words(central, keeper):
    checked(central=central, key="amk", result="partly")
    checked(central=central, key="tracing", on=date(2025, 5, 9))

    told = keeper.get(page("central_checklist")).text

    assert "1 of 30 requirements is fulfilled; partly fulfilled: 1, not yet checked: 28," in told
    assert "the check is late: 1." in told
    assert 'viewBox="0 0 30 1"' in told
    for words in ("Partly fulfilled", "The check is late", "Not yet checked", "116 117"):
        assert words in told
    assert "Emergency Medicine Regulation § 13 b" in told


@pytest.mark.parametrize(
    ("show", "shown", "hidden"),
    [
        ("late", "Calls can be traced", "Direct talk"),
        ("due", "Video is in use", "Direct talk"),
        ("not_met", "Direct talk", "Calls can be traced"),
        ("partly", "Equipment for sound", "Direct talk"),
        ("never", "Cooperation with the health trust", "Direct talk"),
        ("nonsense", "Direct talk", "No requirement is in this state"),
    ],
)
def test_the_list_is_filtered_and_the_file_is_the_same(central, keeper, show, shown, hidden):
    checked(central=central, key="amk", result="not_met")
    checked(central=central, key="tracing", on=date(2025, 5, 9))
    checked(central=central, key="recording", result="partly")
    planned(central=central, key="video", due=date(2025, 11, 24))

    url = page("central_checklist") + f"?show={show}"
    told, file = keeper.get(url).text, keeper.get(url + "&format=csv").content.decode("utf-8-sig")

    assert shown in told
    assert hidden not in told
    headings, *rows = csv.reader(io.StringIO(file), delimiter=";")
    assert headings == [str(column) for column in COLUMNS]
    assert told.count('<th scope="row">') == len(rows)
    assert shown in file


def test_each_cell_of_the_file_stands_on_the_page(central, keeper):
    planned(central=central, key="amk", responsible="The head of the legevakt")
    checked(central=central, key="amk", result="not_met")

    url = page("central_checklist") + "?show=not_met"
    told, file = keeper.get(url).text, keeper.get(url + "&format=csv").content.decode("utf-8-sig")

    _headings, row = csv.reader(io.StringIO(file), delimiter=";")
    assert row == [
        "9. Direct talk, forwarding and conference calls with the AMK",
        "Emergency Medicine Regulation § 13 b",
        "The head of the legevakt",
        "Not fulfilled",
        "3 November 2025",
        "3 November 2026",
    ]
    assert all(cell in told for cell in row)


def test_the_workbook_is_a_workbook(central, keeper):
    answer = keeper.get(page("central_checklist") + "?format=xlsx")

    assert answer.content.startswith(b"PK")
    assert "nordhordland-checklist-2025-11-10.xlsx" in answer["Content-Disposition"]


def test_a_filter_without_rows_says_so_and_a_central_without_numbers_too(central, keeper):
    central.numbers.all().delete()

    told = keeper.get(page("central_checklist") + "?show=late").text

    assert "No requirement is in this state" in told
    assert "No public number is in use" in told


def test_the_figures_answer_the_eleventh_row(central, keeper):
    told = keeper.get(page("central_requirement", "two_minutes")).text

    assert "The figures answer this" in told
    assert reverse("statistics", args=["nordhordland"]) in told
    assert "The figures answer this" not in keeper.get(page("central_requirement", "amk")).text


def test_a_check_is_recorded_with_its_document(central, keeper, leader):
    file = SimpleUploadedFile("test.pdf", PDF, content_type="application/pdf")

    answer = keeper.post(page("central_check_new", "amk"), FOUND | {"document": file}, follow=True)

    check = RequirementCheck.objects.get()
    assert (check.result, check.checked_date) == ("partly", date(2025, 11, 3))
    assert (check.recorded_by, check.recorded_at) == (leader, timezone.now())
    for words in ("The check is recorded", "Conference was tried", "test.pdf", leader.name):
        assert words in answer.text
    assert reverse("document", args=[check.document_id]) in answer.text


def test_a_row_of_a_number_is_checked_for_that_number_alone(central, keeper):
    line = central.numbers.get(line_class="116117")

    keeper.post(page("central_check_new", f"message_113-{line.pk}"), FOUND)

    plan = RequirementPlan.objects.get()
    assert (plan.requirement, plan.number, plan.interval_months) == ("message_113", line, 6)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"result": ""}, "This field is required"),
        ({"checked_date": "2025-11-11"}, "The day is to come"),
        ({"evidence": "Rang 41 23 45 67"}, "looks like a telephone number"),
        ({"evidence": "e" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_check_that_is_refused_is_told_in_words(central, keeper, told, words):
    answer = keeper.post(page("central_check_new", "amk"), FOUND | told)

    assert answer.status_code == 422
    assert words in answer.text
    assert not RequirementCheck.objects.exists()


def test_the_plan_is_changed(central, keeper):
    told = {"responsible": "The head", "interval_months": "3", "next_due_date": "2025-12-01"}

    answer = keeper.post(page("central_plan", "amk"), told, follow=True)

    assert "every 3 months" in answer.text
    assert "1 December 2025" in answer.text
    assert 'value="2025-12-01"' in keeper.get(page("central_plan", "amk")).text


def test_a_plan_without_an_interval_is_told_in_words(central, keeper):
    answer = keeper.post(page("central_plan", "amk"), {"interval_months": "0"})

    assert answer.status_code == 422
    assert "greater than or equal to 1" in answer.text


def test_who_only_reads_sees_every_check_and_records_none(central, partner_director, as_person):
    checked(central=central, evidence="It was tried.")
    browser = as_person(partner_director)

    told = browser.get(page("central_requirement", "amk")).text

    assert "It was tried." in told
    assert page("central_check_new", "amk") not in told
    assert browser.post(page("central_check_new", "amk"), FOUND).status_code == 404
    assert browser.post(page("central_plan", "amk"), {}).status_code == 404


@pytest.mark.parametrize("row", ["nothing", "message_113", "amk-1", "message_113-0"])
def test_a_row_that_is_not_there_is_not_found(central, keeper, row):
    assert keeper.get(page("central_requirement", row)).status_code == 404


def test_the_list_takes_the_same_queries_however_many_checks(
    central, keeper, django_assert_max_num_queries
):
    url = page("central_checklist")
    with django_assert_max_num_queries(14) as few:
        keeper.get(url)
    for key in ("amk", "video", "tracing"):
        for day in range(1, 5):
            checked(central=central, key=key, on=date(2025, 10, day))
    with django_assert_max_num_queries(14) as many:
        keeper.get(url)
    assert len(many) == len(few)


def test_today_is_the_day_in_oslo(central, keeper, clock):
    planned(central=central, due=date(2025, 11, 10))
    clock.move_to(datetime.fromisoformat("2025-11-10T23:30:00+00:00"))

    told = keeper.get(page("central_checklist") + "?show=late").text

    assert "Direct talk" in told
