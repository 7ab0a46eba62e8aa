"""What the database itself refuses, past the operations; and that each refusal has its words."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from legevakt.lib.refusals import refused_rule
from municipalities.agreements import refusals
from municipalities.agreements.models import (
    Adoption,
    Agreement,
    AgreementParty,
    AgreementVersion,
    Clause,
    Delegation,
    Layer,
    VersionState,
    Withdrawal,
)
from municipalities.cooperations.models import Participant
from tests.factories.agreements import (
    ADOPTED,
    AT,
    DATED,
    IN_FORCE,
    adopted,
    agreement,
    agreement_in_force,
    draft_of,
    sent,
)
from tests.factories.municipalities import MunicipalityFactory

RULES = {
    *(
        each.name
        for model in (
            Agreement,
            AgreementVersion,
            Clause,
            AgreementParty,
            Adoption,
            Delegation,
            Withdrawal,
        )
        for each in (*model._meta.constraints, *model._meta.triggers)
        if "pghistory" not in type(each).__module__ and not each.name.endswith(("insert", "update"))
    )
}
CASES = {}


def case(rule):
    """Marks a function that breaks the rule past the operations."""

    def keep(function):
        CASES[rule] = function
        return function

    return keep


@pytest.fixture
def world(cooperation, host, partner, secretary):
    """What the cases write in; made when asked for, so that each has its own state."""

    class World:
        ended = MunicipalityFactory(number="4699", name="Lindås", valid_to=date(2024, 3, 1))

        def draft(self, **facts):
            return draft_of(cooperation=cooperation, **facts)

        def sent(self, **facts):
            return sent(cooperation=cooperation, **facts)

        def in_force(self, **facts):
            return agreement_in_force(cooperation, by=secretary, **facts)

        def adoption(self, version, **facts):
            told = {"municipality": partner, "decided_date": ADOPTED} | facts
            return Adoption(
                version=version, is_adopted=True, case_number="1", recorded_at=AT, **told
            )

        def delegation(self, **facts):
            told = {"municipality": partner, "instructed_date": date(2024, 11, 1)} | facts
            return Delegation(cooperation=cooperation, case_number="1", **told)

        def withdrawal(self, version, **facts):
            told = {"received_date": date(2025, 3, 1), "leaves_date": date(2026, 3, 1)} | facts
            return Withdrawal(
                version=version, municipality=partner, case_number="1", recorded_at=AT, **told
            )

    world = World()
    world.cooperation, world.host, world.partner = cooperation, host, partner
    world.secretary = secretary
    return world


def version_of(found, **facts):
    told = {"number": 9, "dated_date": DATED, "created_at": AT} | facts
    return AgreementVersion(agreement=found, **told)


@case("agreement_of_a_layer_is_one")
def _(world):
    first = agreement(cooperation=world.cooperation)
    Agreement.objects.bulk_create([Agreement(
        cooperation=world.cooperation, layer="political", title=first.title, adopter="council"
    )])  # fmt: skip


@case("bilateral_agreement_has_its_service")
def _(world):
    agreement(cooperation=world.cooperation)
    Agreement.objects.update(layer=Layer.BILATERAL)


@case("political_agreement_is_adopted_by_councils")
def _(world):
    agreement(cooperation=world.cooperation)
    Agreement.objects.update(adopter="director")


@case("agreement_version_has_its_number")
def _(world):
    found = world.in_force()
    AgreementVersion.objects.bulk_create([version_of(found.agreement, number=1)])


@case("agreement_version_under_way_is_one")
def _(world):
    AgreementVersion.objects.bulk_create([version_of(world.draft().agreement)])


@case("agreement_version_in_force_has_its_days")
def _(world):
    world.in_force()
    AgreementVersion.objects.update(state=VersionState.REPLACED)


@case("agreement_version_ends_after_start")
def _(world):
    world.in_force()
    AgreementVersion.objects.update(in_force_to=ADOPTED)


@case("agreement_version_is_dated_before_it_is_in_force")
def _(world):
    adopted(version=world.sent(), by=world.secretary)
    AgreementVersion.objects.update(state=VersionState.IN_FORCE, in_force_from=date(2024, 8, 1))


@case("agreement_versions_in_force_do_not_overlap")
def _(world):
    found = world.in_force()
    later = world.sent()
    adopted(version=later, by=world.secretary)
    assert later.agreement == found.agreement
    AgreementVersion.objects.filter(pk=later.pk).update(
        state="replaced", in_force_from=IN_FORCE, in_force_to=date(2026, 1, 1)
    )


@case("agreement_is_adopted_by_all")
def _(world):
    adopted(version=world.sent(), municipalities=[world.host], by=world.secretary)
    AgreementVersion.objects.update(state=VersionState.IN_FORCE, in_force_from=IN_FORCE)


@case("sent_agreement_text_stays")
def _(world):
    world.sent()
    AgreementVersion.objects.update(notice_months=1)


@case("sent_clauses_stay")
def _(world):
    world.sent().clauses.update(text="Noko anna.")


@case("clause_has_its_position")
def _(world):
    clause = world.draft().clauses.get()
    Clause.objects.bulk_create(
        [Clause(version=clause.version, position=clause.position, heading="A", text="B")]
    )
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@case("agreement_party_is_listed_once")
def _(world):
    party = AgreementParty(version=world.draft(), municipality=world.partner)
    AgreementParty.objects.bulk_create([party])


@case("agreement_has_one_host")
def _(world):
    world.draft().parties.update(is_host=True)


@case("sent_parties_stay")
def _(world):
    world.sent().parties.filter(municipality=world.partner).delete()


@case("agreement_party_exists")
def _(world):
    party = AgreementParty(version=world.draft(), municipality=world.ended)
    AgreementParty.objects.bulk_create([party])


@case("agreement_is_decided_once_by_each")
def _(world):
    version = adopted(version=world.sent(), by=world.secretary)
    Adoption.objects.bulk_create([world.adoption(version)])


@case("adoption_is_after_the_version")
def _(world):
    Adoption.objects.bulk_create([world.adoption(world.sent(), decided_date=date(2024, 8, 31))])


@case("adoption_is_by_a_party")
def _(world):
    Adoption.objects.bulk_create([world.adoption(world.sent(), municipality=world.ended)])


@case("adoptions_belong_to_a_sent_version")
def _(world):
    world.in_force().adoptions.update(is_adopted=False)


@case("delegation_in_force_is_one")
def _(world):
    Delegation.objects.bulk_create([world.delegation(), world.delegation()])


@case("delegation_letter_follows_the_instruction")
def _(world):
    Delegation.objects.bulk_create([world.delegation(letter_date=date(2024, 10, 1))])


@case("delegation_ends_after_start")
def _(world):
    Delegation.objects.bulk_create([world.delegation(withdrawn_date=date(2024, 10, 1))])


@case("delegation_is_by_one_that_exists")
def _(world):
    Delegation.objects.bulk_create([world.delegation(municipality=world.ended)])


@case("withdrawal_in_force_is_one")
def _(world):
    version = world.in_force()
    Withdrawal.objects.bulk_create([world.withdrawal(version), world.withdrawal(version)])


@case("withdrawal_leaves_after_notice")
def _(world):
    version = world.in_force()
    Withdrawal.objects.bulk_create([world.withdrawal(version, leaves_date=date(2025, 2, 1))])


@case("participant_leaves_after_joining")
def _(world):
    Participant.objects.filter(municipality=world.partner).update(left_date=date(2022, 1, 1))


@pytest.mark.parametrize("rule", CASES)
def test_the_database_refuses_by_itself(rule, world):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        CASES[rule](world)
    assert refused_rule(refused.value) == rule


def test_every_rule_of_the_tables_is_tried():
    assert RULES - set(CASES) == set()


def test_every_refusal_that_a_form_can_meet_is_told_in_words():
    inner = {"agreement_version_in_force_has_its_days"}  # the operations set state and days as one
    assert set(CASES) - set(refusals.REFUSALS) == inner
    with translation.override("nn"):
        assert all(len(str(words)) > 20 for words in refusals.REFUSALS.values())
