"""The pages of the year wheel."""

import csv
import io
from datetime import date
from xml.etree import ElementTree as ET

import fastexcel
import pytest
from django.db import IntegrityError, transaction

from municipalities.access.rules import Role
from municipalities.meetings.year_wheel.models import YearEvent, YearMark
from tests.conftest import person
from tests.factories import meetings, obligations
from tests.factories.cooperations import joined

YEAR = "/meetings/nordhordland/year/2025/"
EVENTS = "/meetings/nordhordland/year/events/"
MARK = "/meetings/nordhordland/year/marks/kostra-q1/2025-04-20/"
SVG = "{http://www.w3.org/2000/svg}"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def browser(client, secretary):
    client.force_login(secretary)
    return client


def page(browser, path=YEAR, **asked):
    return browser.get(path, asked).content.decode()


def picture(browser, path=YEAR):
    shown = page(browser, path)
    begins = shown.index('<svg class="app-wheel__picture"')
    return ET.fromstring(shown[begins : shown.index("</svg>", begins) + 6])


def classes(found, name):
    return [each for each in found.iter() if name in each.get("class", "").split()]


def event(**changes):
    return {
        "title": "Vernerunde",
        "category": "quality",
        "days": "15.03 1.9.",
        "once_date": "",
        "starts_year": "2025",
        "ends_year": "",
        "responsible": "",
    } | changes


def test_the_picture_has_twelve_months_and_says_what_it_shows(browser, mark_kostra):
    mark_kostra()
    found = picture(browser)

    assert len(classes(found, "app-wheel__month")) == 12
    assert len(classes(found, "app-wheel__month--now")) == 1
    assert (found.get("role"), found.find(f"{SVG}title").text) == ("img", "Year wheel 2025")
    assert "17 events: 1 done, 9 late, 2 to come" in found.find(f"{SVG}desc").text


def test_a_mark_tells_its_category_by_shape_and_its_state_by_more_than_colour(
    browser, cooperation, mark_kostra
):
    mark_kostra()
    obligations.obligation(cooperation=cooperation, scope="each_partner", title="Møte")
    late = [
        each
        for each in classes(picture(browser), "app-wheel__mark")
        if each.get("data-state") == "late" and each.get("data-category") == "economy"
    ]
    assert all(each.find(f"{SVG}polygon") is not None for each in late)
    badges = classes(picture(browser), "app-wheel__badge")
    assert {each.find(f"{SVG}text").text for each in badges} == {"!"}


def test_the_same_with_each_participant_is_one_mark_and_a_row_each(browser, cooperation):
    before = len(classes(picture(browser), "app-wheel__mark"))
    joined(cooperation)
    obligations.obligation(cooperation=cooperation, scope="each_partner", title="Årsmøte")

    assert len(classes(picture(browser), "app-wheel__mark")) == before + 1
    assert "and 1 more alike" in page(browser)
    assert page(browser, format="csv").count("Årsmøte") == 2


def test_todays_hand_is_in_this_year_alone(browser):
    assert len(classes(picture(browser), "app-wheel__hand")) == 1
    assert classes(picture(browser, YEAR.replace("2025", "2024")), "app-wheel__hand") == []


def test_numbers_of_the_picture_are_written_with_points_in_norwegian_too(browser, secretary):
    secretary.language = "nn"
    secretary.save()
    browser.cookies["django_language"] = "nn"

    for each in classes(picture(browser), "app-wheel__mark"):
        assert "," not in each.get("transform")


def test_every_mark_is_a_row_of_the_table_and_the_files_equal_it(browser, event):
    rows = list(
        csv.reader(io.StringIO(page(browser, format="csv").lstrip("\ufeff")), delimiter=";")
    )
    answer = browser.get(YEAR, {"format": "xlsx"})
    sheet = fastexcel.read_excel(answer.content).load_sheet(0, header_row=None)

    assert sum("Vernerunde" in row for row in rows) == 2
    assert len(rows) == 1 + 17 + 2
    assert sheet.height >= len(rows)
    assert page(browser).count('<th scope="row">') == 17 + 2
    assert browser.get(YEAR, {"format": "pdf"}).status_code == 404


def test_the_table_is_filtered_and_the_files_as_well(browser, event):
    shown = page(browser, category="quality", state="unmarked", format="csv")

    assert "Accessibility statement" in shown
    assert "Vernerunde" not in shown
    assert "KOSTRA" not in shown


def test_a_filter_that_finds_nothing_says_how_to_go_on(browser):
    assert "Choose another category or state above." in page(browser, state="cancelled")


def test_a_deadline_on_a_day_off_has_a_quiet_note(browser):
    shown = page(browser, YEAR.replace("2025", "2026"))

    assert "A Sunday; the last working day before is 20 February 2026." in shown


