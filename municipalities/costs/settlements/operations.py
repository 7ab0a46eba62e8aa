"""The way of a settlement: prepared, sent for comment, approved and frozen; or dropped."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.reasons import because
from municipalities.costs.accounts.queries import accounts_in_force
from municipalities.costs.instalments.queries import a_konto_by
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.costs.settlements.computing import Computed, computed
from municipalities.costs.settlements.errors import CannotSettle
from municipalities.costs.settlements.models import (
    FundEntry,
    NoticeAbout,
    Settlement,
    SettlementComment,
    SettlementKind,
    SettlementLine,
    SettlementNotice,
    SettlementState,
)
from municipalities.costs.settlements.queries import fund_moved_by
from municipalities.register.models import Municipality


@transaction.atomic
def prepare(
    *,
    pool_year: PoolYear,
    kind: SettlementKind,
    by: User | None,
    at: datetime,
    corrects: Settlement | None = None,
    reason: str = "",
) -> Settlement:
    """A draft from the latest accounts; a draft that is there is made anew.

    A correction names the approved one that it corrects, and why. Raises CannotSettle and
    CannotAllocate.
    """
    year = PoolYear.objects.select_for_update().get(pk=pool_year.pk)
    _check_can_begin(year, kind=kind, corrects=corrects, reason=reason)
    accounts = accounts_in_force(year)
    if accounts is None:
        raise CannotSettle("no_accounts", year=year.year)
    if kind == SettlementKind.FINAL and not year.is_closed:
        raise CannotSettle("year_is_open", year=year.year)
    found = computed(pool_year=year, accounts=accounts)
    number = year.settlements.aggregate(last=Max("number"))["last"] or 0
    settlement = Settlement.objects.create(
        pool_year=year,
        number=number + 1,
        kind=kind,
        corrects=corrects,
        reason=reason,
        accounts=accounts,
        prepared_at=at,
        prepared_by=by,
        **_amounts(found),
    )
    _write_lines(settlement, found)
    return settlement


def _check_can_begin(
    year: PoolYear, *, kind: SettlementKind, corrects: Settlement | None, reason: str
) -> None:
    if year.settlements.filter(state=SettlementState.SENT).exists():
        raise CannotSettle("under_way", year=year.year)
    year.settlements.filter(state=SettlementState.DRAFT).delete()
    approved = year.settlements.filter(state=SettlementState.APPROVED)
    if corrects is None:
        if approved.filter(kind=SettlementKind.FINAL).exists() or approved.filter(kind=kind):
            raise CannotSettle("already_settled", year=year.year)
        return
    if corrects.state != SettlementState.APPROVED or corrects.pool_year_id != year.pk:
        raise CannotSettle("corrects_what_is_not_approved")
    if corrects.corrections.filter(state=SettlementState.APPROVED).exists():
        raise CannotSettle("already_corrected", number=corrects.number)
    if not reason.strip():
        raise CannotSettle("correction_without_reason")


def _amounts(found: Computed) -> dict:
    return {
        "gross": found.net.gross,
        "own_revenue": found.net.own_revenue,
        "overhead": found.net.overhead,
        "fund": found.net.fund,
        "rounding": found.net.rounding,
        "net": found.net.net,
        "capital": found.capital,
        "function_290": found.function_290,
        "terms": found.terms,
    }


def _write_lines(settlement: Settlement, found: Computed) -> None:
    SettlementLine.objects.bulk_create(
        SettlementLine(
            settlement=settlement,
            municipality=line.municipality,
            share=str(line.share),
            steps=line.steps,
            amount=line.amount,
            a_konto=line.a_konto,
            paid=line.paid,
            settled_before=line.settled_before,
            rest=line.rest,
        )
        for line in found.lines
    )


@transaction.atomic
def send(*, settlement: Settlement, comments_until: date, at: datetime) -> Settlement:
    """Let the partners verify it; its lines are frozen from then on. Raises CannotSettle."""
    found = _locked(settlement, SettlementState.DRAFT)
    if comments_until < local_day(at):
        raise CannotSettle("comments_until_has_passed")
    found.state, found.sent_at = SettlementState.SENT, at
    found.comments_until = comments_until
    found.save()
    _notify(found, NoticeAbout.SENT)
    return found


@transaction.atomic
def comment(
    *,
    settlement: Settlement,
    municipality: Municipality,
    is_accepted: bool,
    text: str,
    by: User | None,
    at: datetime,
) -> SettlementComment:
    """What the municipality says of it. Raises CannotSettle."""
    found = _locked(settlement, SettlementState.SENT)
    if not found.lines.filter(municipality=municipality).exists():
        raise CannotSettle("not_part_of_it", municipality=municipality.name)
    if not is_accepted and not text.strip():
        raise CannotSettle("objection_says_nothing")
    return SettlementComment.objects.create(
        settlement=found,
        municipality=municipality,
        is_accepted=is_accepted,
        text=text.strip(),
        written_at=at,
        written_by=by,
    )


@transaction.atomic
def approve(*, settlement: Settlement, by: User | None, at: datetime) -> Settlement:
    """Freeze it, and move what it moves to or from the fund. Raises CannotSettle.

    Approving again changes nothing. Whoever prepared it cannot approve it. What is new in the
    accounts since it was prepared must be settled by a new draft.
    """
    PoolYear.objects.select_for_update().get(pk=settlement.pool_year_id)
    found = Settlement.objects.get(pk=settlement.pk)
    if found.state == SettlementState.APPROVED:
        return found
    found = _locked(settlement, SettlementState.SENT)
    if by is not None and by.pk == found.prepared_by_id:
        raise CannotSettle("approved_by_who_prepared")
    if accounts_in_force(found.pool_year) != found.accounts:
        raise CannotSettle("accounts_have_changed")
    if not _deducts_the_a_konto(found):
        raise CannotSettle("a_konto_has_changed")
    if found.kind == SettlementKind.FINAL and not found.pool_year.is_closed:
        raise CannotSettle("year_is_open", year=found.pool_year.year)
    found.state, found.approved_at, found.approved_by = SettlementState.APPROVED, at, by
    found.save()
    _notify(found, NoticeAbout.APPROVED)
    _move_fund(found, at=at)
    return found


def _deducts_the_a_konto(settlement: Settlement) -> bool:
    """Whether the plan in force still claims in advance what the lines deduct."""
    deducted = dict(settlement.lines.exclude(a_konto=0).values_list("municipality", "a_konto"))
    claimed = a_konto_by(settlement.pool_year)
    return deducted == {payer: amount for payer, amount in claimed.items() if amount}


def _move_fund(settlement: Settlement, *, at: datetime) -> None:
    """What the year moves to or from the fund, less what its earlier settlements have moved."""
    Pool.objects.select_for_update().get(pk=settlement.pool_year.pool_id)
    amount = settlement.fund - fund_moved_by(settlement.pool_year)
    if amount:
        FundEntry.objects.create(
            pool=settlement.pool_year.pool,
            settlement=settlement,
            amount=amount,
            text=f"{settlement.pool_year.year} · {settlement.number}",
            entered_date=local_day(at),
        )


@transaction.atomic
def drop(*, settlement: Settlement, why: str, by: User | None) -> Settlement:
    """Give up one that is not approved; it stays, with its comments. Raises CannotSettle."""
    found = _locked(settlement, SettlementState.DRAFT, SettlementState.SENT)
    found.state = SettlementState.DROPPED
    with because(why=why, by=by):
        found.save()
    return found


def _notify(settlement: Settlement, about: NoticeAbout) -> None:
    """Each partner is to be told; the host has made it."""
    host = settlement.pool_year.pool.cooperation.host_id
    partners = settlement.lines.exclude(municipality=host).values_list("municipality", flat=True)
    SettlementNotice.objects.bulk_create(
        SettlementNotice(settlement=settlement, municipality_id=partner, about=about)
        for partner in partners
    )


@transaction.atomic
def claim_notice(*, notice: SettlementNotice, at: datetime) -> bool:
    """Whether it is the caller's to tell: of all that try, one gets it, and nobody later."""
    return SettlementNotice.objects.filter(pk=notice.pk, told_at=None).update(told_at=at) == 1


def _locked(settlement: Settlement, *states: SettlementState) -> Settlement:
    """The settlement, its year locked: nobody prepares another, or moves it, meanwhile."""
    PoolYear.objects.select_for_update().get(pk=settlement.pool_year_id)
    found = (
        Settlement.objects.select_for_update(of=("self",))
        .select_related("pool_year__pool__cooperation")
        .filter(pk=settlement.pk)
        .first()
    )
    if found is None or found.state not in states:
        raise CannotSettle("wrong_state")
    return found
