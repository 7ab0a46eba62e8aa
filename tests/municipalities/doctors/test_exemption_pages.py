"""The pages of doctors and exemptions: each step by its form, refused in words, never a reason."""

from datetime import date

import pghistory
import pytest
from django.urls import reverse

from municipalities.doctors.exemption_forms import CASE_NUMBER
from municipalities.doctors.models import Doctor, DutyTerms, Exemption
from tests.factories.doctors import DoctorFactory, ExemptionFactory, decided

pytestmark = pytest.mark.usefixtures("clock")

DECIDED = {
    "outcome": "granted",
    "starts_date": "2026-01-01",
    "last_day": "2026-12-31",
    "share_percent": "100",
    "decided_date": "2025-10-01",
    "reference": "2025/1234-5",
    "told_date": "2025-10-02",
}


@pytest.fixture
def doctor(cooperation, partner):
    return DoctorFactory(cooperation=cooperation, municipality=partner, name="Kari Nordmann")


@pytest.fixture
def applied(doctor):
    return ExemptionFactory(doctor=doctor)


@pytest.fixture
def browser(as_person, partner_director):
    return as_person(partner_director)


@pytest.fixture
def post(browser, cooperation):
    """`post("exemption_decide", pk, field="…")`, and what the next page says."""

    def send(page, *args, **fields):
        address = reverse(page, args=[cooperation.slug, *args])
        return browser.post(address, fields, follow=True).content.decode()

    return send


def test_a_doctor_is_added_for_one_s_own_municipality_alone(post, host, partner):
    told = {"name": "Kari Nordmann", "starts_date": "2024-01-01"}
    assert "Kari" in post("doctor_new", municipality=partner.pk, **told)
    post("doctor_new", municipality=host.pk, **told)
    assert Doctor.objects.get().municipality == partner


def test_the_list_shows_what_is_in_force_and_what_the_law_gives(
    browser, cooperation, applied, partner_director, django_assert_max_num_queries
):
    decided(exemption=applied, by=partner_director)
    for _ in range(3):
        ExemptionFactory(
            doctor=DoctorFactory(cooperation=cooperation, municipality=applied.doctor.municipality)
        )
    with django_assert_max_num_queries(12):
        told = browser.get(reverse("doctor_list", args=[cooperation.slug])).content.decode()
    for text in ("Kari Nordmann", "granted", "applied for", "breastfeeds", "over 55"):
        assert text in told


def test_an_application_is_registered_and_passing_grounds_have_an_end(post, doctor):
    told = {"ground": "pregnancy", "applied_date": "2025-11-01", "share_percent": "100"}
    refused = post("exemption_new", doctor.pk, starts_date="2026-01-01", **told)
    assert "Fill in its last day" in refused
    post("exemption_new", doctor.pk, starts_date="2026-01-01", last_day="2026-03-31", **told)
    assert Exemption.objects.get().ends_date == date(2026, 4, 1)


def test_no_form_takes_a_reason_in_free_text(browser, cooperation, doctor, applied):
    for name, pk in (
        ("exemption_new", doctor.pk),
        ("exemption_decide", applied.pk),
        ("exemption_appeal", applied.pk),
        ("exemption_outcome", applied.pk),
        ("exemption_withdraw", applied.pk),
        ("doctor_end", doctor.pk),
    ):
        form = browser.get(reverse(name, args=[cooperation.slug, pk])).context["form"]
        texts = {
            key for key, field in form.fields.items() if type(field).__name__ in ("CharField",)
        }
        assert texts == set(), name
        assert not form.is_multipart(), name


@pytest.mark.parametrize("number", ["2025/1234-5", "25/123", "FED 25/00123", "2025/1234"])
def test_a_case_number_is_taken(number):
    assert CASE_NUMBER(number) is None


