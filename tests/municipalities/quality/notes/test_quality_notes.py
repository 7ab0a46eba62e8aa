"""Notes on the curves: written, changed with their history, and the same number everywhere."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from legevakt.lib.periods import Period
from municipalities.quality.notes.marks import beginning_in, marks, told_in
from municipalities.quality.notes.models import QualityNote
from tests.factories import quality

pytestmark = pytest.mark.usefixtures("clock")  # 10 November 2025
MONTHS = [Period.month(2025, month) for month in range(1, 13)]


@pytest.fixture
def address(cooperation):
    def of(name, *more):
        return reverse(name, args=[cooperation.slug, *more])

    return of


def test_a_note_stands_where_it_first_touches_the_curve_and_is_told_of_each_step(cooperation):
    before = quality.note(
        cooperation=cooperation, starts_date=date(2024, 12, 1), ends_date=date(2025, 2, 2)
    )
    one_day = quality.note(cooperation=cooperation, starts_date=date(2025, 1, 31), text="Straum")

    marked = marks([before, one_day])

    assert beginning_in(marked, MONTHS) == {MONTHS[0]: "(1) (2)"}
    assert told_in(marked, MONTHS[0]) == "(1) Nytt avvikssystem; (2) Straum"
    assert told_in(marked, MONTHS[1]) == "(1) Nytt avvikssystem"
    assert told_in(marked, MONTHS[2]) == ""
    assert marked[0].when == "1 December 2024 to 1 February 2025"


def test_the_last_day_is_among_the_days(cooperation, leader, as_person, address):
    as_person(leader).post(
        address("quality_note_new", "deviations"),
        {"starts_date": "2025-03-01", "last_date": "2025-03-03", "text": "Nytt system"},
    )

    note = QualityNote.objects.get()
    assert (note.starts_date, note.ends_date) == (date(2025, 3, 1), date(2025, 3, 4))
    assert "1 March 2025 to 3 March 2025" in as_person(leader).get(address("deviations")).text


@pytest.mark.parametrize("subject", ["deviations", "absence", "complaints"])
def test_a_note_is_changed_with_a_reason_and_its_history_tells_what_it_was(
    subject, cooperation, leader, partner_director, as_person, address
):
    note = quality.note(cooperation=cooperation, subject=subject, text="Feil tekst")
    page = as_person(leader).get(address(subject))
    assert address("quality_note", note.pk) in page.text

    answer = as_person(leader).post(
        address("quality_note", note.pk),
        {"starts_date": "2025-02-01", "last_date": "", "text": "Rett tekst", "reason": "Feil dag"},
        follow=True,
    )

    assert answer.redirect_chain[-1][0].startswith(f"{address(subject)}?year=2025")
    assert "Rett tekst" in answer.text
    history = as_person(partner_director).get(address("history", "qualitynote", note.pk)).text
    assert "Feil tekst" in history
    assert "Rett tekst" in history
    assert "Feil dag" in history


def test_a_note_that_ends_before_it_starts_is_refused_in_words(
    cooperation, leader, as_person, address
):
    note = quality.note(cooperation=cooperation)

    answer = as_person(leader).post(
        address("quality_note", note.pk),
        {"starts_date": "2025-02-02", "last_date": "2025-02-01", "text": "X", "reason": "Y"},
    )

    assert answer.status_code == 422
    assert "The last day is before the first." in answer.text


def test_a_note_is_taken_away_with_a_reason(cooperation, leader, as_person, address):
    note = quality.note(cooperation=cooperation)

    browser = as_person(leader)
    assert browser.get(address("quality_note_remove", note.pk)).status_code == 200
    browser.post(address("quality_note_remove", note.pk), {"reason": "Gjaldt ikkje oss"})

    assert not QualityNote.objects.exists()
    gone = apps.get_model("municipalities", "QualityNoteEvent").objects.get(pgh_label="delete")
    assert gone.pgh_context.metadata["reason"] == "Gjaldt ikkje oss"


def test_only_who_manages_quality_changes_a_note(
    cooperation, partner_director, outsider, as_person, address
):
    note = quality.note(cooperation=cooperation)

    for person in (partner_director, outsider):
        for name in ("quality_note", "quality_note_remove"):
            assert as_person(person).get(address(name, note.pk)).status_code == 404
    assert address("quality_note", note.pk) not in (
        as_person(partner_director).get(address("deviations")).text
    )


def test_the_deviations_have_the_number_in_the_chart_and_the_words_in_the_table(
    cooperation, partner_director, as_person, address
):
    quality.month(cooperation=cooperation, month_date=date(2025, 2, 1), count=3)
    quality.note(cooperation=cooperation, starts_date=date(2025, 2, 11))

    page = as_person(partner_director).get(address("deviations"))

    assert page.context["chart"]["datasets"]["notes"] == [{"month": "2025-02-01", "numbers": "(1)"}]
    assert page.context["chart_table"].shown[1] == ["February", "3", "(1) Nytt avvikssystem"]
    assert "(1) 11 February 2025: Nytt avvikssystem" in " ".join(page.text.split())


def test_the_absence_has_notes_of_both_years_at_their_bars(
    cooperation, partner_director, as_person, address
):
    quality.absence(cooperation=cooperation)
    quality.absence(cooperation=cooperation, year=2024)
    for day in (date(2024, 4, 1), date(2025, 5, 1)):
        quality.note(cooperation=cooperation, subject="absence", starts_date=day)

    page = as_person(partner_director).get(address("absence"))

    told = page.context["chart"]["datasets"]["notes"]
    assert [(each["quarter"], each["year"], each["numbers"]) for each in told] == [
        ("Quarter 2", "2024", "(1)"),
        ("Quarter 2", "2025", "(2)"),
    ]
    assert page.context["chart_table"].shown[1][3] == "(2) Nytt avvikssystem; (1) Nytt avvikssystem"


def test_a_note_in_a_year_without_figures_has_a_page(cooperation, leader, as_person, address):
    quality.note(cooperation=cooperation, starts_date=date(2021, 5, 1))
    quality.note(cooperation=cooperation, subject="absence", starts_date=date(2021, 5, 1))

    for name in ("deviations", "absence"):
        page = as_person(leader).get(address(name), {"year": 2021})
        assert "Nytt avvikssystem" in page.text
