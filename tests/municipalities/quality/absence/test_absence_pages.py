"""The pages of sickness absence: quarters beside the year before, hidden stays hidden."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from municipalities.quality.absence.models import SicknessAbsence
from tests.factories import quality

pytestmark = pytest.mark.usefixtures("clock")  # 10 November 2025
TYPED = {
    "year": "2025",
    "quarter": "2",
    "unit": "Legevakta",
    "employees": "40",
    "agreed": "2000",
    "certified": "110.5",
    "self_certified": "30",
}
HEAD = "År;Kvartal;Enhet;Ansatte;Avtalte dagsverk;Legemeldt;Egenmeldt\n"


@pytest.fixture
def address(cooperation):
    def of(name, *more):
        return reverse(name, args=[cooperation.slug, *more])

    return of


def uploaded(text):
    return {"file": SimpleUploadedFile("fråvær.csv", text.encode())}


def small_and_large(cooperation):
    quality.absence(cooperation=cooperation)
    quality.absence(cooperation=cooperation, unit="Sentralen", employees=12, agreed_days=613)
    quality.absence(
        cooperation=cooperation,
        unit="Legane",
        employees=3,
        agreed_days=151,
        certified_days=17,
        self_certified_days=6,
        short_days=10,
        long_days=13,
    )


def test_quarters_stand_beside_the_year_before_and_a_missing_one_is_not_nought(
    cooperation, as_person, partner_director, address, django_assert_max_num_queries
):
    quality.absence(cooperation=cooperation)
    quality.absence(cooperation=cooperation, year=2024, certified_days=70, long_days=50)
    browser = as_person(partner_director)

    with django_assert_max_num_queries(14):
        page = browser.get(address("absence"))

    assert "7.0% in quarter 2. 1 of 3 quarters are reported." in page.text
    rows = [row.shown for row in page.context["table"].rows]
    assert rows[0] == ["Quarter 1, all units", *["not reported"] * 7]
    assert rows[1][:3] == ["Quarter 2, Legevakta", "40", "7.0"]
    assert rows[1][-1] == "5.0"
    data = page.context["chart"]["datasets"]["quarters"]
    assert [(each["year"], each["percent"]) for each in data] == [("2024", 5.0), ("2025", 7.0)]
    assert "Report a quarter" not in page.text


@pytest.mark.parametrize("file_format", ["", "csv"])
def test_a_small_unit_is_hidden_on_the_page_and_in_the_file(
    cooperation, as_person, auditor, address, file_format
):
    small_and_large(cooperation)
    query = {"format": file_format} if file_format else {}

    answer = as_person(auditor).get(address("absence"), query)

    text = answer.content.decode()
    assert "hidden because the unit is small" in text
    assert "hidden so that a small unit cannot be computed" in text
    for secret in ("15.2", "15,2", "22.8", "22,8"):  # Legane's and Sentralen's
        assert secret not in text


def test_the_empty_year_says_what_to_do_next(as_person, leader, auditor, address):
    assert "Type each unit" in as_person(leader).get(address("absence")).text
    assert "The leader of the legevakt reports" in as_person(auditor).get(address("absence")).text


def test_a_quarter_is_typed_once_changed_with_a_reason_and_removed(as_person, leader, address):
    browser = as_person(leader)

    browser.post(address("absence_new"), TYPED)
    twice = browser.post(address("absence_new"), TYPED | {"employees": "41"})
    stored = SicknessAbsence.objects.get()
    without = browser.post(address("absence_change", stored.pk), TYPED)
    change = TYPED | {"certified": "120", "reason": "Retta frå lønn"}
    browser.post(address("absence_change", stored.pk), change)

    assert "has reported the quarter already" in twice.text
    assert without.status_code == 422
    stored.refresh_from_db()
    assert (stored.certified_days, stored.reported_by) == (Decimal(120), leader)
    assert "Legevakta, quarter 2, 2025" in browser.get(address("absence")).text
    browser.post(address("absence_remove", stored.pk), {"reason": "Feil"})
    assert not SicknessAbsence.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quarter": "4"}, "The quarter is not over"),
        ({"agreed": "0"}, "must be more than 0"),
        ({"certified": "1990"}, "more than the agreed days"),
        ({"short": "5"}, "or neither"),
        ({"short": "5", "long": "5"}, "must together be the lost days"),
        ({"year": "1066"}, "2000"),
    ],
)
def test_each_refusal_is_told_in_words(as_person, leader, address, change, words):
    page = as_person(leader).post(address("absence_new"), TYPED | change)

    assert page.status_code == 422
    assert words in page.text
    assert not SicknessAbsence.objects.exists()


def test_a_file_is_looked_at_then_stored_and_again_it_says_unchanged(as_person, leader, address):
    text = f"{HEAD}2025;2;Legevakta;40;2000;110,5;30\n2025;3;Legevakta;40;2000;100;30\n"
    browser = as_person(leader)

    preview = browser.post(address("absence_import"), uploaded(text))
    assert not SicknessAbsence.objects.exists()
    payload = {"rows": preview.context["payload"]}
    done = browser.post(address("absence_import_store"), payload, follow=True)
    again = browser.post(address("absence_import"), uploaded(text))

    assert "These units are new: Legevakta" in preview.text
    assert "2 rows are stored." in done.text
    assert "nothing has changed" in again.text
    assert SicknessAbsence.objects.filter(source="file", file_name="fråvær.csv").count() == 2


def test_a_refused_file_names_its_cells_and_stores_nothing(as_person, leader, address):
    bad = f"{HEAD}2025;2;Legevakta;40;2000;mange;30\n"
    browser = as_person(leader)

    page = browser.post(address("absence_import"), uploaded(bad))
    stale = browser.post(address("absence_import_store"), {"rows": "x"}, follow=True)

    assert page.status_code == 422
    assert page.context["faults"][0][:3] == ["2", "Legemeldt", "text"]
    assert "The preview is too old" in stale.text
    assert not SicknessAbsence.objects.exists()
