"""Services for the tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from municipalities.cooperations.models import Participant, Service, ServiceKind
from municipalities.register.models import Municipality
from tests.factories.municipalities import JOINED_DATE, CooperationFactory, MunicipalityFactory


class ServiceFactory(DjangoModelFactory):
    """The legevaktsentral, for all who take part."""

    class Meta:
        model = Service

    cooperation = factory.SubFactory(CooperationFactory)
    kind = ServiceKind.LVS
    legal_basis = "hol. § 3-2"
    starts_date = date(2022, 1, 1)


def joined(cooperation, *, number="4634", name="Masfjorden") -> Municipality:
    """One more municipality that takes part."""
    municipality = MunicipalityFactory(number=number, name=name)
    Participant.objects.create(
        cooperation=cooperation, municipality=municipality, joined_date=JOINED_DATE
    )
    return municipality
