"""Agreements with the version in force and the one under way, and what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.permissions import held_on
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.agreements.models import (
    Adoption,
    Agreement,
    AgreementParty,
    AgreementVersion,
    Layer,
    VersionState,
)
from municipalities.cooperations.models import Cooperation
from municipalities.todo import Todo

LAYERS = (Layer.POLITICAL, Layer.ADMINISTRATIVE, Layer.BILATERAL)
UNDER_WAY = (VersionState.DRAFT, VersionState.SENT)
COUNTS = {
    "party_count": Count("parties", distinct=True),
    "adopted_count": Count("adoptions", distinct=True, filter=Q(adoptions__is_adopted=True)),
    "rejected_count": Count("adoptions", distinct=True, filter=Q(adoptions__is_adopted=False)),
}


@dataclass(frozen=True)
class Standing:
    """An agreement: what holds on the day, what will, and what is under way.

    The versions have `party_count`, `adopted_count` and `rejected_count`.
    """

    agreement: Agreement
    in_force: AgreementVersion | None
    coming: AgreementVersion | None
    under_way: AgreementVersion | None


@dataclass(frozen=True)
class AgreementSummary:
    """The political agreement on the hub's card; `adopted` of `parties` of the one under way."""

    version_in_force: int | None
    in_force_since: date | None
    under_way: int | None
    is_sent: bool
    adopted: int
    parties: int


def standings(*, cooperation: Cooperation, user: User, today: date) -> list[Standing]:
    """Every agreement of the cooperation: political, administrative, bilateral. Two queries."""
    agreements = sorted(
        Agreement.objects.filter(cooperation=cooperation).select_related("service"),
        key=lambda each: (LAYERS.index(each.layer), each.title, each.pk),
    )
    versions = list(
        counted(AgreementVersion.objects.visible_to(user))
        .filter(agreement__cooperation=cooperation)
        .exclude(state=VersionState.DROPPED)
        .order_by("agreement", "number")
    )
    return [
        _standing(each, [v for v in versions if v.agreement_id == each.pk], today=today)
        for each in agreements
    ]


def counted(versions: QuerySet[AgreementVersion]) -> QuerySet[AgreementVersion]:
    """The versions with how many are parties, and how many have adopted and rejected."""
    return versions.annotate(**COUNTS)


def in_force_on(cooperation: Cooperation, day: date) -> list[AgreementVersion]:
    """The version of each agreement that holds on the day, the political one first."""
    found = AgreementVersion.objects.in_force_on(day).filter(agreement__cooperation=cooperation)
    return sorted(
        found.select_related("agreement__service"),
        key=lambda each: (LAYERS.index(each.agreement.layer), each.pk),
    )


def in_force_within(
    cooperation: Cooperation, *, since: date, until: date
) -> list[AgreementVersion]:
    """Every version that holds some of the half-open days, by agreement and number.

    Their adoptions are prefetched with the municipalities. Three queries.
    """
    found = AgreementVersion.objects.filter(
        Q(in_force_to__isnull=True) | Q(in_force_to__gt=since),
        ~Q(in_force_to=F("in_force_from")),
        agreement__cooperation=cooperation,
        in_force_from__lt=until,
    )
    adoptions = Adoption.objects.select_related("municipality").order_by("decided_date", "pk")
    told = found.select_related("agreement__service").prefetch_related(
        Prefetch("adoptions", queryset=adoptions)
    )
    return sorted(
        told,
        key=lambda each: (LAYERS.index(each.agreement.layer), each.agreement.title, each.number),
    )


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> AgreementSummary:
    """How the political agreement stands, for the hub. One query."""
    versions = list(
        counted(AgreementVersion.objects.visible_to(user))
        .filter(agreement__cooperation=cooperation, agreement__layer=Layer.POLITICAL)
        .order_by("number")
    )
    holding = next((each for each in versions if _holds(each, today)), None)
    under_way = next((each for each in versions if each.state in UNDER_WAY), None)
    return AgreementSummary(
        version_in_force=holding.number if holding else None,
        in_force_since=holding.in_force_from if holding else None,
        under_way=under_way.number if under_way else None,
        is_sent=under_way is not None and under_way.state == VersionState.SENT,
        adopted=under_way.adopted_count if under_way else 0,
        parties=under_way.party_count if under_way else 0,
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Adoptions that the person's own municipality owes; for the secretary what all have decided.

    `today` makes no difference: an adoption has no time limit. Two queries.
    """
    manages = Permission.MANAGE_AGREEMENT in held_on(user=user, cooperation=cooperation)
    own = municipalities_acted_for(
        user=user, permission=Permission.ANSWER_FOR_MUNICIPALITY, cooperation=cooperation
    )
    parties = AgreementParty.objects.filter(
        version__state=VersionState.SENT, version__agreement__cooperation=cooperation
    )
    decision = Adoption.objects.filter(
        version=OuterRef("version"), municipality=OuterRef("municipality")
    )
    rows = list(
        parties.annotate(
            is_adopted=Subquery(decision.values("is_adopted"), output_field=BooleanField()),
            is_own=Exists(own.filter(pk=OuterRef("municipality"))),
        )
        .select_related("version__agreement__cooperation", "municipality")
        .order_by("version", "municipality__number")
    )
    owed = [_owed(row) for row in rows if row.is_own and row.is_adopted is None]
    return owed + (_decided(rows) if manages else [])


def address_of(version: AgreementVersion) -> str:
    """The version's page."""
    agreement = version.agreement
    return reverse(
        "agreement_version", args=[agreement.cooperation.slug, agreement.pk, version.number]
    )


def _standing(agreement: Agreement, versions: list[AgreementVersion], *, today: date) -> Standing:
    return Standing(
        agreement=agreement,
        in_force=next((each for each in versions if _holds(each, today)), None),
        coming=next(
            (each for each in versions if each.in_force_from and each.in_force_from > today), None
        ),
        under_way=next((each for each in versions if each.state in UNDER_WAY), None),
    )


def _holds(version: AgreementVersion, day: date) -> bool:
    starts, ends = version.in_force_from, version.in_force_to
    return starts is not None and starts <= day and (ends is None or day < ends)


def _owed(row: AgreementParty) -> Todo:
    text = _("Record what %(municipality)s decides about “%(agreement)s”, version %(number)s")
    told = {
        "municipality": row.municipality.name,
        "agreement": row.version.agreement.title,
        "number": row.version.number,
    }
    return Todo(text=text % told, url=address_of(row.version))


def _decided(rows: Sequence[Any]) -> list[Todo]:
    """A to-do for each version that all have adopted, or that somebody has rejected."""
    versions = {row.version_id: row.version for row in rows}
    found = []
    for pk, version in versions.items():
        decisions = [row.is_adopted for row in rows if row.version_id == pk]
        told = {"agreement": version.agreement.title, "number": version.number}
        if False in decisions:
            text = _("“%(agreement)s”, version %(number)s is rejected: take it back and rewrite it")
        elif None not in decisions:
            text = _("“%(agreement)s”, version %(number)s is adopted by all: put it in force")
        else:
            continue
        found.append(Todo(text=text % told, url=address_of(version)))
    return found
