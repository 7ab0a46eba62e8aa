"""Who sees which doctors, and who decides: by role, municipality, and what the agreement says."""

import pytest
from django.urls import reverse

from municipalities.access.models import User
from municipalities.access.rules import Role
from municipalities.doctors import queries
from municipalities.doctors.models import Decider, Doctor, DutyTerms, Exemption
from tests.conftest import person
from tests.factories.doctors import DoctorFactory, ExemptionFactory
from tests.factories.municipalities import (
    CooperationFactory,
    MembershipFactory,
    MunicipalityFactory,
)

PAGES = ("exemption", "exemption_decide", "exemption_appeal", "exemption_outcome")


@pytest.fixture
def third(cooperation):
    """Modalen's director, who takes part too."""
    municipality = MunicipalityFactory(number="4629", name="Modalen")
    cooperation.participants.create(municipality=municipality, joined_date="2022-01-01")
    return person(cooperation=cooperation, municipality=municipality, role=Role.PARTNER_DIRECTOR)


@pytest.fixture
def of_host(cooperation, host):
    return DoctorFactory(cooperation=cooperation, municipality=host)


@pytest.fixture
def of_partner(cooperation, partner):
    return DoctorFactory(cooperation=cooperation, municipality=partner)


@pytest.fixture
def people(request, cooperation):
    names = ("leader", "partner_director", "medical_officer", "host_director", "third")
    names += ("secretary", "auditor", "controller", "outsider")
    return {name: request.getfixturevalue(name) for name in names}


def seen(people, doctors):
    return {
        name: [doctor for doctor in doctors if doctor in Doctor.objects.visible_to(user)]
        for name, user in people.items()
        if Doctor.objects.visible_to(user)
    }


def deciding(people, doctor):
    of = Exemption.objects.filter(doctor=doctor)
    return {name for name, user in people.items() if of & Exemption.objects.decided_by(user)}


def test_doctors_are_seen_by_who_runs_the_duty_and_by_who_decides_for_them(
    people, of_host, of_partner
):
    both = [of_host, of_partner]
    assert seen(people, both) == {
        "leader": both,
        "partner_director": [of_partner],
        "medical_officer": [of_partner],
        "host_director": [of_host],
    }


def test_who_decides_is_the_contract_s_municipality_unless_the_host_does(
    cooperation, people, of_host, of_partner
):
    ExemptionFactory(doctor=of_partner)
    theirs = {"partner_director", "medical_officer"}
    assert deciding(people, of_partner) == theirs
    terms = DutyTerms.objects.create(cooperation=cooperation)
    assert deciding(people, of_partner) == theirs

    terms.decider = Decider.HOST
    terms.save()

    assert deciding(people, of_partner) == {"host_director"}
    both = [of_host, of_partner]
    assert seen(people, both)["host_director"] == both
    assert seen(people, both)["partner_director"] == [of_partner]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("persona", ["third", "secretary", "auditor", "controller"])
def test_nobody_else_finds_an_exemption(request, as_person, cooperation, of_partner, name, persona):
    exemption = ExemptionFactory(doctor=of_partner)
    browser = as_person(request.getfixturevalue(persona))
    assert browser.get(reverse(name, args=[cooperation.slug, exemption.pk])).status_code == 404
    doctor = reverse("doctor", args=[cooperation.slug, of_partner.pk])
    assert browser.get(doctor).status_code == 404


def test_who_runs_the_duty_sees_an_exemption_and_decides_on_none(
    as_person, cooperation, of_partner, leader
):
    args = [cooperation.slug, ExemptionFactory(doctor=of_partner).pk]
    browser = as_person(leader)
    assert [browser.get(reverse(name, args=args)).status_code for name in PAGES] == [
        200,
        404,
        404,
        404,
    ]


def test_a_role_in_another_cooperation_opens_nothing_here(
    cooperation, host, partner, of_host, partner_director
):
    """Who answers for Fedje here and for Alver elsewhere does not answer for Alver here."""
    other = CooperationFactory(host=MunicipalityFactory(number="4601"), partners=[host])
    MembershipFactory(
        user=partner_director, cooperation=other, municipality=host, role=Role.MEDICAL_OFFICER
    )
    assert of_host not in Doctor.objects.visible_to(partner_director)


def test_who_is_let_go_sees_nothing(of_partner, partner_director):
    User.objects.update(is_active=False)
    partner_director.refresh_from_db()
    assert not Doctor.objects.visible_to(partner_director).exists()


def test_the_municipalities_one_registers_for_are_those_one_sees(
    cooperation, host, partner, leader, partner_director, host_director, secretary
):
    def numbers(user):
        found = queries.municipalities_seen(cooperation=cooperation, user=user)
        return list(found.values_list("number", flat=True))

    assert numbers(leader) == ["4631", "4633"]
    assert (numbers(partner_director), numbers(host_director)) == (["4633"], ["4631"])
    assert numbers(secretary) == []
    DutyTerms.objects.create(cooperation=cooperation, decider=Decider.HOST)
    assert (numbers(partner_director), numbers(host_director)) == (["4633"], ["4631", "4633"])
