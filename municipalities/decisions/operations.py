"""Registering a decision, correcting it, and recording what follows it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime

import pghistory
from django.db import transaction

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.decisions.facts import DecisionError, Facts
from municipalities.decisions.models import Decision, DecisionKind
from municipalities.decisions.notifying import confirm, notify, realign
from municipalities.decisions.rules import DATED, EventKind

__all__ = ["confirm", "correct", "notify", "record", "register"]

COLUMNS = {
    EventKind.APPEAL: "appealed_date",
    EventKind.APPEAL_OUTCOME: "appeal_outcome",
    EventKind.LEGALITY: "legality_demanded_date",
    EventKind.LEGALITY_OUTCOME: "legality_outcome",
    EventKind.FOLLOW_UP: "followed_up_date",
}
# An outcome is of something.
COMES_AFTER = {
    EventKind.APPEAL_OUTCOME: EventKind.APPEAL,
    EventKind.LEGALITY_OUTCOME: EventKind.LEGALITY,
}


@transaction.atomic
def register(
    *,
    cooperation: Cooperation,
    facts: Facts,
    receipt_by: date | None,
    by: User | None,
    at: datetime,
) -> Decision:
    """Enter a decision; with `receipt_by` the other participants are to confirm by that day.

    Raises DecisionError; IntegrityError where it is registered already, or the municipality's
    number had ended on the day.
    """
    facts.require_possible(cooperation=cooperation, today=local_day(at))
    decision = Decision.objects.create(
        cooperation=cooperation,
        is_notified=receipt_by is not None,
        registered_at=at,
        registered_by=by,
        **_columns(facts),
    )
    if receipt_by is not None:
        notify(decision=decision, receipt_by=receipt_by, at=at)
    return decision


@transaction.atomic
def correct(*, decision: Decision, facts: Facts, reason: str, at: datetime) -> Decision:
    """Say it as it is; the history keeps what it said, and why. Raises as `register` does."""
    found = locked(decision)
    facts.require_possible(cooperation=found.cooperation, today=local_day(at))
    _require_still_reversed(found, facts)
    _require_before_events(found, decided_date=facts.decided_date)
    for name, value in _columns(facts).items():
        setattr(found, name, value)
    with pghistory.context(reason=reason):
        found.save(update_fields=[field.name for field in fields(Facts)])
        realign(decision=found, at=at)
    return found


@transaction.atomic
def record(
    *, decision: Decision, event: EventKind, value: date | str, reason: str = "", at: datetime
) -> Decision:
    """Note what followed: a date, or the outcome in words. The history keeps what stood before.

    Raises DecisionError: before the decision, in the future, an outcome of nothing, or a
    follow-up of what is no instruction and no reversal.
    """
    found = locked(decision)
    _require_event(found, event=event, value=value, today=local_day(at))
    setattr(found, COLUMNS[event], value)
    with pghistory.context(**({"reason": reason} if reason else {})):
        found.save(update_fields=[COLUMNS[event]])
    return found


def locked(decision: Decision) -> Decision:
    """The decision as it is now, kept from others until the transaction ends."""
    rows = Decision.objects.select_related("cooperation").select_for_update(of=("self",))
    return rows.get(pk=decision.pk)


def _require_event(decision: Decision, *, event: EventKind, value: date | str, today: date) -> None:
    if isinstance(value, date):
        if value < decision.decided_date:
            raise DecisionError("event_before_decision", field="value")
        if value > today:
            raise DecisionError("event_in_future", field="value")
    elif getattr(decision, COLUMNS[COMES_AFTER[event]]) is None:
        raise DecisionError("outcome_of_nothing", field="value")
    if event == EventKind.FOLLOW_UP and decision.kind == DecisionKind.DECISION:
        raise DecisionError("nothing_to_follow_up")


def _require_still_reversed(decision: Decision, facts: Facts) -> None:
    """What a participant has reversed stays an administrative decision of the host."""
    same = (facts.municipality.pk, facts.level) == (decision.municipality_id, decision.level)
    if not same and decision.reversals.exists():
        raise DecisionError("is_reversed", field="municipality")


def _require_before_events(decision: Decision, *, decided_date: date) -> None:
    """A corrected date is not after what followed."""
    dates = [getattr(decision, COLUMNS[event]) for event in DATED]
    dates += decision.reversals.values_list("decided_date", flat=True)
    if any(each is not None and each < decided_date for each in dates):
        raise DecisionError("decided_after_what_followed", field="decided_date")


def _columns(facts: Facts) -> dict:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}