def test_a_cancelled_meeting_is_struck_through(browser, cooperation):
    meetings.planned(
        forum=meetings.forum(cooperation=cooperation),
        state="cancelled",
        cancelled_at=meetings.AT,
        cancel_reason="Sjukdom",
    )

    assert "<s>" in page(browser)
    assert "called off" in page(browser)


def test_a_bilateral_meeting_is_not_in_the_year_of_others(as_person, cooperation, partner):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.called(forum=forum)
    third = joined(cooperation)
    own = person(cooperation=cooperation, municipality=partner, role=Role.PARTNER_DIRECTOR)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)

    assert forum.name in page(as_person(own))
    assert forum.name not in page(as_person(other))


def test_an_event_is_added_and_ends_after_a_year(browser):
    browser.post(EVENTS + "new/", event())
    added = YearEvent.objects.get()
    assert added.days == ["03-15", "09-01"]
    assert "15.03 01.09" in page(browser, f"{EVENTS}{added.pk}/")

    browser.post(f"{EVENTS}{added.pk}/", event(ends_year="2025"))

    assert "Vernerunde" in page(browser)
    assert "Vernerunde" not in page(browser, YEAR.replace("2025", "2026"))


def test_an_event_of_one_day_is_shown_whatever_first_year_was_written(browser):
    browser.post(EVENTS + "new/", event(days="", once_date="2027-05-03"))

    assert "Vernerunde" in page(browser, YEAR.replace("2025", "2027"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": "30.02"}, "“30.02” is no day."),
        ({"days": "١٥.٠٣"}, "is no day."),
        ({"days": "15.03.2025"}, "is no day."),
        ({"days": ""}, "Write days of every year, or choose one day; not both."),
        ({"once_date": "2025-05-03"}, "Write days of every year, or choose one day; not both."),
        ({"ends_year": "2024"}, "The last year is before the first."),
        ({"days": " ".join(f"{n}.01 {n}.02" for n in range(1, 14))}, "Write at most 24 days."),
    ],
)
def test_an_event_that_cannot_be_is_refused_in_words(browser, changes, words):
    answer = browser.post(EVENTS + "new/", event(**changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not YearEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"once_date": date(2025, 1, 1)}, "event_is_every_year_or_once"),
        ({"ends_year": 2024}, "event_ends_after_start"),
    ],
)
def test_the_database_refuses_it_too(event, changes, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        YearEvent.objects.filter(pk=event.pk).update(**changes)


def test_the_database_keeps_one_mark_of_a_day(mark_kostra):
    mark = mark_kostra()
    mark.pk = None

    with pytest.raises(IntegrityError, match="event_is_marked_once"), transaction.atomic():
        YearMark.objects.bulk_create([mark])


def test_it_is_marked_done_and_taken_back_and_leads_to_its_year(browser, cooperation):
    answer = browser.post(MARK, {"done_date": "2025-04-19", "note": "Sendt"})
    assert answer["Location"] == YEAR
    assert "Done 19 April 2025" in page(browser)

    answer = browser.post(MARK + "undo/")

    assert answer["Location"] == YEAR
    assert not YearMark.objects.exists()


def test_nothing_is_done_tomorrow_and_no_other_day_is_marked(browser):
    assert browser.post(MARK, {"done_date": "2025-11-11"}).status_code == 422
    for wrong in ("2025-04-21", "2025-02-30", "yesterday"):
        assert browser.get(MARK.replace("2025-04-20", wrong)).status_code == 404
    assert not YearMark.objects.exists()


def test_who_may_not_manage_reads_the_year_and_is_offered_nothing_to_press(
    as_person, partner_director
):
    reader = as_person(partner_director)

    assert "Mark as done" not in page(reader)
    assert "New event" not in page(reader)
    assert reader.post(MARK, {"done_date": "2025-04-19"}).status_code == 404


def test_the_first_and_last_years_lead_no_farther(browser):
    assert "/year/1900/" not in page(browser, YEAR.replace("2025", "1901"))
    assert browser.get(YEAR.replace("2025", "1900")).status_code == 404


def test_the_page_takes_as_many_queries_with_much_in_it(
    browser, cooperation, event, django_assert_max_num_queries
):
    obligations.established(cooperation=cooperation)
    forum = meetings.forum(cooperation=cooperation)
    for _ in range(6):
        meetings.called(forum=forum)
    page(browser)

    with django_assert_max_num_queries(11):
        page(browser)


def test_who_only_reads_is_not_led_to_the_form_of_an_own_event(
    event, secretary, partner_director, as_person
):
    form = f"{EVENTS}{event.pk}/"

    assert form in page(as_person(secretary))
    for_reader = page(as_person(partner_director))
    assert event.title in for_reader
    assert form not in for_reader
