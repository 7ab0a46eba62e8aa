"""What the first page of quality shows: each room's own figures, and the notes on its curves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legevakt.lib.periods import Period
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence import queries as absence
from municipalities.quality.absence.queries import AbsenceYear, QuarterPoint
from municipalities.quality.absence.rules import before, quarter_of
from municipalities.quality.cases import queries as cases
from municipalities.quality.cases.rules import ComplaintYear
from municipalities.quality.deviations.queries import DeviationYear, series_of
from municipalities.quality.deviations.rules import MonthFigures, month_after
from municipalities.quality.notes import queries as notes
from municipalities.quality.notes.models import NoteSubject, QualityNote
from municipalities.quality.review import queries as reviews

MONTHS = 12


@dataclass(frozen=True)
class QualityNow:
    """Twelve months of deviations, and two years of absence and complaints.

    The years of absence are that of the last quarter that is over, and the one before.
    """

    deviations: DeviationYear
    absence: AbsenceYear
    complaints: tuple[ComplaintYear, ComplaintYear]
    cases: cases.Summary
    review: reviews.Summary
    complaint_notes: list[QualityNote]

    @property
    def reported(self) -> list[MonthFigures]:
        """The months of the twelve that are reported, in order."""
        return [each for each in self.deviations.months if each.is_reported]

    @property
    def last_month(self) -> MonthFigures | None:
        """The last month that is reported."""
        return self.reported[-1] if self.reported else None

    @property
    def last_quarter(self) -> QuarterPoint | None:
        """The last quarter that is reported, of this year and the one before."""
        told = self.absence
        known = [
            QuarterPoint(year, quarter, shown.together.total, is_reported=True)
            for year, quarters in ((told.year - 1, told.before), (told.year, told.quarters))
            for quarter, shown in sorted(quarters.items())
            if shown
        ]
        return known[-1] if known else None

    @property
    def has_complaints(self) -> bool:
        """Whether any is reported in either year."""
        return any(each.cells for each in self.complaints)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded."""
        figures = self.reported or self.last_quarter or self.has_complaints
        return not (figures or self.cases.open or self.review.review)


def quality_now(*, cooperation: Cooperation, user: User, today: date) -> QualityNow:
    """All of it. Eleven queries."""
    ended, _quarter = before(*quarter_of(today))
    month = today.replace(day=1)
    of_cases = cases.summary_of(cooperation=cooperation, user=user, today=today)
    return QualityNow(
        deviations=_deviations(cooperation, until=month),
        absence=absence.year_of(cooperation=cooperation, year=ended, today=today),
        complaints=(of_cases.before, of_cases.complaints),
        cases=of_cases,
        review=reviews.summary_of(cooperation=cooperation, user=user, today=today),
        complaint_notes=notes.notes_of(
            cooperation=cooperation,
            subject=NoteSubject.COMPLAINTS,
            days=Period(date(today.year - 1, 1, 1), date(today.year + 1, 1, 1)),
        ),
    )


def _deviations(cooperation: Cooperation, *, until: date) -> DeviationYear:
    """The last twelve months that are over, without their kinds."""
    days = Period(month_after(until, -MONTHS), until)
    return DeviationYear(
        year=until.year,
        months=series_of(cooperation=cooperation, since=days.starts_on, until=until),
        categories={},
        severities={},
        notes=notes.notes_of(cooperation=cooperation, subject=NoteSubject.DEVIATIONS, days=days),
    )
