"""Reads of sickness absence. Nothing but what may be shown leaves this room's queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import Membership, User
from municipalities.access.rules import Role
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence import rules
from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.absence.rules import Shares, ShownQuarter, UnitFigures
from municipalities.quality.notes.models import NoteSubject, QualityNote
from municipalities.todo import Todo

Quarter = tuple[int, int]


@dataclass(frozen=True)
class QuarterPoint:
    """A quarter of the cooperation: per cent, or None with why: not reported, or hidden."""

    year: int
    quarter: int
    percent: Decimal | None
    is_reported: bool
    units: int = 0

    @property
    def starts_date(self) -> date:
        """Its first day."""
        return rules.starts(self.year, self.quarter)

    @property
    def is_hidden(self) -> bool:
        """Whether it is reported and may not be shown."""
        return self.is_reported and self.percent is None


@dataclass(frozen=True, kw_only=True)
class AbsenceYear:
    """A year's quarters that are over, and the same of the year before; None is not reported."""

    year: int
    quarters: dict[int, ShownQuarter | None]
    before: dict[int, ShownQuarter | None]
    units: Sequence[str]
    notes: Sequence[QualityNote]


@dataclass(frozen=True)
class Summary:
    """The latest reported quarter, and whether one that should be there is missing."""

    latest: QuarterPoint | None
    is_missing: bool


def year_of(*, cooperation: Cooperation, year: int, today: date) -> AbsenceYear:
    """The year beside the one before, as it may be shown. Two queries."""
    shown = _shown_quarters(cooperation.sickness_absence.filter(year__in=(year - 1, year)))
    over = [each for each in range(1, 5) if rules.ends(year, each) <= today]
    in_year = [found for (told, _quarter), found in shown.items() if told == year]
    notes = QualityNote.objects.filter(
        cooperation=cooperation, subject=NoteSubject.ABSENCE, starts_date__year=year
    )
    return AbsenceYear(
        year=year,
        quarters={each: shown.get((year, each)) for each in over},
        before={each: shown.get((year - 1, each)) for each in range(1, 5)},
        units=sorted({unit.unit for found in in_year for unit in found.units}),
        notes=list(notes.order_by("starts_date", "pk")),
    )


def series_of(*, cooperation: Cooperation, since: date, until: date) -> list[QuarterPoint]:
    """Every quarter with a day in the half-open days, those not reported too. One query."""
    first = rules.quarter_of(since)
    shown = _shown_quarters(cooperation.sickness_absence.filter(year__gte=first[0]))
    found, quarter = [], first
    while rules.starts(*quarter) < until:
        found.append(_point(quarter, shown.get(quarter)))
        quarter = rules.quarter_of(rules.ends(*quarter))
    return found


def percents_of(*, cooperation: Cooperation, years: Iterable[int]) -> dict[int, Decimal]:
    """All absence of the years' agreed days, of years that are reported and shown in full.

    A year with a quarter that is hidden would tell of it by subtraction. One query.
    """
    rows = list(cooperation.sickness_absence.filter(year__in=list(years)))
    shown = _shown_quarters(rows)
    found: dict[int, Decimal] = {}
    for year in sorted({each.year for each in rows}):
        quarters = [shown.get((year, quarter)) for quarter in range(1, 5)]
        if all(each and each.together.total is not None for each in quarters):
            own = [_figures(each) for each in rows if each.year == year]
            lost = sum((each.lost for each in own), Decimal(0))
            agreed = sum((each.agreed for each in own), Decimal(0))
            found[year] = rules.percent_of(lost, agreed)
    return found


def years_of(*, cooperation: Cooperation, today: date) -> list[int]:
    """The years with a reported quarter, and this one; the latest first."""
    found = cooperation.sickness_absence.values_list("year", flat=True).distinct()
    return sorted({today.year, *found}, reverse=True)


def units_of(cooperation: Cooperation) -> list[str]:
    """The names of units that have reported."""
    return sorted(set(cooperation.sickness_absence.values_list("unit", flat=True)))


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> Summary:
    """What the hub's card says: the latest quarter within two years. One query and access."""
    year, quarter, _due = rules.asked_for_by(today)
    rows = SicknessAbsence.objects.visible_to(user).filter(
        cooperation=cooperation, year__gte=today.year - 2
    )
    shown = _shown_quarters(rows)
    latest = max(shown, default=None)
    point = _point(latest, shown[latest]) if latest else None
    return Summary(point, (year, quarter) not in shown)


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """The leader is asked for a quarter 45 days after its end. Two queries."""
    year, quarter, due = rules.asked_for_by(today)
    leads = Membership.objects.filter(user=user, cooperation=cooperation, role=Role.LEADER)
    told = cooperation.sickness_absence.filter(year=year, quarter=quarter)
    if not leads.exists() or told.exists():
        return []
    return [
        Todo(
            _("The sickness absence of quarter %(quarter)s, %(year)s, is not reported.")
            % {"quarter": quarter, "year": year},
            f"{reverse('absence_new', args=[cooperation.slug])}?year={year}&quarter={quarter}",
            due,
        )
    ]


def _shown_quarters(rows: Iterable[SicknessAbsence]) -> dict[Quarter, ShownQuarter]:
    by_quarter: dict[Quarter, list[UnitFigures]] = {}
    for row in sorted(rows, key=lambda each: (each.unit, each.pk)):
        by_quarter.setdefault((row.year, row.quarter), []).append(_figures(row))
    return {quarter: rules.shown(units) for quarter, units in by_quarter.items()}


def _figures(row: SicknessAbsence) -> UnitFigures:
    return UnitFigures(
        unit=row.unit,
        employees=row.employees,
        agreed=row.agreed_days,
        certified=row.certified_days,
        self_certified=row.self_certified_days,
        short=row.short_days,
        long=row.long_days,
    )


def _point(quarter: Quarter, found: ShownQuarter | None) -> QuarterPoint:
    if found is None:
        return QuarterPoint(*quarter, None, is_reported=False)
    return QuarterPoint(*quarter, found.together.total, is_reported=True, units=len(found.units))


def share_of(found: ShownQuarter | None, unit: str) -> Shares | None:
    """What a quarter shows of a unit; None where it is not reported."""
    units = found.units if found else ()
    return next((each for each in units if each.unit == unit), None)
