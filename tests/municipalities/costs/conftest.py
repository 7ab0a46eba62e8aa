"""People of Værnesregionen."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from municipalities.access.rules import Role
from municipalities.register.models import Municipality
from tests.factories import costs
from tests.factories.municipalities import MembershipFactory, UserFactory


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def somebody(cooperation, name: str, role: Role):
    """A reader of English with the role for the municipality."""
    user = UserFactory(email=f"{role.value}@{name.lower()}.example", language="en")
    MembershipFactory(
        user=user,
        cooperation=cooperation,
        municipality=Municipality.objects.get(number=costs.NUMBERS[name]),
        role=role,
    )
    return user


@pytest.fixture
def vaernes(db):
    """The cooperation of the four, and who acts in it."""
    cooperation = costs.vaernes()
    return SimpleNamespace(
        cooperation=cooperation,
        controller=somebody(cooperation, "Stjørdal", Role.CONTROLLER),
        director=somebody(cooperation, "Stjørdal", Role.HOST_DIRECTOR),
        auditor=somebody(cooperation, "Stjørdal", Role.AUDITOR),
        tydal=somebody(cooperation, "Tydal", Role.PARTNER_DIRECTOR),
        selbu=somebody(cooperation, "Selbu", Role.PARTNER_DIRECTOR),
    )
