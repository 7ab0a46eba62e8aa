"""What the overview reads: whole sections at a time, so that pages stay at few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from callstats.models import CallImport, Source
from callstats.queries import (
    Definition,
    HourOfWeek,
    Note,
    Tally,
    as_week,
    default_definition,
    feed_ends_at,
    notes_seen_by,
    summed,
    total,
)
from legevakt.lib.periods import Period, rolling_months
from municipalities.models import Central, Cooperation, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission
from reporting.models import AnnualReport
from reporting.statistics.months import Month, months_of

TREND_MONTHS = 24
ROLLING_MONTHS = 12
LATEST_IMPORTS = 3


@dataclass(frozen=True)
class VisibleCooperation:
    """A cooperation that the user takes part in, and what the overview may show of it."""

    cooperation: Cooperation
    may_view_imports: bool
    may_approve_reports: bool
    may_check_figures: bool
    may_publish_figures: bool


@dataclass(frozen=True)
class CentralFigures:
    """24 complete months of one central in order, and the hours of the week of the last 12.

    `notes` are what happened in the 24 months, in order.
    """

    central: Central
    definition: Definition
    months: list[Month]
    feed_ends_at: datetime | None
    notes: Sequence[Note]

    @property
    def last_month(self) -> Month:
        return self.months[-1]

    @property
    def last_twelve(self) -> list[Month]:
        return self.months[-ROLLING_MONTHS:]

    @property
    def hours(self) -> list[HourOfWeek]:
        """The hours of the week of the last twelve months, from the same stored figures."""
        parts = summed([month.parts for month in self.last_twelve], by="hour_of_week")
        return as_week({int(cell): part for cell, part in parts.items()})

    @property
    def rolling(self) -> Tally:
        """Numerators and denominators of the last twelve months, summed."""
        return total([month.level for month in self.last_twelve])

    @property
    def period(self) -> Period:
        return Period(self.months[0].period.starts_on, self.last_month.period.ends_on)

    @property
    def rolling_period(self) -> Period:
        return Period(self.last_twelve[0].period.starts_on, self.last_month.period.ends_on)


def visible_cooperations(user: User) -> list[VisibleCooperation]:
    """The cooperations the user takes part in, by name, with what is held on each."""
    rows = (
        Cooperation.objects.visible_to(user)
        .annotate(
            may_view_imports=_holds(user, Permission.VIEW_IMPORTS),
            may_approve_reports=_holds(user, Permission.APPROVE_REPORT),
            may_check_figures=_holds(user, Permission.CHECK_FIGURES),
            may_publish_figures=_holds(user, Permission.PUBLISH_FIGURES),
        )
        .select_related("host")
        .order_by("name", "pk")
    )
    return [
        VisibleCooperation(
            cooperation=row,
            may_view_imports=row.may_view_imports,
            may_approve_reports=row.may_approve_reports,
            may_check_figures=row.may_check_figures,
            may_publish_figures=row.may_publish_figures,
        )
        for row in rows
    ]


def centrals_of(*, user: User, cooperation: Cooperation) -> list[Central]:
    """The cooperation's centrals, by name."""
    return list(
        Central.objects.visible_to(user).filter(cooperation=cooperation).order_by("name", "pk")
    )


def figures_of(*, user: User, centrals: list[Central], today: date) -> list[CentralFigures]:
    """The figures of each central, and the notes on all of them in one query."""
    notes = notes_seen_by(
        user=user, centrals=centrals, period=rolling_months(TREND_MONTHS, before=today)
    )
    return [
        central_figures(
            central=central,
            today=today,
            notes=[note for note in notes if note.central == central.slug],
        )
        for central in centrals
    ]


def central_figures(*, central: Central, today: date, notes: Sequence[Note] = ()) -> CentralFigures:
    """Everything a central's section shows, up to the last month complete on `today`."""
    definition = default_definition()
    trend = rolling_months(TREND_MONTHS, before=today)
    return CentralFigures(
        central=central,
        definition=definition,
        months=months_of(central=central, definition=definition, period=trend),
        feed_ends_at=feed_ends_at(central),
        notes=notes,
    )


def latest_imports(*, user: User, cooperation: Cooperation) -> list[CallImport]:
    """The newest imports to the cooperation's sources that the user may see.

    What was only tried out, by a dry run or in a sandbox, is not among them.
    """
    seen = Source.objects.visible_to(user).filter(
        central__cooperation=cooperation, central__is_sandbox=False
    )
    return list(
        CallImport.objects.filter(source__in=_ids(seen), is_dry_run=False)
        .defer("preview", "warnings", "affected_months", "error_params")
        .select_related("source")
        .order_by("-created_at", "pk")[:LATEST_IMPORTS]
    )


def reports_of(*, user: User, cooperation: Cooperation) -> list[AnnualReport]:
    """The annual reports the user may see, newest first, without their figures."""
    return list(
        AnnualReport.objects.visible_to(user)
        .filter(cooperation=cooperation)
        .defer("figures")
        .order_by("-year", "pk")
    )


def _ids(sources: QuerySet[Source]) -> list[int]:
    """As a list, for PostgreSQL then reads the imports by their index from the newest on."""
    return list(sources.values_list("pk", flat=True))


def _holds(user: User, permission: Permission) -> Exists:
    held = cooperations_where(user=user, permission=permission)
    return Exists(held.filter(pk=OuterRef("pk")))
