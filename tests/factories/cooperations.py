"""Services for the tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from municipalities.cooperations.models import Service, ServiceKind
from tests.factories.municipalities import CooperationFactory


class ServiceFactory(DjangoModelFactory):
    """The legevaktsentral, for all who take part."""

    class Meta:
        model = Service

    cooperation = factory.SubFactory(CooperationFactory)
    kind = ServiceKind.LVS
    legal_basis = "hol. § 3-2"
    starts_date = date(2022, 1, 1)
