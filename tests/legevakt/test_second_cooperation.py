"""Who leads another cooperation sees nothing of this one, on any page."""

import pytest
from django.urls import reverse

from municipalities.rules import Role
from tests.factories.callstats import CallImportFactory, SourceFactory
from tests.factories.municipalities import (
    CentralFactory,
    CooperationFactory,
    MembershipFactory,
    MunicipalityFactory,
    UserFactory,
)

PAGES = ("dashboard", "imports", "annual_reports", "deliveries", "access", "import_upload")


@pytest.fixture(params=[Role.LEADER, Role.HOST_DIRECTOR, Role.AUDITOR])
def stranger(request, db):
    """Somebody with a role, and a central, of another cooperation."""
    cooperation = CooperationFactory(
        slug="elsewhere", host=MunicipalityFactory(number="4601", name="Bergen")
    )
    CentralFactory(slug="elsewhere", cooperation=cooperation)
    user = UserFactory(name="Stranger")
    MembershipFactory(
        user=user, cooperation=cooperation, municipality=cooperation.host, role=request.param
    )
    return user


@pytest.fixture
def ours(central, leader, partner_director):
    """The names that a stranger must never see."""
    source = SourceFactory(slug="our-pbx", name="Our own telephone system", central=central)
    CallImportFactory(source=source, file_name="our-own.log")
    return [
        central.name,
        central.cooperation.name,
        source.name,
        "our-own.log",
        leader.email,
        partner_director.email,
    ]


@pytest.mark.parametrize("page", PAGES)
def test_no_name_of_ours_is_on_a_page_of_theirs(page, stranger, ours, as_person):
    shown = as_person(stranger).get(reverse(page))

    assert shown.status_code in (200, 404)
    assert [name for name in ours if name in shown.text] == []
