"""The page of the duty, its downloads and its forms: what is told, and what is kept back."""

from datetime import date

import fastexcel
import pghistory
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from municipalities.doctors import queries
from municipalities.doctors.models import DutyShare, DutyTerms, ShiftCount
from municipalities.doctors.shift_rules import Counts
from municipalities.register.models import Population
from tests.factories.doctors import (
    DoctorFactory,
    DutyShareFactory,
    ExemptionFactory,
    ShiftCountFactory,
    decided,
)

pytestmark = pytest.mark.usefixtures("clock")

CSV = "kommunenummer;frå;til;skyldige;leverte;innleigde;udekte\n"
GOOD = CSV + "4631;1.1.2025;31.1.2025;10;8;1;1\n4633;1.1.2025;31.1.2025;2;3;;\n"
FEW = "fewer than five"


@pytest.fixture
def duty(cooperation, host, partner):
    """Alver owes 80 per cent of the duty, Fedje 20, and January is counted."""
    DutyShareFactory(cooperation=cooperation, municipality=host, posts=9, share_percent=80)
    DutyShareFactory(cooperation=cooperation, municipality=partner, posts=2, share_percent=20)
    ShiftCountFactory(cooperation=cooperation, municipality=host)
    ShiftCountFactory(cooperation=cooperation, municipality=partner, owed=2, delivered=3)


@pytest.fixture
def exempted(cooperation, partner_director):
    """`exempted(municipality, 2)`: so many of its doctors are exempt from half the duty."""

    def make(municipality, count):
        for _ in range(count):
            doctor = DoctorFactory(cooperation=cooperation, municipality=municipality)
            exemption = ExemptionFactory(
                doctor=doctor, starts_date=date(2025, 1, 1), share_percent=50
            )
            decided(exemption=exemption, by=partner_director)

    return make


@pytest.fixture
def browser(as_person, leader):
    return as_person(leader)


@pytest.fixture
def address(cooperation):
    return lambda name, *more: reverse(name, args=[cooperation.slug, *more])


def cells(duty_year, name):
    return next(each for each in duty_year.municipalities if each.municipality.name == name)


def year_for(cooperation, user):
    return queries.duty_in(cooperation=cooperation, year=2025, today=date(2025, 11, 10), user=user)


def upload(browser, address, text):
    file = SimpleUploadedFile("vakter.csv", text.encode())
    return browser.post(address("shifts_import"), {"file": file})


def reasons(model):
    contexts = model.events.field.model.objects.values_list("pgh_context", flat=True)
    found = pghistory.models.Context.objects.filter(pk__in=list(contexts))
    return {context.metadata.get("reason") for context in found}


def test_the_year_adds_up(cooperation, duty, auditor):
    found = year_for(cooperation, auditor)
    assert found.share_sum == 100
    assert found.counts == Counts(12, 11, 2, 2)
    assert str(cells(found, "Alver").coverage_percent) == "80.0"
    assert str(cells(found, "Fedje").coverage_percent) == "150.0"


def test_few_exemptions_are_told_to_who_decides_alone(
    cooperation, duty, partner, exempted, auditor, partner_director, leader
):
    exempted(partner, 1)
    for user, is_hidden in ((auditor, True), (partner_director, False), (leader, False)):
        assert cells(year_for(cooperation, user), "Fedje").is_hidden is is_hidden
    assert str(cells(year_for(cooperation, leader), "Fedje").posts_left) == "1.50"
    assert year_for(cooperation, auditor).exemptions is None
    assert year_for(cooperation, leader).exemptions == 1


def test_a_sum_is_told_where_it_gives_nobody_away(
    cooperation, duty, host, partner, exempted, auditor, partner_director
):
    exempted(host, 4)
    exempted(partner, 1)
    assert year_for(cooperation, auditor).exemptions == 5
    assert year_for(cooperation, partner_director).exemptions is None
    exempted(host, 1)
    assert cells(year_for(cooperation, auditor), "Alver").exemptions == 5
    assert year_for(cooperation, auditor).exemptions is None


@pytest.mark.parametrize("count", [0, 1, 4])
def test_the_page_and_its_files_tell_none_and_few_alike(
    as_person, address, duty, partner, exempted, auditor, count
):
    exempted(partner, count)
    browser = as_person(auditor)
    page = browser.get(address("doctors")).content.decode()
    file = browser.get(address("doctors"), {"table": "duties", "format": "csv"})
    rows = file.content.decode().splitlines()
    assert rows[2] == f"Fedje;2;20,00;{FEW};not shown;not shown"
    assert page.count(FEW) == 3
    assert "§ 33" not in page


