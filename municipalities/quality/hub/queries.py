"""What the first page of quality shows: each room's own figures, and the notes on its curves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence import queries as absence
from municipalities.quality.absence.queries import AbsenceYear, QuarterPoint
from municipalities.quality.cases import queries as cases
from municipalities.quality.cases.rules import ComplaintYear
from municipalities.quality.deviations.queries import DeviationYear, series_of
from municipalities.quality.deviations.rules import MonthFigures, month_after
from municipalities.quality.notes.models import QualityNote
from municipalities.quality.review import queries as reviews

MONTHS = 12


@dataclass(frozen=True)
class QualityNow:
    """The last twelve months of deviations, this year's absence, two years of complaints."""

    deviations: DeviationYear
    absence: AbsenceYear
    last_quarter: QuarterPoint | None
    complaints: tuple[ComplaintYear, ComplaintYear]
    cases: cases.Summary
    review: reviews.Summary
    notes: list[QualityNote]

    @property
    def reported(self) -> list[MonthFigures]:
        """The months of the twelve that are reported, in order."""
        return [each for each in self.deviations.months if each.is_reported]

    @property
    def last_month(self) -> MonthFigures | None:
        """The last month that is reported."""
        return self.reported[-1] if self.reported else None

    @property
    def has_complaints(self) -> bool:
        """Whether any is reported in either year."""
        return any(each.cells for each in self.complaints)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded."""
        figures = self.reported or self.last_quarter or self.has_complaints
        return not (figures or self.cases.open or self.review.review)

    def notes_on(self, subject: str) -> list[QualityNote]:
        """The notes on a curve."""
        return [each for each in self.notes if each.subject == subject]


def quality_now(*, cooperation: Cooperation, user: User, today: date) -> QualityNow:
    """All of it. Nine queries."""
    month = today.replace(day=1)
    of_cases = cases.summary_of(cooperation=cooperation, user=user, today=today)
    before = cases.complaints_of(cooperation=cooperation, year=today.year - 1)
    return QualityNow(
        deviations=_deviations(cooperation, until=month),
        absence=absence.year_of(cooperation=cooperation, year=today.year, today=today),
        last_quarter=absence.summary_of(cooperation=cooperation, user=user, today=today).latest,
        complaints=(before, of_cases.complaints),
        cases=of_cases,
        review=reviews.summary_of(cooperation=cooperation, user=user, today=today),
        notes=_notes(cooperation, since=date(today.year - 1, 1, 1)),
    )


def _deviations(cooperation: Cooperation, *, until: date) -> DeviationYear:
    """The last twelve months that are over, without their kinds."""
    months = series_of(cooperation=cooperation, since=month_after(until, -MONTHS), until=until)
    return DeviationYear(year=until.year, months=months, categories={}, severities={}, notes=())


def _notes(cooperation: Cooperation, *, since: date) -> list[QualityNote]:
    touching = Q(ends_date__gt=since) | Q(ends_date__isnull=True, starts_date__gte=since)
    rows = QualityNote.objects.filter(touching, cooperation=cooperation)
    return list(rows.order_by("starts_date", "pk"))
