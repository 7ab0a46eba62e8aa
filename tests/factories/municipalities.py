"""Municipalities, cooperations, centrals and people for the tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from municipalities.access import operations
from municipalities.access.models import Membership, User
from municipalities.access.rules import Role
from municipalities.centrals.models import Central, LineClass, PublicNumber
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.register.models import Municipality, WrittenForm

REFORM_DATE = date(2024, 1, 1)
JOINED_DATE = date(2022, 1, 1)


class MunicipalityFactory(DjangoModelFactory):
    """A municipality valid from 2024; the same number gives the same row."""

    class Meta:
        model = Municipality
        django_get_or_create = ("number", "valid_from")

    number = factory.Sequence(lambda n: f"{9000 + n % 1000}")
    name = factory.LazyAttribute(lambda municipality: f"Municipality {municipality.number}")
    county_number = factory.LazyAttribute(lambda municipality: municipality.number[:2])
    county = "Vestland"
    written_form = WrittenForm.NYNORSK
    valid_from = REFORM_DATE


class CooperationFactory(DjangoModelFactory):
    """A cooperation with its host as participant; `partners=[…]` join the same day."""

    class Meta:
        model = Cooperation
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"cooperation-{n}")
    name = factory.LazyAttribute(lambda cooperation: f"Legevakt {cooperation.slug}")
    host = factory.SubFactory(MunicipalityFactory)
    language = "nn"

    @factory.post_generation
    def partners(self, create, extracted, **_):
        if not create:
            return
        for municipality in [self.host, *(extracted or [])]:
            Participant.objects.get_or_create(
                cooperation=self, municipality=municipality, joined_date=JOINED_DATE
            )


class UserFactory(DjangoModelFactory):
    """A person; without `password=` only `force_login` lets the person in."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@municipality.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return model_class.objects.create_user(**fields)


class MembershipFactory(DjangoModelFactory):
    """A role given through the front door, on behalf of the host unless told otherwise."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    cooperation = factory.SubFactory(CooperationFactory)
    municipality = factory.SelfAttribute("cooperation.host")
    role = Role.LEADER

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return operations.grant(**fields)


class CentralFactory(DjangoModelFactory):
    """A legevaktsentral, without numbers."""

    class Meta:
        model = Central
        django_get_or_create = ("slug",)

    cooperation = factory.SubFactory(CooperationFactory)
    slug = factory.Sequence(lambda n: f"central-{n}")
    name = factory.LazyAttribute(lambda central: f"Legevaktsentral {central.slug}")


class PublicNumberFactory(DjangoModelFactory):
    """A line of a central: 116 117 unless told otherwise."""

    class Meta:
        model = PublicNumber
        django_get_or_create = ("central", "line_class", "number")

    central = factory.SubFactory(CentralFactory)
    line_class = LineClass.NATIONAL
    number = factory.LazyAttribute(
        lambda line: "116117" if line.line_class == LineClass.NATIONAL else ""
    )
