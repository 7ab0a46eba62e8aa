"""The chapter on quality: deviations, complaints and supervision."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from municipalities.models import ComplaintKind
from municipalities.quality.cases.presenters import outcome
from municipalities.quality.cases.queries import complaints_of
from municipalities.quality.deviations.presenters import category_table, severity_table
from municipalities.quality.deviations.queries import year_of
from municipalities.queries import deviation_name
from reporting.annual_report.chapters.quality import CHAPTER
from tests.factories import quality
from tests.factories.report_parts import everything, facts_of, frozen, pages, rows

TODAY = date(2026, 1, 20)


def deviations_of(cooperation, *, counts, year=2025):
    """The months by number, with so many new deviations each."""
    for number, count in counts.items():
        quality.month(cooperation=cooperation, month_date=date(year, number, 1), count=count)


def whole_year(cooperation, *, year, each=2):
    deviations_of(cooperation, counts=dict.fromkeys(range(1, 13), each), year=year)


def all_kinds(cooperation, *, quarter=1, year=2025, **fields):
    """A quarter that is reported in full: the given count of the first kind, none of the others."""
    for kind in ComplaintKind.values:
        told = fields if kind == ComplaintKind.SERVICE else {"received": 0}
        quality.complaints(cooperation=cooperation, year=year, quarter=quarter, kind=kind, **told)


def test_months_that_are_missing_are_null_and_in_no_sum(cooperation):
    deviations_of(cooperation, counts={1: 3, 2: 0, 5: 4})
    found = facts_of(CHAPTER, cooperation, "deviations")
    assert found["years"] == [{"year": 2025, "count": 7, "reported": 3, "months": 12}]
    assert [each["count"] for each in found["months"]] == [3, 0, None, None, 4, *[None] * 7]
    assert found["by_category"] == [{"name": "HMS", "counts": [7]}]
    assert found["by_state"] == [{"name": "new", "counts": [7]}]


def test_the_sums_are_those_of_the_room_s_page(cooperation):
    deviations_of(cooperation, counts={1: 3, 2: 5})
    month = quality.month(cooperation=cooperation, month_date=date(2025, 3, 1))
    other = quality.category(cooperation=cooperation, name="Pasient")
    quality.counted(month=month, count=2, category=other, severity=None)
    room = year_of(cooperation=cooperation, year=2025, today=TODAY)
    page = pages(CHAPTER, frozen(CHAPTER, cooperation))["deviations"]
    for table, of_room in zip(
        page.tables, (category_table(room), severity_table(room)), strict=False
    ):
        sums = dict(zip(of_room.headings[1:], of_room.shown[-1][1:], strict=True))
        told = {name: cells[0] for name, cells in rows(table).items()}
        assert told == sums | {"Months that are reported": "3 of 12"}


def test_years_are_compared_only_where_every_month_of_both_is_reported(cooperation):
    whole_year(cooperation, year=2024, each=1)
    deviations_of(cooperation, counts=dict.fromkeys(range(1, 12), 2))
    assert "fewer" not in everything(CHAPTER, frozen(CHAPTER, cooperation))
    assert CHAPTER.suggestions(frozen(CHAPTER, cooperation)) == (
        "22 deviations were reported in the 11 of 12 months of 2025 that there are counts of.",
    )
    deviations_of(cooperation, counts={12: 2})
    assert CHAPTER.suggestions(frozen(CHAPTER, cooperation)) == (
        "24 deviations were reported in 2025.",
        "There were 12 more deviations in 2025 than in 2024, when there were 12.",
    )


def test_a_year_without_a_report_is_told_beside_the_one_before(cooperation):
    whole_year(cooperation, year=2024)
    figures = frozen(CHAPTER, cooperation)
    page = pages(CHAPTER, figures)["deviations"]
    assert page.lead == "No month of 2025 is reported."
    assert (page.figures, page.charts) == ((), ())
    assert rows(page.tables[0])["HMS"] == ["not reported", "24"]
    assert CHAPTER.suggestions(figures) == ()


def test_a_running_year_has_the_months_that_are_over(cooperation):
    deviations_of(cooperation, counts={1: 1, 2: 1, 3: 1})
    at = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)
    found = facts_of(CHAPTER, cooperation, "deviations", at=at)
    assert found["years"] == [{"year": 2025, "count": 3, "reported": 3, "months": 3}]


def test_kinds_of_complaints_are_told_with_the_quarters_they_rest_on(cooperation):
    all_kinds(cooperation, quarter=1, received=3)
    quality.complaints(cooperation=cooperation, quarter=2, received=4)
    figures = frozen(CHAPTER, cooperation)
    page = pages(CHAPTER, figures)["complaints"]
    assert page.lead.startswith("3 complaints came in the 1 of 4 quarters of 2025")
    told = rows(page.tables[0])
    assert told["Complaint to the legevakt itself"] == ["7 (2 of 4 quarters)"]
    assert told["All kinds, in the quarters that are reported in full"] == ["3"]


def test_complaints_without_a_whole_quarter_are_not_nought(cooperation):
    quality.complaints(cooperation=cooperation, received=4)
    found = facts_of(CHAPTER, cooperation, "complaints")
    assert found["years"][0]["received"] is None
    page = pages(CHAPTER, frozen(CHAPTER, cooperation))["complaints"]
    assert page.lead == "No quarter's complaints are reported in full in 2025."


@pytest.mark.parametrize(("decided", "told"), [(4, None), (5, 1)])
def test_what_became_of_few_complaints_is_not_in_the_facts(cooperation, decided, told):
    all_kinds(cooperation, received=6, decided=decided, upheld=1)
    found = facts_of(CHAPTER, cooperation, "complaints")["years"][0]
    assert found["upheld"] == told
    sentence = outcome(complaints_of(cooperation=cooperation, year=2025))
    assert (sentence in everything(CHAPTER, frozen(CHAPTER, cooperation))) == (told is not None)


def test_supervision_is_counted_by_what_happened_in_each_year(cooperation):
    quality.supervision(
        cooperation=cooperation,
        reference="1",
        opened_date=date(2024, 5, 1),
        closed_date=date(2025, 2, 1),
        outcome="breach",
        corrected_date=date(2025, 9, 1),
    )
    quality.supervision(cooperation=cooperation, reference="2")
    quality.supervision(cooperation=cooperation, reference="3", opened_date=date(2026, 1, 1))
    found = facts_of(CHAPTER, cooperation, "supervision")
    assert [(each["year"], each["opened"]) for each in found["years"]] == [(2025, 1), (2024, 1)]
    assert found["years"][0]["concluded"] == {"no_breach": 0, "advice": 0, "breach": 1}
    assert found["years"][0]["corrected"] == 1
    assert len(found["open"]) == 1


def test_only_a_breach_is_late(cooperation):
    due = {"deadline_date": date(2025, 12, 1)}
    quality.supervision(cooperation=cooperation, reference="1", subject="Open", **due)
    breach = {"outcome": "breach", "closed_date": date(2025, 6, 1), **due}
    quality.supervision(cooperation=cooperation, reference="2", subject="Breach", **breach)
    told = rows(pages(CHAPTER, frozen(CHAPTER, cooperation))["supervision"].tables[1])
    assert "late" not in told["Open"][-1]
    assert told["Breach"][-1].endswith(", late")


def test_nothing_is_told_where_nothing_is_registered(cooperation):
    assert frozen(CHAPTER, cooperation)["chapters"] == {}
    assert CHAPTER.sections({"year": 2025}) == CHAPTER.suggestions({"year": 2025}) == ()


def something_of_all(cooperation):
    whole_year(cooperation, year=2025)
    whole_year(cooperation, year=2023)
    quality.note(cooperation=cooperation)
    all_kinds(cooperation, received=6, decided=5, upheld=1)
    quality.supervision(cooperation=cooperation)


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_it_is_told_from_the_facts_alone(cooperation, django_assert_num_queries, language):
    something_of_all(cooperation)
    figures = frozen(CHAPTER, cooperation)
    with django_assert_num_queries(0):
        told = everything(CHAPTER, figures, language=language)
    assert "Nytt avvikssystem" in told
    assert set(pages(CHAPTER, figures)) == {"deviations", "complaints", "supervision"}


def test_facts_take_ten_queries(cooperation, django_assert_num_queries):
    something_of_all(cooperation)
    with django_assert_num_queries(10):
        frozen(CHAPTER, cooperation)


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        ("nb", "Utstyr", "Utstyr"),
        ("nb", "Låg", "Lav"),
        ("nn", "Lav", "Låg"),
        ("nb", "Tenestekvalitet og pasienttryggleik", "Tjenestekvalitet og pasientsikkerhet"),
        ("nb", "Eiga kategori", "Eiga kategori"),
    ],
)
def test_a_usual_kind_is_told_in_the_reader_s_form_and_an_own_one_as_it_is(language, name, told):
    with translation.override(language):
        assert deviation_name(name) == told
