"""Lists of kinds, and the months that are reported by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import translation

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations import usual
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationCount,
    DeviationMonth,
    DeviationSeverity,
    FiguresSource,
)
from municipalities.quality.deviations.rules import is_over
from municipalities.quality.deviations.taken import Counted
from municipalities.refused import Refused

Entry = DeviationCategory | DeviationSeverity
Lists = type[DeviationCategory] | type[DeviationSeverity]
Kind = tuple[int, int | None, str]  # pk of category, pk of severity, state


class Change(StrEnum):
    """What recording a month did to it."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@transaction.atomic
def fill_lists(*, cooperation: Cooperation) -> None:
    """The usual categories and severities, in the cooperation's language; safe to repeat."""
    with translation.override(cooperation.language):
        categories = [str(each) for each in usual.CATEGORIES]
        severities = [str(each) for each in usual.SEVERITIES]
    add_names(kind=DeviationCategory, cooperation=cooperation, names=categories)
    add_names(kind=DeviationSeverity, cooperation=cooperation, names=severities)


@transaction.atomic
def add_names(*, kind: Lists, cooperation: Cooperation, names: Iterable[str]) -> None:
    """Add what the list lacks at its end."""
    entries = kind.objects.filter(cooperation=cooperation)
    known = {each.casefold() for each in entries.values_list("name", flat=True)}
    for name in names:
        if name.casefold() not in known:
            add_entry(kind=kind, cooperation=cooperation, name=name)


@transaction.atomic
def add_entry(*, kind: Lists, cooperation: Cooperation, name: str) -> Entry:
    """A new word at the end of the list."""
    count = kind.objects.filter(cooperation=cooperation).count()
    return kind.objects.create(cooperation=cooperation, name=name, position=count + 1)


@transaction.atomic
def change_entry(*, entry: Entry, name: str, position: int, ends_date: date | None) -> None:
    """Another name, place (from 1) or last day; its counts follow it."""
    entry.name, entry.ends_date = name, ends_date
    entry.save()
    others = type(entry).objects.filter(cooperation=entry.cooperation_id).exclude(pk=entry.pk)
    ordered: list[Entry] = list(others.order_by("position", "pk"))
    ordered.insert(max(position, 1) - 1, entry)
    for place, each in enumerate(ordered, 1):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])


@transaction.atomic
def remove_entry(*, entry: Entry) -> None:
    """Remove a word that no month uses. Raises Refused: entry_is_used."""
    try:
        with transaction.atomic():
            entry.delete()
    except ProtectedError:
        raise Refused("entry_is_used") from None


@transaction.atomic
def record_month(
    *,
    cooperation: Cooperation,
    month: date,
    counts: Mapping[Kind, int],
    median_days: Decimal | None,
    source: FiguresSource,
    file_name: str = "",
    today: date,
    by: User | None,
    at: datetime,
) -> Change:
    """The month with exactly these counts; none of them: it had no deviations.

    Raises Refused: month_is_not_over.
    """
    if not is_over(month, today=today):
        raise Refused("month_is_not_over")
    Cooperation.objects.select_for_update().get(pk=cooperation.pk)
    wanted = {kind: count for kind, count in counts.items() if count}
    found = cooperation.deviation_months.filter(month_date=month).first()
    if found and found.median_days == median_days and counts_of(found) == wanted:
        return Change.UNCHANGED
    told = {"median_days": median_days, "source": source, "file_name": file_name[:200]}
    stored, is_new = DeviationMonth.objects.update_or_create(
        cooperation=cooperation,
        month_date=month,
        defaults=told | {"reported_at": at, "reported_by": by},
    )
    _store(stored, wanted)
    return Change.NEW if is_new else Change.CHANGED


@transaction.atomic
def import_months(
    *,
    cooperation: Cooperation,
    months: Mapping[date, Sequence[Counted]],
    categories: Iterable[str],
    severities: Iterable[str],
    file_name: str,
    today: date,
    by: User | None,
    at: datetime,
) -> dict[date, Change]:
    """Every month of a file, and first the new names that it needs.

    A month's median of days stays, since files do not tell it. Raises Refused: month_is_not_over.
    """
    add_names(kind=DeviationCategory, cooperation=cooperation, names=categories)
    add_names(kind=DeviationSeverity, cooperation=cooperation, names=severities)
    medians = dict(cooperation.deviation_months.values_list("month_date", "median_days"))
    kinds = {month: by_kind(cooperation=cooperation, counts=told) for month, told in months.items()}
    return {
        month: record_month(
            cooperation=cooperation,
            month=month,
            counts=counts,
            median_days=medians.get(month),
            source=FiguresSource.FILE,
            file_name=file_name,
            today=today,
            by=by,
            at=at,
        )
        for month, counts in kinds.items()
    }


def remove_month(*, month: DeviationMonth) -> None:
    """The month becomes one that is not reported."""
    month.delete()


def counts_of(month: DeviationMonth) -> dict[Kind, int]:
    """What is stored of the month."""
    rows = month.counts.values_list("category", "severity", "state", "count")
    return {(category, severity, state): count for category, severity, state, count in rows}


def by_kind(*, cooperation: Cooperation, counts: Sequence[Counted]) -> dict[Kind, int]:
    """Counts by the names of the lists, as counts by their pk. Raises Refused: unknown_name."""
    categories = _names(DeviationCategory, cooperation)
    severities = _names(DeviationSeverity, cooperation)
    try:
        return {
            (
                categories[each.category.casefold()],
                severities[each.severity.casefold()] if each.severity else None,
                each.state,
            ): each.count
            for each in counts
        }
    except KeyError:
        raise Refused("unknown_name") from None


def _names(kind: Lists, cooperation: Cooperation) -> dict[str, int]:
    rows = kind.objects.filter(cooperation=cooperation).values_list("name", "pk")
    return {name.casefold(): pk for name, pk in rows}


def _store(month: DeviationMonth, wanted: Mapping[Kind, int]) -> None:
    """Make the month's rows those that are wanted; those that stay are not touched."""
    for row in month.counts.all():
        count = wanted.get((row.category_id, row.severity_id, row.state))
        if count is None:
            row.delete()
        elif count != row.count:
            row.count = count
            row.save(update_fields=["count"])
    for (category, severity, state), count in wanted.items():
        DeviationCount.objects.get_or_create(
            month=month,
            category_id=category,
            severity_id=severity,
            state=state,
            defaults={"count": count},
        )
