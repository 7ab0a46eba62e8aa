"""The life of a rule: proposed by one, decided by another, withdrawn. Under the central's lock."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from callstats.calls.models import CallPurge
from callstats.exclusions import queries, summing
from callstats.exclusions.models import Exclusion
from callstats.exclusions.rules import (
    ExclusionError,
    ExclusionKind,
    ExclusionState,
    require_window,
)
from municipalities.models import Central, PublicNumber, User


class Overlaps(ExclusionError):
    """An approved rule leaves out calls of the same time and line already: `other`."""

    code = "overlaps"

    def __init__(self, other: Exclusion) -> None:
        super().__init__(other.name)
        self.other = other


class CallsAreGone(ExclusionError):
    """The window begins before the moment until which the calls are deleted: `before_at`."""

    code = "calls_are_gone"

    def __init__(self, before_at: datetime) -> None:
        super().__init__(before_at.isoformat())
        self.before_at = before_at


class MonthIsPublished(ExclusionError):
    """Published figures do not change: they are revised first, and then the rule is decided."""

    code = "month_is_published"

    def __init__(self, months: list[date]) -> None:
        super().__init__(", ".join(map(str, months)))
        self.months = months


class OwnProposal(ExclusionError):
    """Whoever proposed the rule cannot decide on it."""

    code = "own_proposal"


class NoReason(ExclusionError):
    """A rule is withdrawn for a reason, which is shown with it."""

    code = "no_reason"


class AlreadyDecided(ExclusionError):
    """The rule is not in the state in which this can be done."""

    code = "already_decided"


@transaction.atomic
def propose(
    *,
    central: Central,
    kind: ExclusionKind,
    name: str,
    reason: str,
    line: PublicNumber | None,
    starts_at: datetime,
    ends_at: datetime,
    by: User,
    at: datetime,
) -> Exclusion:
    """A rule that waits for another person; until then it leaves nothing out.

    `line` is one of the central's numbers, or None for all. Raises EndsBeforeStart, TooLong,
    CallsAreGone, Overlaps.
    """
    _locked(central)
    rule = Exclusion(
        central=central,
        kind=kind.value,
        name=name.strip(),
        reason=reason.strip(),
        line=line,
        starts_at=starts_at,
        ends_at=ends_at,
        proposed_at=at,
        proposed_by=by,
    )
    _require_free(rule)
    rule.save()
    return rule


@transaction.atomic
def approve(*, exclusion: Exclusion, by: User, at: datetime) -> Exclusion:
    """Leave the calls of the window out, where an indicator honours that. Again does no harm.

    Raises OwnProposal, AlreadyDecided, CallsAreGone, Overlaps, MonthIsPublished.
    """
    rule = _found(exclusion)
    if rule.state == ExclusionState.APPROVED:
        return rule
    _require_undecided_by_another(rule, by=by)
    _require_free(rule)
    _require_unpublished(rule)
    _decide(rule, state=ExclusionState.APPROVED, by=by, at=at)
    summing.resum_between(
        central_id=rule.central_id, starts_at=rule.starts_at, ends_at=rule.ends_at
    )
    return rule


@transaction.atomic
def refuse(*, exclusion: Exclusion, by: User, at: datetime) -> Exclusion:
    """Turn the rule down. Raises OwnProposal, AlreadyDecided."""
    rule = _found(exclusion)
    if rule.state == ExclusionState.REFUSED:
        return rule
    _require_undecided_by_another(rule, by=by)
    _decide(rule, state=ExclusionState.REFUSED, by=by, at=at)
    return rule


@transaction.atomic
def withdraw(*, exclusion: Exclusion, reason: str, by: User, at: datetime) -> Exclusion:
    """End a rule that was proposed or approved: its calls count everywhere again.

    What it left out stays with it, to be seen. Raises AlreadyDecided for a refused one,
    MonthIsPublished for one that published figures rest on, NoReason for empty words.
    """
    rule = _found(exclusion)
    if rule.state == ExclusionState.WITHDRAWN:
        return rule
    if rule.state == ExclusionState.REFUSED:
        raise AlreadyDecided
    if rule.state == ExclusionState.APPROVED:
        _require_unpublished(rule)
    if not reason.strip():
        raise NoReason
    rule.state, rule.withdrawn_reason = ExclusionState.WITHDRAWN.value, reason.strip()
    rule.withdrawn_at, rule.withdrawn_by = at, by
    rule.save(update_fields=["state", "withdrawn_reason", "withdrawn_at", "withdrawn_by"])
    return rule


def _locked(central: Central) -> None:
    Central.objects.select_for_update(no_key=True).get(pk=central.pk)


def _found(exclusion: Exclusion) -> Exclusion:
    """The rule as it is now, under its central's lock."""
    _locked(exclusion.central)
    return Exclusion.objects.select_related("central", "line").get(pk=exclusion.pk)


def _require_undecided_by_another(rule: Exclusion, *, by: User) -> None:
    if rule.state != ExclusionState.PROPOSED:
        raise AlreadyDecided
    if rule.proposed_by_id == by.pk:
        raise OwnProposal


def _require_free(rule: Exclusion) -> None:
    """No call of the window is gone, and none is left out by another rule already."""
    require_window(starts_at=rule.starts_at, ends_at=rule.ends_at)
    purged = CallPurge.objects.filter(central=rule.central, before_at__gt=rule.starts_at).first()
    if purged:
        raise CallsAreGone(purged.before_at)
    other = queries.colliding_with(rule).first()
    if other:
        raise Overlaps(other)


def _require_unpublished(rule: Exclusion) -> None:
    months = queries.published_months(rule)
    if months:
        raise MonthIsPublished(months)


def _decide(rule: Exclusion, *, state: ExclusionState, by: User, at: datetime) -> None:
    rule.state, rule.decided_at, rule.decided_by = state.value, at, by
    rule.save(update_fields=["state", "decided_at", "decided_by"])
