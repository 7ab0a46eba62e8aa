"""Settlements of a year, what has been paid in advance, and what was settled before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.permissions import cooperations_where
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.costs.settlements.models import (
    FundEntry,
    Settlement,
    SettlementComment,
    SettlementLine,
    SettlementNotice,
    SettlementState,
)
from municipalities.costs.settlements.rules import NOUGHT
from municipalities.register.models import Municipality
from municipalities.todo import Todo

Amounts = Mapping[int, Decimal]


@dataclass(frozen=True)
class Said:
    """A municipality on a settlement and what it has said of it, the latest first."""

    municipality: Municipality
    comments: tuple[SettlementComment, ...]

    @property
    def latest(self) -> SettlementComment | None:
        return self.comments[0] if self.comments else None

    @property
    def objects(self) -> bool:
        """Whether its latest word is an objection."""
        return self.latest is not None and not self.latest.is_accepted


def settlements_of(*, pool_year: PoolYear, user: User) -> QuerySet[Settlement]:
    """The year's settlements that the user may see, oldest first."""
    return Settlement.objects.visible_to(user).filter(pool_year=pool_year).order_by("number")


def lines_of(settlement: Settlement) -> list[SettlementLine]:
    """By municipality number. One query."""
    return list(settlement.lines.select_related("municipality").order_by("municipality__number"))


def said_of(settlement: Settlement, *, lines: Sequence[SettlementLine]) -> list[Said]:
    """What each municipality has said; the host is listed only where it has. One query."""
    comments = settlement.comments.select_related("written_by").order_by("-written_at", "-pk")
    found: dict[int, list[SettlementComment]] = {}
    for comment in comments:
        found.setdefault(comment.municipality_id, []).append(comment)
    host = settlement.pool_year.pool.cooperation.host_id
    return [
        Said(line.municipality, tuple(found.get(line.municipality_id, ())))
        for line in lines
        if line.municipality_id in found or line.municipality_id != host
    ]


def latest(pool_year: PoolYear) -> Settlement | None:
    """The year's last settlement that was not dropped."""
    kept = pool_year.settlements.exclude(state=SettlementState.DROPPED)
    return kept.order_by("-number").first()


def settled_before_by(pool_year: PoolYear) -> Amounts:
    """Municipality → what the year's approved settlements have claimed, together."""
    lines = SettlementLine.objects.filter(
        settlement__pool_year=pool_year, settlement__state=SettlementState.APPROVED
    )
    rows = lines.values_list("municipality").annotate(total=Sum("rest")).order_by()
    return dict(rows)


def fund_balance(pool: Pool) -> Decimal:
    """What the pool's fund holds."""
    return _moved(FundEntry.objects.filter(pool=pool))


def fund_moved_by(pool_year: PoolYear) -> Decimal:
    """What the year's approved settlements have moved to the fund (+) or from it (−), together."""
    return _moved(FundEntry.objects.filter(settlement__pool_year=pool_year))


def _moved(entries: QuerySet[FundEntry]) -> Decimal:
    return entries.aggregate(total=Sum("amount"))["total"] or NOUGHT


def untold() -> QuerySet[SettlementNotice]:
    """Who is to be told of a settlement that still stands as the notice says."""
    rows = SettlementNotice.objects.filter(told_at=None, about=F("settlement__state"))
    return rows.select_related("settlement__pool_year__pool__cooperation", "municipality").order_by(
        "pk"
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Settlements to verify for the own municipality, and to approve. Two queries."""
    del today
    return [*_to_verify(cooperation, user), *_to_approve(cooperation, user)]


def _to_verify(cooperation: Cooperation, user: User) -> list[Todo]:
    own = municipalities_acted_for(
        user=user, permission=Permission.ANSWER_FOR_MUNICIPALITY, cooperation=cooperation
    )
    said = SettlementComment.objects.filter(
        settlement=OuterRef("settlement"), municipality=OuterRef("municipality")
    )
    lines = SettlementLine.objects.filter(
        ~Q(municipality=cooperation.host_id),
        ~Exists(said),
        settlement__state=SettlementState.SENT,
        settlement__pool_year__pool__cooperation=cooperation,
        municipality__in=own,
    )
    return [
        _todo(_("Verify for %(municipality)s: %(settlement)s"), line.settlement, cooperation, line)
        for line in lines.select_related("settlement__pool_year__pool", "municipality").order_by(
            "settlement__comments_until", "pk"
        )
    ]


def _to_approve(cooperation: Cooperation, user: User) -> list[Todo]:
    allowed = cooperations_where(user=user, permission=Permission.APPROVE_COSTS)
    found = Settlement.objects.filter(
        state=SettlementState.SENT,
        pool_year__pool__cooperation=cooperation,
        pool_year__pool__cooperation__in=allowed,
    ).exclude(prepared_by=user)
    return [
        _todo(_("Approve: %(settlement)s"), each, cooperation)
        for each in found.select_related("pool_year__pool").order_by("comments_until", "pk")
    ]


def _todo(
    text: str, settlement: Settlement, cooperation: Cooperation, line: SettlementLine | None = None
) -> Todo:
    year = settlement.pool_year
    facts = {
        "settlement": f"{settlement.get_kind_display()}, {year.pool.name} {year.year}",
        "municipality": line.municipality.name if line else "",
    }
    address = [cooperation.slug, year.pool.slug, year.year, settlement.number]
    return Todo(text % facts, reverse("settlement", args=address), settlement.comments_until)
