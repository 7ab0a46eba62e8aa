"""An exemption's life: applied for, decided by whom the agreement says, appealed, ended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from municipalities.doctors import exempting, queries
from municipalities.doctors.models import Decider, Doctor, DutyTerms, Exemption, ExemptionState
from municipalities.doctors.rules import ExemptionFault, Ground
from tests.factories.doctors import (
    APPLIED_DATE,
    TODAY,
    DoctorFactory,
    ExemptionFactory,
    decided,
    ruling,
    scope_of,
)
from tests.factories.municipalities import MunicipalityFactory

APPEALED, TOMORROW = date(2025, 10, 10), TODAY + timedelta(days=1)


@pytest.fixture
def doctor(cooperation, partner):
    return DoctorFactory(cooperation=cooperation, municipality=partner, name="Kari Nordmann")


@pytest.fixture
def applied(doctor):
    return ExemptionFactory(doctor=doctor)


@pytest.fixture
def granted(applied, partner_director):
    return decided(exemption=applied, by=partner_director)


def refusal_of(operation, **arguments) -> str:
    with pytest.raises(ExemptionFault) as refused:
        operation(**arguments)
    return refused.value.code


def test_an_application_exempts_from_nothing_and_a_grant_does(applied, partner_director):
    day = date(2026, 6, 1)
    assert not Exemption.objects.in_force(day)

    found = decided(exemption=applied, by=partner_director)

    assert Exemption.objects.in_force(day).get() == found
    assert (found.decided_by, found.appeal_deadline_date) == (partner_director, date(2025, 10, 22))
    assert not Exemption.objects.in_force(date(2027, 1, 1))


def test_it_may_be_granted_in_another_scope_than_applied_for(applied, partner_director):
    scope = scope_of(applied, share_percent=50, ends_date=date(2026, 7, 1))
    exempting.decide(
        exemption=applied, ruling=ruling(), scope=scope, by=partner_director, today=TODAY
    )
    applied.refresh_from_db()
    assert (applied.share_percent, applied.ends_date) == (50, date(2026, 7, 1))


def test_the_same_decision_again_changes_nothing_and_another_is_refused(granted, partner_director):
    assert decided(exemption=granted, by=partner_director).decided_by == partner_director
    code = refusal_of(decided, exemption=granted, by=partner_director, is_granted=False)
    assert code == "already_decided"


@pytest.mark.parametrize("ground", [Ground.OVER_60, Ground.PREGNANCY, Ground.BREASTFEEDING])
def test_a_right_is_refused_only_where_its_condition_is_not_met(doctor, partner_director, ground):
    exemption = ExemptionFactory(doctor=doctor, ground=ground)
    asked = {
        "exemption": exemption,
        "scope": scope_of(exemption),
        "by": partner_director,
        "today": TODAY,
    }
    assert refusal_of(exempting.decide, ruling=ruling(is_granted=False), **asked) == "right_refused"

    unmet = ruling(is_granted=False, is_condition_unmet=True)
    assert exempting.decide(ruling=unmet, **asked).state == ExemptionState.REFUSED


def test_discretion_is_refused_without_more(applied, partner_director):
    asked = {
        "exemption": applied,
        "scope": scope_of(applied),
        "by": partner_director,
        "today": TODAY,
    }
    found = exempting.decide(ruling=ruling(is_granted=False), **asked)
    assert found.state == ExemptionState.REFUSED


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "consultation_missing"),
        (
            {"consulted_date": APPEALED, "decided_date": date(2025, 8, 31)},
            "decided_before_applied",
        ),
        ({"consulted_date": APPEALED, "told_date": date(2025, 9, 30)}, "told_before_decided"),
    ],
)
def test_a_decision_follows_the_agreement_and_the_calendar(
    cooperation, applied, partner_director, options, code
):
    DutyTerms.objects.create(cooperation=cooperation, consulted="kommuneoverlegen")
    asked = {
        "exemption": applied,
        "scope": scope_of(applied),
        "by": partner_director,
        "today": TODAY,
    }
    assert refusal_of(exempting.decide, ruling=ruling(**options), **asked) == code
    consulted = ruling(consulted_date=date(2025, 9, 20))
    assert exempting.decide(ruling=consulted, **asked).consulted_date == date(2025, 9, 20)


@pytest.mark.parametrize("name", ["consulted_date", "decided_date", "told_date"])
def test_a_decision_that_is_to_come_is_not_registered(applied, partner_director, name):
    days = dict.fromkeys(("decided_date", "told_date"), TODAY) | {name: TOMORROW}
    asked = {"exemption": applied, "scope": scope_of(applied), "by": partner_director}
    code = refusal_of(exempting.decide, ruling=ruling(**days), today=TODAY, **asked)
    assert code == "still_to_come"


def test_an_application_and_an_appeal_that_are_to_come_are_not_registered(doctor, granted):
    asked = {"doctor": doctor, "ground": Ground.HEALTH, "scope": scope_of(granted)}
    for operation, more in (
        (exempting.apply_for, asked | {"applied_date": TOMORROW}),
        (exempting.appeal, {"exemption": granted, "appealed_date": TOMORROW}),
        (exempting.withdraw, {"exemption": ExemptionFactory(doctor=doctor), "from_date": TOMORROW}),
    ):
        assert refusal_of(operation, today=TODAY, **more) == "still_to_come"


def test_an_exemption_lies_within_the_contract(doctor, applied, partner_director):
    exempting.end_doctor(doctor=doctor, ends_date=date(2025, 12, 1))
    doctor.refresh_from_db()
    for day in (date(2023, 12, 31), date(2025, 12, 1)):
        scope = scope_of(applied, starts_date=day)
        asked = {
            "doctor": doctor,
            "ground": Ground.HEALTH,
            "scope": scope,
            "applied_date": APPLIED_DATE,
        }
        assert refusal_of(exempting.apply_for, today=TODAY, **asked) == "outside_contract"
    for ends_date in (date(2025, 12, 2), None):
        scope = scope_of(applied, starts_date=doctor.starts_date, ends_date=ends_date)
        assert refusal_of(exempting.apply_for, today=TODAY, **asked | {"scope": scope}) == (
            "outlives_contract"
        )
        asked_of = {"exemption": applied, "scope": scope, "by": partner_director}
        assert refusal_of(exempting.decide, ruling=ruling(), today=TODAY, **asked_of) == (
            "outlives_contract"
        )


def test_an_appeal_that_changes_a_refusal_grants(applied, partner_director):
    exemption = decided(exemption=applied, by=partner_director, is_granted=False)
    exempting.appeal(exemption=exemption, appealed_date=APPEALED, today=TODAY)
    scope = scope_of(applied, share_percent=50)
    found = exempting.change(exemption=exemption, is_granted=True, scope=scope)
    assert (found.state, found.share_percent) == (ExemptionState.GRANTED, 50)
    assert found.appeal_outcome == "changed"


def test_an_appeal_may_leave_the_decision_and_is_settled_once(granted):
    assert refusal_of(exempting.uphold, exemption=granted) == "nothing_appealed"
    early = date(2025, 9, 30)
    assert refusal_of(exempting.appeal, exemption=granted, appealed_date=early, today=TODAY) == (
        "appealed_before_decided"
    )
    exempting.appeal(exemption=granted, appealed_date=APPEALED, today=TODAY)
    assert exempting.uphold(exemption=granted).state == ExemptionState.GRANTED
    assert refusal_of(exempting.uphold, exemption=granted) == "nothing_appealed"
    assert refusal_of(exempting.appeal, exemption=granted, appealed_date=APPEALED, today=TODAY) == (
        "already_decided"
    )


def test_what_has_begun_ends_and_what_was_exempt_stays_exempt(granted):
    found = exempting.withdraw(exemption=granted, from_date=date(2026, 3, 1), today=TODAY)
    assert (found.state, found.ends_date) == (ExemptionState.GRANTED, date(2026, 3, 1))
    assert Exemption.objects.in_force(date(2026, 2, 28)).exists()
    assert not Exemption.objects.in_force(date(2026, 3, 1)).exists()
    again = refusal_of(
        exempting.withdraw, exemption=granted, from_date=date(2026, 3, 1), today=TODAY
    )
    assert again == "ended_before"


def test_what_has_not_begun_is_withdrawn(granted):
    found = exempting.withdraw(exemption=granted, from_date=date(2026, 1, 1), today=TODAY)
    assert found.state == ExemptionState.WITHDRAWN
    day = date(2026, 1, 1)
    assert (
        refusal_of(exempting.withdraw, exemption=granted, from_date=day, today=TODAY)
        == "not_withdrawn"
    )


def test_an_application_is_taken_back_under_a_case_number(applied):
    day = date(2025, 9, 10)
    assert (
        refusal_of(exempting.withdraw, exemption=applied, from_date=day, today=TODAY)
        == "reference_missing"
    )
    found = exempting.withdraw(exemption=applied, from_date=day, today=TODAY, reference="25/1")
    assert (found.state, found.decided_date) == (ExemptionState.WITHDRAWN, day)


def test_the_contract_s_end_ends_exemptions_too(doctor, granted, partner_director):
    later = ExemptionFactory(doctor=doctor, starts_date=date(2027, 1, 1), ends_date=None)
    decided(exemption=later, by=partner_director)
    exempting.end_doctor(doctor=doctor, ends_date=date(2026, 7, 1))
    granted.refresh_from_db()
    later.refresh_from_db()
    assert (granted.state, granted.ends_date) == (ExemptionState.GRANTED, date(2026, 7, 1))
    assert later.state == ExemptionState.WITHDRAWN
    early = doctor.starts_date
    assert refusal_of(exempting.end_doctor, doctor=doctor, ends_date=early) == (
        "contract_ends_before_start"
    )


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"ends_date": date(2026, 1, 1)}, "exemption_ends_after_start"),
        ({"share_percent": 0}, "exemption_is_of_a_part"),
        ({"share_percent": 101}, "exemption_is_of_a_part"),
        ({"applied_date": date.max}, "exemption_days_are_within_reach"),
        ({"appeal_deadline_date": date(1899, 12, 31)}, "exemption_days_are_within_reach"),
        (
            {
                "state": "granted",
                "decided_date": date(2025, 10, 1),
                "decision_reference": "25/1",
                "starts_date": date(2023, 12, 31),
            },
            "exemption_lies_within_contract",
        ),
        ({"state": "granted"}, "exemption_decision_has_its_reference"),
        (
            {"state": "granted", "decided_date": date(2025, 10, 1)},
            "exemption_decision_has_its_reference",
        ),
        (
            {
                "state": "refused",
                "decided_date": date(2025, 8, 1),
                "decision_reference": "25/1",
            },
            "exemption_decision_has_its_reference",
        ),
    ],
)
def test_the_database_refuses_an_exemption(applied, values, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Exemption.objects.update(**values)


def test_the_database_refuses_two_exemptions_at_a_time(doctor, granted, partner_director):
    other = ExemptionFactory(doctor=doctor, starts_date=date(2026, 12, 31), ends_date=None)
    with (
        pytest.raises(IntegrityError, match="exemption_in_force_is_one_at_a_time"),
        transaction.atomic(),
    ):
        decided(exemption=other, by=partner_director)
    other.refresh_from_db()
    assert other.state == ExemptionState.APPLIED


def test_the_database_refuses_a_doctor_of_no_days_or_no_municipality(doctor):
    ended = MunicipalityFactory(
        number="1256", valid_from=date(2020, 1, 1), valid_to=date(2023, 1, 1)
    )
    for values, rule in (
        ({"ends_date": doctor.starts_date}, "doctor_ends_after_start"),
        ({"ends_date": date.max}, "doctor_days_are_within_reach"),
        ({"municipality": ended}, "doctor_is_of_one_that_exists"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Doctor.objects.update(**values)


def test_what_waits_is_told_to_who_decides_and_what_ends_to_who_runs_the_duty(
    cooperation, doctor, applied, partner_director, host_director, leader, secretary
):
    today = date(2025, 11, 10)
    ending = ExemptionFactory(
        doctor=doctor, starts_date=date(2025, 1, 1), ends_date=date(2025, 12, 10)
    )
    decided(exemption=ending, by=partner_director)
    later = DoctorFactory(cooperation=cooperation, municipality=doctor.municipality)
    decided(
        doctor=later,
        starts_date=date(2025, 1, 1),
        ends_date=date(2025, 12, 11),
        by=partner_director,
    )

    def told(user):
        waiting = queries.waiting_for(cooperation=cooperation, user=user, today=today)
        return [(each.url.rsplit("/", 2)[1], each.due_date) for each in waiting]

    assert told(partner_director) == [(str(applied.pk), date(2025, 10, 1))]
    assert told(leader) == [(str(ending.pk), date(2025, 12, 10))]
    assert told(host_director) == told(secretary) == []
    DutyTerms.objects.create(cooperation=cooperation, decider=Decider.HOST)
    assert told(host_director) == [(str(applied.pk), date(2025, 10, 1))]
    assert told(partner_director) == []
