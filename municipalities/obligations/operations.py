"""Writing obligations by hand, ending them, and waiving what need not be kept this time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pghistory
from django.db import transaction
from django.utils.text import slugify

from municipalities.cooperations.models import Cooperation
from municipalities.obligations.evidence import (
    HasNotHappened,
    MunicipalityIsMissing,
    expect,
    hand_in,
    hand_in_for,
    remove,
)
from municipalities.obligations.models import Due, Obligation
from municipalities.obligations.planning import (
    VersionIsNotInForce,
    drop_after,
    establish,
    plan,
    plan_year,
)

__all__ = [
    "HasNotHappened",
    "IsKept",
    "MunicipalityIsMissing",
    "VersionIsNotInForce",
    "add",
    "change",
    "end",
    "establish",
    "expect",
    "hand_in",
    "hand_in_for",
    "plan_year",
    "reinstate",
    "remove",
    "waive",
]

CODE_LENGTH = Obligation._meta.get_field("code").max_length


class IsKept(Exception):
    """What is kept needs no waiving; remove the evidence first, if that is wrong."""


@transaction.atomic
def add(
    *, cooperation: Cooperation, starts_date: date, reason: str, today: date, **told: Any
) -> Obligation:
    """An obligation that the cooperation has besides the principles', with its dues.

    `told` are the other fields of the model. The code is made of the title, never one of the
    principles', so that the database refuses the same title twice (obligation_in_force_is_one).
    """
    with pghistory.context(reason=reason):
        obligation = Obligation.objects.create(
            cooperation=cooperation,
            code=f"own-{slugify(told['title'])}"[:CODE_LENGTH],
            starts_date=starts_date,
            **told,
        )
        plan(obligation=obligation, today=today)
    return obligation


@transaction.atomic
def change(
    *,
    obligation: Obligation,
    title: str,
    clause: str,
    due_days: Sequence[str],
    topics: Sequence[str],
    responsible: str,
    remind_days: int,
    reason: str,
    today: date,
) -> Obligation:
    """Say it anew. Open dues that lie ahead follow the days; what is kept or past stays."""
    with pghistory.context(reason=reason):
        obligation = _locked(obligation)
        obligation.title, obligation.clause = title, clause
        obligation.due_days, obligation.topics = sorted(set(due_days)), list(topics)
        obligation.responsible, obligation.remind_days = responsible, remind_days
        obligation.save()
        plan(obligation=obligation, today=today, since=today)
    return obligation


@transaction.atomic
def end(*, obligation: Obligation, ends_date: date, reason: str) -> Obligation:
    """From the day it obliges no more: open dues from then on are taken away, others stay."""
    with pghistory.context(reason=reason):
        obligation = _locked(obligation)
        obligation.ends_date = ends_date
        obligation.save(update_fields=["ends_date"])
        drop_after(obligation)
    return obligation


@transaction.atomic
def waive(*, due: Due, reason: str) -> None:
    """This time it need not be kept. Raises IsKept."""
    if due.evidence.exists():
        raise IsKept(str(due))
    _set_waived(due, reason=reason)


@transaction.atomic
def reinstate(*, due: Due) -> None:
    """It is to be kept after all."""
    _set_waived(due, reason="")


def _set_waived(due: Due, *, reason: str) -> None:
    due = Due.objects.select_for_update(no_key=True).get(pk=due.pk)
    due.waived_reason = reason
    due.save(update_fields=["waived_reason"])


def _locked(obligation: Obligation) -> Obligation:
    return Obligation.objects.select_for_update(no_key=True).get(pk=obligation.pk)
