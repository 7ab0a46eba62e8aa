"""What the pages tell of one version, of the delegations and of the notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from municipalities.agreements.models import Adoption, AgreementVersion, Delegation, Withdrawal
from municipalities.agreements.rules import Paragraph
from municipalities.cooperations.models import Cooperation
from municipalities.register.models import Municipality


@dataclass(frozen=True)
class Party:
    """A municipality that the version binds, and what it has decided, if anything."""

    municipality: Municipality
    is_host: bool
    adoption: Adoption | None


@dataclass(frozen=True)
class ParticipantDelegation:
    """A participant other than the host, and its delegation in force, if any."""

    municipality: Municipality
    delegation: Delegation | None


def parties_of(version: AgreementVersion) -> list[Party]:
    """The parties, host first, each with its decision. Two queries."""
    decided = {each.municipality_id: each for each in version.adoptions.all()}
    parties = version.parties.select_related("municipality")
    return [
        Party(each.municipality, each.is_host, decided.get(each.municipality_id))
        for each in parties.order_by("-is_host", "municipality__number", "pk")
    ]


def last_adopted_date(version: AgreementVersion) -> date | None:
    """When the last of those who have adopted it did."""
    return version.adoptions.filter(is_adopted=True).aggregate(last=Max("decided_date"))["last"]


def paragraphs_of(version: AgreementVersion) -> list[Paragraph]:
    """The clauses as the checklist reads them, numbered in the order of the text."""
    return [
        Paragraph(number, each.heading, tuple(each.items))
        for number, each in enumerate(version.clauses.all(), 1)
    ]


def delegations_of(*, cooperation: Cooperation, day: date) -> list[ParticipantDelegation]:
    """Every participant of the day but the host, with its delegation in force. Two queries."""
    in_force = {
        each.municipality_id: each
        for each in Delegation.objects.filter(
            cooperation=cooperation, withdrawn_date=None
        ).select_related("letter")
    }
    taking_part = cooperation.participants.on(day).select_related("municipality")
    return [
        ParticipantDelegation(each.municipality, in_force.get(each.municipality_id))
        for each in taking_part.exclude(municipality=cooperation.host_id)
    ]


@dataclass(frozen=True)
class Delegated:
    """Of the participants but the host: how many have delegated, and how many lack the letter."""

    participants: int
    done: int
    without_letter: int


def delegated_on(*, cooperation: Cooperation, day: date) -> Delegated:
    """How it stood on a day, also one that is past. Two queries."""
    rows = Delegation.objects.filter(cooperation=cooperation, instructed_date__lte=day).exclude(
        withdrawn_date__lte=day
    )
    letters = dict(rows.order_by("pk").values_list("municipality", "letter_date"))
    partners = cooperation.participants.on(day).exclude(municipality=cooperation.host_id)
    found = list(partners.values_list("municipality", flat=True))
    instructed = [letters[pk] for pk in found if pk in letters]
    done = sum(letter is not None and letter <= day for letter in instructed)
    return Delegated(len(found), done, len(instructed) - done)


def withdrawals_of(cooperation: Cooperation) -> QuerySet[Withdrawal]:
    """Every notice, the last to leave first."""
    return (
        Withdrawal.objects.filter(version__agreement__cooperation=cooperation)
        .select_related("municipality", "version__agreement", "recorded_by")
        .order_by("-leaves_date", "-pk")
    )