def test_files_say_what_the_page_says(browser, address, duty):
    page = browser.get(address("doctors"))
    asked = {"table": "shifts", "format": "xlsx", "year": "2025"}
    book = fastexcel.read_excel(browser.get(address("doctors"), asked).content)
    rows = book.load_sheet(0, header_row=None, dtypes="string").to_polars().rows()
    assert rows[0] == page.context["shifts"].headings
    assert rows[1:] == [
        ("Alver", "10", "8", "1", "1", "80"),
        ("Fedje", "2", "3", "1", "1", "150"),
        ("All", "12", "11", "2", "2", "91.7"),
    ]
    assert page.context["chart"]["datasets"]["parts"][0] == {
        "name": "Alver",
        "part": "own doctors",
        "order": 0,
        "share": 0.8,
    }
    wrong = ({"table": "shifts", "format": "pdf"}, {"table": "x", "format": "csv"}, {"year": "1"})
    for asked in wrong:
        assert browser.get(address("doctors"), asked).status_code == 404


def test_the_page_takes_as_many_queries_with_many_municipalities(
    as_person, address, duty, cooperation, partner_director, django_assert_max_num_queries
):
    browser = as_person(partner_director)
    with django_assert_max_num_queries(19):
        browser.get(address("doctors"))


def test_shares_that_do_not_sum_are_warned_of_and_a_year_that_is_crossed(
    browser, address, cooperation, host
):
    DutyShareFactory(cooperation=cooperation, municipality=host, share_percent=80)
    ShiftCountFactory(
        cooperation=cooperation, municipality=host, ends_date=date(2026, 1, 2), delivered=1
    )
    told = browser.get(address("doctors")).content.decode()
    assert "sum to 80.00" in told
    assert "turn of the year" in told


def test_an_empty_page_says_what_to_do_next(browser, address, as_person, auditor):
    told = browser.get(address("doctors")).content.decode()
    assert "No shifts are counted in 2025" in told
    assert "Divide the duty" in told
    assert (
        "fills in posts and shares" in as_person(auditor).get(address("doctors")).content.decode()
    )


def test_terms_are_changed_with_a_reason(browser, address):
    said = {"decider": "host", "consulted": "kommuneoverlegen", "undelivered": ""}
    assert browser.post(address("duty_terms"), said).status_code == 422
    answer = browser.post(address("duty_terms"), said | {"reason": "New agreement"}, follow=True)
    assert "kommuneoverlegen" in answer.content.decode()
    assert DutyTerms.objects.get().decider == "host"
    assert reasons(DutyTerms) == {"New agreement"}


def test_shares_are_suggested_by_inhabitants_and_stored_as_a_whole(browser, address, host, partner):
    asked = {"suggest": "1", "valid_from": "2025-06-01"}
    assert (
        "not known of: Alver, Fedje" in browser.get(address("duty_shares"), asked).content.decode()
    )
    for municipality, inhabitants in ((host, 30_000), (partner, 500)):
        Population.objects.create(
            municipality=municipality,
            counted_date=date(2025, 1, 1),
            inhabitants=inhabitants,
            source="SSB",
            retrieved_date=date(2025, 3, 1),
        )
    page = browser.get(address("duty_shares"), asked)
    initial = page.context["form"].initial
    assert [str(initial[f"share_{each.pk}"]) for each in (host, partner)] == ["98.36", "1.64"]

    told = {"valid_from": "2025-06-01", "reason": "New agreement"}
    for each, share in ((host, "98.36"), (partner, "1.65")):
        told |= {f"posts_{each.pk}": "3", f"share_{each.pk}": share}
    refused = browser.post(address("duty_shares"), told)
    assert "sum to 100.01" in refused.content.decode()
    browser.post(address("duty_shares"), told | {f"share_{partner.pk}": "1.64"})
    assert DutyShare.objects.count() == 2


def test_shares_before_later_ones_are_refused_in_words(browser, address, host, duty):
    told = {"valid_from": "2023-01-01", "reason": "Older"}
    for share in DutyShare.objects.all():
        pk = share.municipality_id
        told |= {f"posts_{pk}": "1", f"share_{pk}": "50"}
    refused = browser.post(address("duty_shares"), told)
    assert refused.status_code == 422
    assert "Shares from a later day are stored" in refused.content.decode()


