"""Reads about the duty: its shares, shifts and exemptions, by municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.doctors.models import (
    Decider,
    DutyShare,
    DutyTerms,
    Exemption,
    ExemptionState,
    ShiftCount,
)
from municipalities.doctors.rules import (
    answer_due,
    is_told,
    is_told_together,
    percent_of,
    posts_left,
)
from municipalities.doctors.shift_files import TakesPart
from municipalities.doctors.shift_rules import Counts
from municipalities.register.models import Municipality, Population
from municipalities.todo import Todo

ENDS_SOON = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class MunicipalDuty:
    """What a municipality owes and what it has done of it.

    `counts` is None where no shifts are counted. `is_open`: the reader may know of each
    exemption there.
    """

    municipality: Municipality
    posts: int | None
    share_percent: Decimal | None
    exempted_percent: tuple[int, ...]
    is_open: bool
    counts: Counts | None

    @property
    def exemptions(self) -> int:
        return len(self.exempted_percent)

    @property
    def is_hidden(self) -> bool:
        """Whether the exemptions are so few that they would tell who has them."""
        return not self.is_open and not is_told(self.exemptions)

    @property
    def posts_left(self) -> Decimal | None:
        if self.posts is None:
            return None
        return posts_left(posts=self.posts, exempted_percent=self.exempted_percent)

    @property
    def coverage_percent(self) -> Decimal | None:
        """Delivered of owed, with one decimal; over 100 where extra duty was done."""
        return percent_of(self.counts.delivered, self.counts.owed) if self.counts else None


@dataclass(frozen=True, kw_only=True)
class DutyYear:
    """The duty in a year; posts, shares and exemptions as they are on `day`."""

    year: int
    day: date
    municipalities: list[MunicipalDuty]
    crossing: int

    @property
    def share_sum(self) -> Decimal | None:
        """The shares together; None where none is stored."""
        shares = [each.share_percent for each in self.municipalities if each.share_percent]
        return sum(shares, Decimal(0)) if shares else None

    @property
    def counts(self) -> Counts | None:
        """All the municipalities' shifts together."""
        told = [each.counts for each in self.municipalities if each.counts]
        return Counts(*map(sum, zip(*told, strict=True))) if told else None

    @property
    def exemptions(self) -> int | None:
        """All in force; None where it would tell those of the municipalities that are hidden."""
        hidden = [each.exemptions for each in self.municipalities if each.is_hidden]
        if hidden and not is_told_together(hidden):
            return None
        return sum(each.exemptions for each in self.municipalities)


@dataclass(frozen=True)
class DutySummary:
    """For the hub: the shares today, and the shifts of the latest year that has any."""

    share_sum: Decimal | None
    year: int | None
    counts: Counts | None


def terms_of(cooperation: Cooperation) -> DutyTerms:
    """What the agreement says; an unsaved one where nothing is recorded yet."""
    found = DutyTerms.objects.filter(cooperation=cooperation).first()
    return found or DutyTerms(cooperation=cooperation)


def duty_in(*, cooperation: Cooperation, year: int, today: date, user: User | None) -> DutyYear:
    """The duty of each that takes part, or has shifts counted, by municipality number.

    Counts are of the year in which their days begin. Without a `user` it is as everybody may
    read it. Five queries.
    """
    day = min(today, date(year, 12, 31))
    counts, crossing = _counts(cooperation=cooperation, year=year)
    shares = {share.municipality_id: share for share in shares_on(cooperation, day)}
    municipalities = {
        each.municipality_id: each.municipality
        for each in cooperation.participants.on(day).select_related("municipality")
    }
    absent = set(counts) - set(municipalities)
    if absent:
        municipalities |= Municipality.objects.in_bulk(absent)
    exempted = _exempted(cooperation=cooperation, day=day)
    seen = _seen_by(user, cooperation=cooperation)
    return DutyYear(
        year=year,
        day=day,
        crossing=crossing,
        municipalities=[
            MunicipalDuty(
                municipality=municipality,
                posts=shares[pk].posts if pk in shares else None,
                share_percent=shares[pk].share_percent if pk in shares else None,
                exempted_percent=tuple(exempted.get(pk, ())),
                is_open=pk in seen,
                counts=counts.get(pk),
            )
            for pk, municipality in sorted(municipalities.items(), key=lambda each: each[1].number)
        ],
    )


def years_with_shifts(*, cooperation: Cooperation, today: date) -> list[int]:
    """The years up to this one in which shifts are counted, latest first."""
    counts = ShiftCount.objects.filter(cooperation=cooperation, starts_date__lte=today)
    years = counts.annotate(year=ExtractYear("starts_date")).values_list("year", flat=True)
    return list(years.order_by("-year").distinct())


def shares_on(cooperation: Cooperation, day: date) -> list[DutyShare]:
    """The shares of those who take part on the day."""
    taking_part = cooperation.participants.on(day).values("municipality")
    found = DutyShare.objects.filter(
        cooperation=cooperation, valid_from__lte=day, municipality__in=taking_part
    )
    valid = found.exclude(valid_to__lte=day).select_related("municipality")
    return list(valid.order_by("municipality__number", "pk"))


