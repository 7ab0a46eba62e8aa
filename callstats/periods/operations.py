"""The life of a period: computed, checked, published, revised. Each under the central's lock."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.conf import settings
from django.db import transaction

from callstats.indicators.definitions import DEFAULT_ID
from callstats.indicators.rules import is_complete, total
from callstats.periods import computing, stored
from callstats.periods.behind import imports_behind
from callstats.periods.models import IndicatorPeriod, PeriodState
from callstats.periods.telling import tell_webhooks
from legevakt.lib.periods import Period, local_day
from municipalities.models import Central, User


class PeriodError(Exception):
    """The period cannot be taken further now; `code` says why, for the page's words."""

    code = ""


class NotOver(PeriodError):
    """The period has not ended yet."""

    code = "not_over"


class NotChecked(PeriodError):
    """Only a period that a person has checked can be published."""

    code = "not_checked"


class HasChanged(PeriodError):
    """The figures are no longer those that the person looked at."""

    code = "has_changed"


class Incomplete(PeriodError):
    """Too few of the hours have data: publishing it needs a reason."""

    code = "incomplete"


class MonthsNotPublished(PeriodError):
    """A year is published when its twelve months are, and are what it adds up to."""

    code = "months_not_published"


class AlreadyPublished(PeriodError):
    """What is published is changed by a revision only."""

    code = "already_published"


class NotPublished(PeriodError):
    """Only what is published can be revised; the rest is changed by new data as it comes."""

    code = "not_published"


class NoReason(PeriodError):
    """A revision says why."""

    code = "no_reason"


@transaction.atomic
def compute(*, central: Central, period: Period, at: datetime) -> IndicatorPeriod:
    """Compute every indicator of the period from the hourly sums. Repeating it does no harm.

    The central's lock keeps an older reading from being stored over a newer one. A published
    period stays as it is. A checked one whose figures change is open again.
    """
    _locked(central)
    found = stored.latest(central=central, period=period)
    if found and found.is_published:
        return found
    return computing.compute(central=central, period=period, found=found, at=at)


@transaction.atomic
def check(*, period: IndicatorPeriod, seen: str, by: User, at: datetime) -> IndicatorPeriod:
    """A person has looked at the figures (`seen` is their fingerprint) and found them right.

    Raises AlreadyPublished, NotOver, HasChanged.
    """
    found = _computed(period, at=at)
    if found.is_published:
        raise AlreadyPublished
    if local_day(at) < found.ends_on:
        raise NotOver
    if fingerprint(found) != seen:
        raise HasChanged
    if found.state == PeriodState.OPEN:
        found.state, found.checked_at, found.checked_by = PeriodState.CHECKED, at, by
        found.save(update_fields=["state", "checked_at", "checked_by"])
    return found


@transaction.atomic
def publish(
    *, period: IndicatorPeriod, by: User, at: datetime, provisional_reason: str = ""
) -> IndicatorPeriod:
    """Freeze the figures: the database refuses changes, imports refuse the period's rows.

    They are computed once more under the central's lock, so that nothing stored is left out.
    Publishing again changes nothing. Raises NotChecked (also where late data changed them),
    Incomplete, MonthsNotPublished.
    """
    found = _computed(period, at=at)
    if found.is_published:
        return found
    if found.state != PeriodState.CHECKED:
        raise NotChecked
    _require_complete(found, reason=provisional_reason)
    _require_months(found)
    behind = imports_behind(central=found.central, period=found.period)
    found.imports = behind.as_dict()
    found.provisional_reason = provisional_reason.strip()
    found.state, found.published_at, found.published_by = PeriodState.PUBLISHED, at, by
    found.save()
    tell_webhooks(period=found, at=at)
    return found


@transaction.atomic
def open_revision(
    *, period: IndicatorPeriod, reason: str, by: User, at: datetime
) -> IndicatorPeriod:
    """Begin a new revision of a published period, so that late data can come in.

    The published one counts until the new one is published. A published year that holds the
    month is revised with it. One that is under way already is returned as it is. Raises
    NotPublished, NoReason.
    """
    _locked(period.central)
    found = stored.latest(central=period.central, period=period.period)
    if found is None or (not found.is_published and found.revision == 1):
        raise NotPublished
    if not found.is_published:
        return found
    if not reason.strip():
        raise NoReason
    revision = computing.begin_revision(of=found, reason=reason.strip(), by=by, at=at)
    _revise_year(revision, reason=reason, by=by, at=at)
    return revision


def fingerprint(period: IndicatorPeriod) -> str:
    """SHA-256 of every figure, so that a person's check is of what the person saw."""
    figures = period.figures.order_by("definition_id").values_list("definition_id", "figures")
    written = json.dumps(list(map(list, figures)), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _locked(central: Central) -> None:
    Central.objects.select_for_update(no_key=True).get(pk=central.pk)


def _computed(period: IndicatorPeriod, *, at: datetime) -> IndicatorPeriod:
    return compute(central=period.central, period=period.period, at=at)


def _require_complete(period: IndicatorPeriod, *, reason: str) -> None:
    level = stored.level_of(period, definition_id=DEFAULT_ID)
    is_whole = is_complete(level, least_percent=settings.INDICATOR_LEAST_COMPLETENESS_PERCENT)
    if not is_whole and not reason.strip():
        raise Incomplete


def _require_months(period: IndicatorPeriod) -> None:
    """Of a year: its months are published, none is being revised, and they add up to it."""
    if not period.is_year:
        return
    months = [
        stored.latest(central=period.central, period=month) for month in period.period.months()
    ]
    published = [month for month in months if month is not None and month.is_published]
    if len(published) < len(months):
        raise MonthsNotPublished
    levels = [stored.level_of(month, definition_id=DEFAULT_ID) for month in published]
    if total(levels) != total([stored.level_of(period, definition_id=DEFAULT_ID)]):
        raise MonthsNotPublished


def _revise_year(revision: IndicatorPeriod, *, reason: str, by: User, at: datetime) -> None:
    if revision.is_year:
        return
    year = Period.year(revision.starts_on.year)
    found = stored.latest(central=revision.central, period=year)
    if found and found.is_published:
        computing.begin_revision(of=found, reason=reason.strip(), by=by, at=at)
