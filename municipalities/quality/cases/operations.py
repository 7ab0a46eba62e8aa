"""Reporting complaints of a quarter, and registering cases of supervision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.cases.models import ComplaintCount, Supervision
from municipalities.quality.cases.rules import Counted, has_begun
from municipalities.refused import Refused


@transaction.atomic
def report(
    *,
    cooperation: Cooperation,
    year: int,
    quarter: int,
    counts: Mapping[str, Counted | None],
    by: User | None,
    at: datetime,
    reason: str = "",
) -> None:
    """The complaints of a quarter by kind; None takes away what was reported of a kind.

    Raises Refused for a quarter that is to come.
    """
    if not has_begun(year=year, quarter=quarter, today=local_day(at)):
        raise Refused("quarter_is_to_come")
    own = {"cooperation": cooperation, "year": year, "quarter": quarter}
    with pghistory.context(reason=reason):
        for kind, told in counts.items():
            if told is None:
                ComplaintCount.objects.filter(**own, kind=kind).delete()
            else:
                _store({**own, "kind": kind}, told, by=by, at=at)


@transaction.atomic
def register(
    *, cooperation: Cooperation, by: User | None, at: datetime, **facts: Any
) -> Supervision:
    """A case of supervision; `facts` are the model's other fields. Raises Refused."""
    case = Supervision(cooperation=cooperation, registered_at=at, registered_by=by, **facts)
    _require_deadline(case)
    case.save()
    return case


@transaction.atomic
def change(*, case: Supervision, reason: str = "", **facts: Any) -> Supervision:
    """What is new in the case, or was wrong. Raises Refused."""
    found = Supervision.objects.select_for_update(no_key=True).get(pk=case.pk)
    for name, value in facts.items():
        setattr(found, name, value)
    _require_deadline(found)
    with pghistory.context(reason=reason):
        found.save()
    return found


def _store(key: dict[str, Any], told: Counted, *, by: User | None, at: datetime) -> None:
    """What is the same already stays as it was reported."""
    facts = {"received": told.received, "decided": told.decided, "upheld": told.upheld}
    if ComplaintCount.objects.filter(**key, **facts).exists():
        return
    ComplaintCount.objects.update_or_create(
        **key, defaults={**facts, "reported_at": at, "reported_by": by}
    )


def _require_deadline(case: Supervision) -> None:
    if case.deadline_date is None:
        return
    if case.outcome != "breach":
        raise Refused("deadline_without_breach", field="deadline_date")
    if case.deadline_date < case.opened_date:
        raise Refused("deadline_before_opened", field="deadline_date")