def municipalities_seen(*, cooperation: Cooperation, user: User) -> QuerySet[Municipality]:
    """The municipalities whose doctors the user sees and registers, by number."""
    runs = Cooperation.objects.where(user, Permission.MANAGE_DUTY).filter(pk=cooperation.pk)
    own = municipalities_acted_for(
        user=user, permission=Permission.DECIDE_EXEMPTIONS, cooperation=cooperation
    )
    as_host = own.filter(
        pk=cooperation.host_id,
        hosted__duty_terms__cooperation=cooperation,
        hosted__duty_terms__decider=Decider.HOST,
    )
    taking_part = Municipality.objects.filter(participations__cooperation=cooperation)
    if runs.exists() or as_host.exists():
        return taking_part.distinct().order_by("number", "pk")
    return own


def _seen_by(user: User | None, *, cooperation: Cooperation) -> set[int]:
    if user is None:
        return set()
    seen = municipalities_seen(cooperation=cooperation, user=user)
    return set(seen.values_list("pk", flat=True))


def inhabitants_on(*, cooperation: Cooperation, day: date) -> dict[int, int]:
    """Municipality → inhabitants by the newest count not after the day, of who takes part then."""
    taking_part = cooperation.participants.on(day).values("municipality")
    counts = Population.objects.filter(municipality__in=taking_part, counted_date__lte=day)
    newest = counts.order_by("municipality__number", "municipality", "-counted_date", "pk")
    return {
        count.municipality_id: count.inhabitants
        for count in newest.distinct("municipality__number", "municipality")
    }


def participants_by_name(cooperation: Cooperation) -> dict[str, list[TakesPart]]:
    """Who takes part when, by municipality number and by name in small letters."""
    found: dict[str, list[TakesPart]] = {}
    joined = Participant.objects.filter(cooperation=cooperation).select_related("municipality")
    for each in joined.order_by("joined_date", "pk"):
        part = TakesPart(
            municipality_id=each.municipality_id,
            starts_date=each.joined_date,
            ends_date=each.left_date,
        )
        for name in (each.municipality.number, each.municipality.name.casefold()):
            found.setdefault(name, []).append(part)
    return found


def summary_of(*, cooperation: Cooperation, user: User, today: date) -> DutySummary:
    """What the hub's card tells to all who take part. Two queries."""
    shares = shares_on(cooperation, today)
    latest = (
        ShiftCount.objects.filter(cooperation=cooperation, starts_date__lte=today)
        .annotate(year=ExtractYear("starts_date"))
        .values("year")
        .annotate(*map(Sum, Counts._fields))
        .order_by("-year")
        .first()
    )
    return DutySummary(
        share_sum=sum((share.share_percent for share in shares), Decimal(0)) if shares else None,
        year=latest["year"] if latest else None,
        counts=_summed(latest) if latest else None,
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Applications that the user decides on; to who runs the duty, exemptions that end soon.

    Two queries. No doctor is named, since the list may be read in a hurry beside others.
    """
    applied = Exemption.objects.decided_by(user).filter(
        doctor__cooperation=cooperation, state=ExemptionState.APPLIED
    )
    ending = Exemption.objects.in_force(today).filter(
        doctor__cooperation=cooperation,
        doctor__cooperation__in=Cooperation.objects.where(user, Permission.MANAGE_DUTY),
        ends_date__lte=today + ENDS_SOON,
    )
    to_decide = _("Decide on an application for exemption from duty: %(municipality)s")
    ends = _("An exemption from duty ends, so that the rota changes: %(municipality)s")
    return [
        *(_todo(each, to_decide, due=answer_due(each.applied_date)) for each in _read(applied)),
        *(_todo(each, ends, due=each.ends_date) for each in _read(ending)),
    ]


def _read(exemptions: QuerySet[Exemption]) -> Iterable[Exemption]:
    found = exemptions.select_related("doctor__municipality", "doctor__cooperation")
    return found.order_by("applied_date", "pk")


def _todo(exemption: Exemption, text: str, *, due: date | None) -> Todo:
    doctor = exemption.doctor
    return Todo(
        text=text % {"municipality": doctor.municipality},
        url=reverse("exemption", args=[doctor.cooperation.slug, exemption.pk]),
        due_date=due,
    )


def _counts(*, cooperation: Cooperation, year: int) -> tuple[dict[int, Counts], int]:
    """(counts by municipality, how many municipalities' counts go on into the next year)."""
    rows = (
        ShiftCount.objects.filter(cooperation=cooperation, starts_date__year=year)
        .values("municipality")
        .annotate(*map(Sum, Counts._fields), last=Max("ends_date"))
        .order_by("municipality")
    )
    found = {row["municipality"]: _summed(row) for row in rows}
    return found, sum(row["last"] > date(year + 1, 1, 1) for row in rows)


def _summed(row: Mapping[str, object]) -> Counts:
    return Counts._make(row[f"{name}__sum"] for name in Counts._fields)


def _exempted(*, cooperation: Cooperation, day: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Exemption.objects.in_force(day).filter(doctor__cooperation=cooperation)
    for pk, percent in rows.order_by("pk").values_list("doctor__municipality", "share_percent"):
        found.setdefault(pk, []).append(percent)
    return found
