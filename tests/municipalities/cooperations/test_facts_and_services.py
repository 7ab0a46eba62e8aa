"""What the cooperation is, and what its host runs."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from legevakt.lib.refusals import refused_rule
from municipalities.cooperations import operations, services
from municipalities.cooperations.models import Service, ServiceKind
from municipalities.cooperations.participation import NotPossible
from tests.factories.cooperations import ServiceFactory
from tests.factories.municipalities import MunicipalityFactory

START = date(2026, 1, 1)


@pytest.fixture
def adds(cooperation, secretary):
    def add(*parties, kind=ServiceKind.DAYTIME, on=START):
        return services.add(
            cooperation=cooperation,
            kind=kind,
            legal_basis="hol. § 3-2",
            starts_date=on,
            parties=parties,
            why="agreed",
            by=secretary,
        )

    return add


def test_going_back_to_an_administrative_cooperation_forgets_the_board(cooperation, secretary):
    for form in ("board", "administrative"):
        facts = {"form": form, "board_members_each": 3, "leader_reports_to": "kommunedirektøren"}
        operations.change_facts(cooperation=cooperation, facts=facts, why="24/1", by=secretary)

    cooperation.refresh_from_db()
    assert (cooperation.form, cooperation.board_members_each) == ("administrative", None)
    assert cooperation.leader_reports_to == "kommunedirektøren"
    assert cooperation.name == "Legevakt nordhordland"


@pytest.mark.parametrize("facts", [{"form": "board", "board_members_each": 1}, {"form": "board"}])
def test_the_database_refuses_a_board_of_fewer_than_two_each(cooperation, facts):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(cooperation).objects.update(**facts)

    assert refused_rule(caught.value) == "cooperation_board_has_two_members_each"


def test_a_bilateral_service_has_the_host_among_its_parties(adds, host, partner):
    service = adds(partner)

    assert service.is_bilateral
    assert set(service.parties.all()) == {host, partner}


def test_a_bilateral_service_with_nobody_but_the_host_is_refused(adds, host):
    with pytest.raises(NotPossible, match="bilateral_with_nobody"):
        adds(host)


def test_a_party_must_take_part_on_the_day(adds, partner):
    with pytest.raises(NotPossible, match="party_takes_no_part"):
        adds(MunicipalityFactory())
    with pytest.raises(NotPossible, match="party_takes_no_part"):
        adds(partner, on=date(2021, 12, 31))


def test_a_common_service_runs_once_at_a_time_and_a_bilateral_one_beside_it(adds, partner):
    adds()
    adds(partner)

    with pytest.raises(NotPossible, match="service_runs_already"):
        adds(on=date(2026, 7, 1))


def test_a_service_ends_and_may_begin_again_that_day(adds, secretary):
    service = adds()
    services.end(service=service, on=date(2027, 1, 1), why="notice", by=secretary)

    adds(on=date(2027, 1, 1))

    assert Service.objects.filter(ends_date__isnull=True).count() == 1


def test_the_database_refuses_a_service_that_ends_before_it_begins(cooperation):
    service = ServiceFactory(cooperation=cooperation)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Service.objects.filter(pk=service.pk).update(ends_date=service.starts_date)

    assert refused_rule(caught.value) == "service_ends_after_start"
