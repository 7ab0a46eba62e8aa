"""Notes on a central's figures: read by all who see them, written without naming anybody."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from callstats.annotations import operations
from callstats.annotations.models import Annotation, AnnotationKind
from callstats.annotations.queries import Note
from callstats.annotations.rules import holds_number
from callstats.models import AnnotationEvent
from callstats.queries import annotations_touching, notes_seen_by
from legevakt.lib.periods import Period
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from tests.factories.annotations import note
from tests.factories.municipalities import CentralFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def told():
    return {
        "kind": "outage",
        "starts_on": "2025-10-24",
        "last_day": "2025-10-25",
        "text": "The power was out in a storm.",
    }


@pytest.fixture
def writer(secretary, as_person):
    return as_person(secretary)


def new(central):
    return reverse("annotation_new", args=[central.slug])


def test_a_note_is_written_with_its_last_day_in_it(writer, central, told, secretary):
    answer = writer.post(new(central), told, follow=True)
    found = Annotation.objects.get()
    assert (found.starts_on, found.ends_on) == (date(2025, 10, 24), date(2025, 10, 26))
    assert found.created_by == secretary
    for words in ("The power was out", "24 October 2025 to 25 October 2025", secretary.name):
        assert words in answer.text


def test_a_note_of_one_day_needs_no_last_day(writer, central, told):
    writer.post(new(central), told | {"last_day": ""})
    assert Annotation.objects.get().ends_on == date(2025, 10, 25)


def test_a_note_is_changed_and_taken_away_and_the_history_keeps_it(writer, central, told):
    found = note(central=central)
    url = reverse("annotation_change", args=[central.slug, found.pk])
    assert "The power was out" in writer.get(url).text
    writer.post(url, told | {"text": "The fibre was cut."})
    assert Annotation.objects.get().text == "The fibre was cut."

    away = reverse("annotation_remove", args=[central.slug, found.pk])
    assert "The fibre was cut" in writer.get(away).text
    assert Annotation.objects.exists()
    writer.post(away)
    assert not Annotation.objects.exists()
    assert AnnotationEvent.objects.filter(text="The power was out in a storm.").exists()
    assert writer.get(away).status_code == 404


def test_who_took_a_note_away_and_when_is_kept_for_the_host(
    writer, central, secretary, leader, auditor, as_person
):
    found = note(central=central, by=leader)
    writer.post(reverse("annotation_remove", args=[central.slug, found.pk]))

    kept = Annotation.with_removed.get()
    assert (kept.removed_by, kept.removed_at) == (secretary, timezone.now())
    url = reverse("annotations", args=[central.slug])
    page = writer.get(url).text
    assert "Taken away by" in page
    assert f"{secretary.name}, 10 November 2025" in page
    assert "The power was out" in page
    assert "The power was out" not in as_person(auditor).get(url).text


def test_taking_away_again_does_not_change_who_did_it(central, leader, secretary):
    found, at = note(central=central), timezone.now()
    for person in (leader, secretary):
        operations.remove(annotation=found, by=person, at=at)
    assert Annotation.with_removed.get().removed_by == leader


def test_a_note_that_is_taken_away_touches_no_period(central, leader):
    found = note(central=central)
    operations.remove(annotation=found, by=leader, at=timezone.now())
    assert annotations_touching(central=central, period=Period.month(2025, 10)) == []
    assert not Annotation.objects.visible_to(leader).exists()
    assert not central.annotations.exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"last_day": "2025-10-23"}, "cannot be before the first"),
        ({"starts_on": "30.02.2025"}, "Enter a valid date"),
        ({"starts_on": "1025-10-24"}, "between 2000 and 2100"),
        ({"last_day": "9999-12-31"}, "between 2000 and 2100"),
        ({"kind": "weather"}, "Select a valid choice"),
        ({"text": ""}, "This field is required"),
        ({"text": "t" * 201}, "at most 200 characters"),
        ({"text": "Ring Kari, 41 23 45 67"}, "looks like a telephone number"),
        ({"text": "Pasient 010190 12345"}, "looks like a telephone number"),
    ],
)
def test_bad_input_is_answered_with_words_and_nothing_is_stored(
    writer, central, told, facts, words
):
    answer = writer.post(new(central), told | facts)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Annotation.objects.exists()


def test_no_operation_stores_a_number_either(central):
    with pytest.raises(operations.NamesSomebody):
        note(central=central, text="Ring 41234567")
    found = note(central=central)
    with pytest.raises(operations.NamesSomebody):
        operations.change(
            annotation=found,
            kind=AnnotationKind.OTHER,
            starts_on=found.starts_on,
            ends_on=found.ends_on,
            text="01019012345",
        )


def test_who_only_sees_may_read_and_not_write(central, partner_director, auditor, as_person):
    found = note(central=central)
    change = reverse("annotation_change", args=[central.slug, found.pk])
    for person in (partner_director, auditor):
        browser = as_person(person)
        page = browser.get(reverse("annotations", args=[central.slug])).text
        assert "The power was out" in page
        assert change not in page
        assert new(central) not in page
        assert browser.post(change).status_code == 404
        assert browser.post(new(central)).status_code == 404


def test_an_outsider_finds_nothing(central, outsider, as_person):
    url = reverse("annotations", args=[central.slug])
    assert as_person(outsider).get(url).status_code == 404


def test_an_empty_list_says_what_to_do_next(central, writer, auditor, as_person):
    url = reverse("annotations", args=[central.slug])
    assert "Write one when something happened" in writer.get(url).text
    assert "The head of the legevakt writes one" in as_person(auditor).get(url).text


def test_the_list_asks_as_much_for_many_as_for_one(
    central, writer, leader, django_assert_max_num_queries
):
    url = reverse("annotations", args=[central.slug])
    note(central=central, by=leader)
    with django_assert_max_num_queries(10) as few:
        writer.get(url)
    for day in range(1, 20):
        note(central=central, by=leader, starts_on=date(2025, 9, day))
    with django_assert_max_num_queries(10) as many:
        writer.get(url)
    assert len(many) == len(few)


def test_notes_that_have_a_day_in_the_period_touch_it(central, cooperation):
    begun_before = note(central=central, starts_on=date(2025, 9, 2), ends_on=date(2025, 10, 2))
    note(central=central, starts_on=date(2025, 9, 1), ends_on=date(2025, 10, 1))
    last_day = note(central=central, starts_on=date(2025, 10, 31))
    note(central=central, starts_on=date(2025, 11, 1))
    note(central=CentralFactory(cooperation=cooperation, slug="other"))

    found = annotations_touching(central=central, period=Period.month(2025, 10))

    assert [each.starts_on for each in found] == [begun_before.starts_on, last_day.starts_on]
    assert found[1] == Note(
        last_day.pk,
        central.slug,
        "outage",
        last_day.starts_on,
        last_day.ends_on,
        last_day.text,
    )
    assert found[1].last_day == date(2025, 10, 31)


def test_each_reads_the_notes_of_the_centrals_they_see_and_who_may_write_may_change(
    central, cooperation, secretary, partner_director, outsider, django_assert_num_queries
):
    other = CentralFactory(cooperation=cooperation, slug="other")
    strange = CentralFactory()
    later, earlier = note(central=central), note(central=other, starts_on=date(2025, 10, 2))
    note(central=strange)
    for person in (secretary, partner_director, outsider):
        cooperations_where(user=person, permission=Permission.ANNOTATE)

    def read(person):
        with django_assert_num_queries(1):
            return notes_seen_by(
                user=person, centrals=[central, other, strange], period=Period.month(2025, 10)
            )

    assert [(each.pk, each.may_change) for each in read(secretary)] == [
        (earlier.pk, True),
        (later.pk, True),
    ]
    assert [(each.pk, each.may_change) for each in read(partner_director)] == [
        (earlier.pk, False),
        (later.pk, False),
    ]
    assert read(outsider) == []


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"starts_on": "2025-10-01", "last_day": "2025-10-31"}, ["2025-10-01", "2025-10-31"]),
        ({"starts_on": "2025-02-30", "last_day": "<b>"}, []),
        ({"text": "2025-10-01"}, []),
        ({}, []),
    ],
)
def test_the_address_fills_in_days_and_nothing_else(writer, central, asked, days):
    page = writer.get(new(central), asked)

    assert page.status_code == 200
    assert re.findall(r'value="(\d{4}-\d{2}-\d{2})"', page.text) == days
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    "text",
    [
        "Ring 56349000",
        "56 34 90 00",
        "+47 412 34 567",
        "010190 12345",
        "01019012345",
        "nummer 22.33.44.55",
    ],
)
def test_what_looks_like_a_number_of_somebody_is_seen(text):
    assert holds_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "116 117 was out from 24.10.2025 to 25.10.2025",
        "2025-10-24 kl. 12:30–14:45",
        "24.10. kl. 12.30-14.45",
        "1 200 av 12 345 anrop i 2024 og 2025",
        "",
    ],
)
def test_dates_times_and_counts_are_nobodys_number(text):
    assert not holds_number(text)
