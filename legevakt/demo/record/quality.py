"""Two years of invented counts: deviations with a month missing, absence, complaints, a review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle

from legevakt.demo.record import quality_texts as texts
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence import operations as absence
from municipalities.quality.absence import rules
from municipalities.quality.absence.files import Told
from municipalities.quality.cases import operations as cases
from municipalities.quality.cases.models import ComplaintKind
from municipalities.quality.cases.rules import Counted
from municipalities.quality.deviations import operations as deviations
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationSeverity,
    FiguresSource,
)
from municipalities.quality.deviations.operations import Kind
from municipalities.quality.deviations.rules import month_after
from municipalities.quality.notes import operations as notes
from municipalities.quality.notes.models import NoteSubject
from municipalities.quality.review import operations as reviews
from municipalities.quality.review.models import ManagementReview, PointStatus

MONTHS, MISSING = 22, 9  # how many months back, and the one that nobody reported
QUARTERS = 7
# Days lost of 100 agreed, certified and self-certified, quarter for quarter.
LOST = ((5, 1), (6, 2), (7, 1), (6, 1), (5, 2), (7, 2), (6, 1))
UNITS = {"Legevakta": (42, 2_100), "Legevaktsentralen": (24, 1_250), "Administrasjonen": (3, 160)}


def write(*, founded: Cooperation, at: datetime) -> None:
    """Everything that is counted, and two yearly reviews: one signed, one begun."""
    leader = User.objects.get(email="legevaktleiar@alver.example")
    today = local_day(at)
    _deviate(founded, by=leader, today=today, at=at)
    _fall_ill(founded, by=leader, today=today, at=at)
    _note_illness(founded, by=leader, today=today, at=at)
    _complain(founded, by=leader, today=today, at=at)
    _supervise(founded, by=leader, today=today, at=at)
    _review(founded, by=leader, today=today, at=at)


def _deviate(founded: Cooperation, *, by: User, today: date, at: datetime) -> None:
    deviations.fill_lists(cooperation=founded)
    categories = list(DeviationCategory.objects.filter(cooperation=founded).order_by("position"))
    severities = list(DeviationSeverity.objects.filter(cooperation=founded).order_by("position"))
    for back in range(MONTHS, 0, -1):
        if back == MISSING:
            continue
        deviations.record_month(
            cooperation=founded,
            month=month_after(today.replace(day=1), -back),
            counts=dict(_counts(back, categories=categories, severities=severities)),
            median_days=Decimal(11 + back % 5),
            source=FiguresSource.TYPED,
            today=today,
            by=by,
            at=at,
        )
    notes.write(
        cooperation=founded,
        subject=NoteSubject.DEVIATIONS,
        starts_date=month_after(today.replace(day=1), -12),
        ends_date=None,
        text=texts.NEW_SYSTEM,
        by=by,
        at=at,
    )


def _counts(
    back: int, *, categories: list[DeviationCategory], severities: list[DeviationSeverity]
) -> Iterator[tuple[Kind, int]]:
    """A few of each kind, more since the new system; the older the more of them are closed."""
    more = 2 if back <= 12 else 1
    for place, category in enumerate(categories):
        severity = severities[(place + back) % 3]
        count = (place * 3 + back * 5) % 4 * more
        yield (category.pk, severity.pk, "closed" if back > 3 else "in_progress"), count
        yield (category.pk, severity.pk, "new"), (place + back) % 2 if back <= 3 else 0


def _fall_ill(founded: Cooperation, *, by: User, today: date, at: datetime) -> None:
    quarters = _quarters(today)
    for (year, quarter), (certified, own) in zip(quarters, cycle(LOST), strict=False):
        for unit, (employees, agreed) in UNITS.items():
            lost = Decimal(certified + own) * agreed / 100
            short = (lost * Decimal("0.35")).quantize(Decimal("0.1"))
            told = Told(
                year=year,
                quarter=quarter,
                unit=unit,
                employees=employees,
                agreed=Decimal(agreed),
                certified=Decimal(certified) * agreed / 100,
                self_certified=Decimal(own) * agreed / 100,
                short=short,
                long=lost - short,
            )
            absence.record(
                cooperation=founded,
                told=told,
                source=FiguresSource.TYPED,
                today=today,
                by=by,
                at=at,
            )


def _note_illness(founded: Cooperation, *, by: User, today: date, at: datetime) -> None:
    """On the quarter with the most absence of the last year."""
    year, quarter = _quarters(today)[-2]
    notes.write(
        cooperation=founded,
        subject=NoteSubject.ABSENCE,
        starts_date=rules.starts(year, quarter),
        ends_date=rules.ends(year, quarter),
        text=texts.ILLNESS,
        by=by,
        at=at,
    )


def _quarters(today: date) -> list[tuple[int, int]]:
    """The last quarters that are over, in order."""
    found = [rules.before(*rules.quarter_of(today))]
    while len(found) < QUARTERS:
        found.append(rules.before(*found[-1]))
    return found[::-1]


def _complain(founded: Cooperation, *, by: User, today: date, at: datetime) -> None:
    for place, (year, quarter) in enumerate(_quarters(today)):
        cases.report(
            cooperation=founded,
            year=year,
            quarter=quarter,
            counts={
                ComplaintKind.SERVICE: Counted(received=3 + place % 3, decided=3, upheld=1),
                ComplaintKind.RIGHTS: Counted(received=1, decided=0, upheld=0),
                ComplaintKind.DUTY: Counted(received=place % 2, decided=0, upheld=0),
                ComplaintKind.COMPENSATION: Counted(received=0, decided=0, upheld=0),
            },
            by=by,
            at=at,
        )


def _supervise(founded: Cooperation, *, by: User, today: date, at: datetime) -> None:
    opened = today - timedelta(days=300)
    cases.register(
        cooperation=founded,
        authority=texts.GOVERNOR,
        reference=f"{opened.year}/4711",
        subject=texts.SUBJECT,
        opened_date=opened,
        closed_date=opened + timedelta(days=120),
        outcome="breach",
        deadline_date=today + timedelta(days=40),
        by=by,
        at=at,
    )


def _review(founded: Cooperation, *, by: User, today: date, at: datetime) -> None:
    director = User.objects.get(email="kommunedirektor@alver.example")
    before = reviews.begin(cooperation=founded, year=today.year - 1, by=by, at=at)
    _judge(before, today=today, left=0)
    reviews.summarise(review=before, summary=texts.SUMMARY)
    reviews.sign(review=before, by=director, at=at)
    now = reviews.begin(cooperation=founded, year=today.year, by=by, at=at)
    _judge(now, today=today, left=7)


def _judge(review: ManagementReview, *, today: date, left: int) -> None:
    """Most points are in order, every sixth can be better; the last `left` are not judged."""
    points = list(review.points.order_by("pk"))
    for place, point in enumerate(points[: len(points) - left]):
        is_good = place % 6 != 5
        reviews.judge(
            point=point,
            status=PointStatus.GOOD if is_good else PointStatus.IMPROVE,
            evidence=texts.EVIDENCE[place % len(texts.EVIDENCE)],
            measure="" if is_good else texts.MEASURE,
            responsible="" if is_good else texts.RESPONSIBLE,
            deadline_date=None if is_good else today + timedelta(days=60),
        )
