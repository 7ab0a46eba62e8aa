"""Figures of quality for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.cases.models import ComplaintCount, ComplaintKind, Supervision
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationCount,
    DeviationMonth,
    DeviationSeverity,
    DeviationState,
    FiguresSource,
)
from municipalities.quality.notes.models import NoteSubject, QualityNote
from municipalities.quality.review import operations as reviews
from municipalities.quality.review.models import (
    CouncilReport,
    ManagementReview,
    PointStatus,
    ReviewPoint,
)

AT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


def category(*, cooperation, name="HMS") -> DeviationCategory:
    """A category of the cooperation's list."""
    return DeviationCategory.objects.get_or_create(cooperation=cooperation, name=name)[0]


def severity(*, cooperation, name="Middels") -> DeviationSeverity:
    """A severity of the cooperation's list."""
    return DeviationSeverity.objects.get_or_create(cooperation=cooperation, name=name)[0]


def month(*, cooperation, month_date=date(2025, 9, 1), count=0, **fields) -> DeviationMonth:
    """A reported month, with `count` new deviations of one kind where it is not nought."""
    made = DeviationMonth.objects.create(
        cooperation=cooperation,
        month_date=month_date,
        source=FiguresSource.TYPED,
        reported_at=AT,
        **fields,
    )
    if count:
        counted(month=made, count=count)
    return made


def counted(*, month, count=1, state=DeviationState.NEW, **fields) -> DeviationCount:
    """A count of the month."""
    told = {
        "category": category(cooperation=month.cooperation),
        "severity": severity(cooperation=month.cooperation),
    } | fields
    return DeviationCount.objects.create(month=month, state=state, count=count, **told)


def absence(*, cooperation, year=2025, quarter=2, unit="Legevakta", **fields) -> SicknessAbsence:
    """A quarter of a unit with 40 employees: 7.0 % in all, 5.5 certified and 1.5 self-certified."""
    told = {
        "employees": 40,
        "agreed_days": 2_000,
        "certified_days": 110,
        "self_certified_days": 30,
        "short_days": 50,
        "long_days": 90,
        "source": FiguresSource.TYPED,
        "reported_at": AT,
    } | fields
    return SicknessAbsence.objects.create(
        cooperation=cooperation, year=year, quarter=quarter, unit=unit, **told
    )


def complaints(*, cooperation, year=2025, quarter=2, received=3, **fields) -> ComplaintCount:
    """Complaints of a quarter."""
    told = {"kind": ComplaintKind.SERVICE, "reported_at": AT} | fields
    return ComplaintCount.objects.create(
        cooperation=cooperation, year=year, quarter=quarter, received=received, **told
    )


def supervision(*, cooperation, reference="2025/1234", **fields) -> Supervision:
    """A case that is open."""
    told = {
        "authority": "Statsforvaltaren i Vestland",
        "subject": "Bemanning av legevaktsentralen",
        "opened_date": date(2025, 4, 1),
        "registered_at": AT,
    } | fields
    return Supervision.objects.create(cooperation=cooperation, reference=reference, **told)


def note(*, cooperation, subject=NoteSubject.DEVIATIONS, **fields) -> QualityNote:
    """A note on a curve."""
    told = {"starts_date": date(2025, 3, 1), "text": "Nytt avvikssystem", "written_at": AT} | fields
    return QualityNote.objects.create(cooperation=cooperation, subject=subject, **told)


def review(*, cooperation, year=2025, **fields) -> ManagementReview:
    """A review that is begun; its points are made by the operation that begins one."""
    return ManagementReview.objects.create(
        cooperation=cooperation, year=year, started_at=AT, **fields
    )


def point(*, review, code="6a", **fields) -> ReviewPoint:
    """A point of the review."""
    return ReviewPoint.objects.create(review=review, code=code, **fields)


def told_council(*, review, municipality, **fields) -> CouncilReport:
    """That a council was told; the review must be signed."""
    told = {"told_date": date(2025, 12, 18), "case_number": "PS 99/25", "recorded_at": AT} | fields
    return CouncilReport.objects.create(review=review, municipality=municipality, **told)


def begun_review(*, cooperation, year=2025, measure="", **fields) -> ManagementReview:
    """A review with its 21 points; with a `measure` § 6 a can be better, by 1 June of the year."""
    made = reviews.begin(cooperation=cooperation, year=year, by=None, at=AT)
    if measure:
        told = {"responsible": "Leiaren", "deadline_date": date(year, 6, 1)} | fields
        reviews.judge(
            point=made.points.get(code="6a"), status=PointStatus.IMPROVE, measure=measure, **told
        )
    return made


def judged_review(*, cooperation, year=2025, **fields) -> ManagementReview:
    """A review whose points are all judged."""
    made = begun_review(cooperation=cooperation, year=year, **fields)
    made.points.filter(status=PointStatus.OPEN).update(status=PointStatus.GOOD)
    return made


def signed_review(*, cooperation, by, year=2025, at=AT, **fields) -> ManagementReview:
    """A review that is signed."""
    made = judged_review(cooperation=cooperation, year=year, **fields)
    return reviews.sign(review=made, by=by, at=at)