def test_a_decision_is_stored_and_tells_its_deadline(post, applied):
    told = post("exemption_decide", applied.pk, **DECIDED)
    assert "granted" in told
    assert "2025/1234-5" in told
    applied.refresh_from_db()
    assert applied.appeal_deadline_date == date(2025, 10, 23)


@pytest.mark.parametrize(
    ("ground", "fields", "words"),
    [
        ("over_60", {"outcome": "refused"}, "A right can only be refused"),
        ("health", {"reference": "has diabetes 2"}, "Write the case number alone"),
        ("health", {"decided_date": "2025-08-31"}, "dated before the application"),
        ("health", {"told_date": "2025-09-30"}, "told before it was decided"),
        ("health", {"told_date": "2025-11-11"}, "The day is still to come"),
        ("health", {"told_date": "9999-12-31"}, "Choose a year between 1900 and 2200"),
    ],
)
def test_what_a_decision_lacks_is_said(post, applied, ground, fields, words):
    Exemption.objects.update(ground=ground)
    assert words in post("exemption_decide", applied.pk, **DECIDED | fields)
    applied.refresh_from_db()
    assert applied.state == "applied"


def test_who_is_consulted_is_named_and_asked_for(post, cooperation, applied):
    DutyTerms.objects.create(cooperation=cooperation, consulted="kommuneoverlegen")
    refused = post("exemption_decide", applied.pk, **DECIDED)
    assert "kommuneoverlegen" in refused
    assert "granted" in post("exemption_decide", applied.pk, consulted_date="2025-09-20", **DECIDED)


def test_two_exemptions_at_a_time_are_refused_in_words(post, doctor, applied, partner_director):
    other = ExemptionFactory(doctor=doctor)
    decided(exemption=other, by=partner_director)
    assert "has an exemption in some of these days" in post(
        "exemption_decide", applied.pk, **DECIDED
    )


def test_an_appeal_is_followed_to_its_outcome(post, applied, partner_director):
    decided(exemption=applied, by=partner_director, is_granted=False)
    assert "after the deadline" in post("exemption_appeal", applied.pk, appealed_date="2025-10-23")
    scope = {"starts_date": "2026-01-01", "last_day": "2026-06-30", "share_percent": "50"}
    post("exemption_outcome", applied.pk, outcome="granted", **scope)
    applied.refresh_from_db()
    assert (applied.state, applied.share_percent) == ("granted", 50)
    assert "no appeal that waits" in post(
        "exemption_outcome", applied.pk, outcome="upheld", **scope
    )


def test_an_exemption_is_ended_with_a_kind_of_reason_in_the_history(
    post, applied, partner_director
):
    decided(exemption=applied, by=partner_director)
    post("exemption_withdraw", applied.pk, from_date="2026-03-01", why="asked")
    applied.refresh_from_db()
    assert applied.ends_date == date(2026, 3, 1)
    reasons = pghistory.models.Context.objects.values_list("metadata__reason", flat=True)
    assert "the doctor has asked for it" in set(reasons)


def test_an_exemption_does_not_outlive_the_contract(browser, post, cooperation, doctor, applied):
    Doctor.objects.update(ends_date=date(2026, 12, 31))
    assert "contract ends before that" in post("exemption_decide", applied.pk, **DECIDED)
    post("exemption_decide", applied.pk, **DECIDED | {"last_day": "2026-12-30"})
    told = browser.get(reverse("doctor_end", args=[cooperation.slug, doctor.pk])).text
    assert "Exemptions end with the contract: " in told
    post("doctor_end", doctor.pk, last_day="2026-06-30")
    applied.refresh_from_db()
    assert (applied.state, applied.ends_date) == ("granted", date(2026, 7, 1))


def test_a_contract_ends_on_its_last_day(post, doctor):
    assert "ends before it begins" in post("doctor_end", doctor.pk, last_day="2023-01-01")
    post("doctor_end", doctor.pk, last_day="2025-12-31")
    doctor.refresh_from_db()
    assert doctor.ends_date == date(2026, 1, 1)