def test_a_file_is_looked_at_before_it_is_stored(browser, address, leader):
    page = upload(browser, address, GOOD + "9999;1.1.2025;31.1.2025;1;1;;\n")
    told = page.content.decode()
    assert "No municipality of the cooperation" in told
    assert "extra duty" in told
    assert not ShiftCount.objects.exists()

    rows = {"rows": page.context["payload"]}
    for _ in range(2):
        answer = browser.post(address("shifts_store"), rows, follow=True)
    assert "Stored: 0 new, 0 changed." in answer.content.decode()
    count = ShiftCount.objects.get(municipality__number="4631")
    assert (count.ends_date, count.source, count.imported_by) == (
        date(2025, 2, 1),
        "vakter.csv",
        leader,
    )
    assert upload(browser, address, GOOD).context["preview"].changes is False


def test_a_file_that_cannot_be_read_says_how_to_go_on(browser, address, monkeypatch):
    refused = upload(browser, address, "kommune;frå\n")
    assert refused.status_code == 422
    assert "lacks: to, owed, delivered" in refused.content.decode()
    monkeypatch.setattr("municipalities.doctors.forms.MAX_BYTES", 10)
    assert "larger than 1 MB" in upload(browser, address, GOOD).content.decode()


def test_what_another_has_looked_at_is_not_stored(browser, address, cooperation, as_person, clock):
    payload = upload(browser, address, GOOD).context["payload"]
    for rows in ("", payload[:-1], payload):
        if rows == payload:
            clock.shift(3601)
        answer = browser.post(address("shifts_store"), {"rows": rows}, follow=True)
        assert "Upload the file again" in answer.content.decode()
    assert not ShiftCount.objects.exists()


def test_shifts_are_written_and_corrected_by_hand(browser, address, host):
    told = {
        "municipality": host.pk,
        "starts_date": "2025-01-01",
        "last_day": "2025-01-31",
        "owed": 10,
        "delivered": 8,
        "hired": 1,
        "unfilled": 1,
    }
    browser.post(address("shift_new"), told)
    count = ShiftCount.objects.get()
    overlapping = browser.post(address("shift_new"), told | {"last_day": "2025-02-28"})
    assert "counted for some of these days already" in overlapping.content.decode()
    backwards = browser.post(address("shift_new"), told | {"last_day": "2024-12-31"})
    assert backwards.status_code == 422

    changed = told | {"delivered": 9, "unfilled": 0, "reason": "Counted twice"}
    browser.post(address("shift_change", count.pk), changed)

    count.refresh_from_db()
    assert (count.delivered, count.unfilled) == (9, 0)
    assert "Counted twice" in reasons(ShiftCount)


def test_a_correction_into_other_counted_days_is_refused_in_words(
    browser, address, cooperation, host
):
    first = ShiftCountFactory(cooperation=cooperation, municipality=host)
    ShiftCountFactory(
        cooperation=cooperation,
        municipality=host,
        starts_date=date(2025, 2, 1),
        ends_date=date(2025, 3, 1),
    )
    told = {"starts_date": "2025-01-01", "last_day": "2025-02-01", "reason": "Longer"}
    counts = {"owed": 1, "delivered": 1, "hired": 0, "unfilled": 0}
    refused = browser.post(address("shift_change", first.pk), told | counts)
    assert refused.status_code == 422
    assert "counted for some of these days already" in refused.content.decode()


def test_the_hub_is_told_of_the_latest_year(
    cooperation, duty, host, auditor, django_assert_max_num_queries
):
    ShiftCountFactory(
        cooperation=cooperation,
        municipality=host,
        starts_date=date(2024, 1, 1),
        ends_date=date(2025, 1, 1),
    )
    with django_assert_max_num_queries(2):
        found = queries.summary_of(cooperation=cooperation, user=auditor, today=date(2025, 11, 10))
    assert (found.share_sum, found.year, found.counts) == (100, 2025, Counts(12, 11, 2, 2))
    ShiftCount.objects.all().delete()
    DutyShare.objects.all().delete()
    empty = queries.summary_of(cooperation=cooperation, user=auditor, today=date(2025, 11, 10))
    assert empty == queries.DutySummary(None, None, None)
