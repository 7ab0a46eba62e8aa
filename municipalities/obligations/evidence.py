"""What shows that an obligation was kept: handed in by other features, or by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

import pghistory
from django.db import transaction
from django.db.models import Q

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document
from municipalities.obligations.models import Due, Evidence, Obligation, Rhythm, Scope
from municipalities.obligations.planning import next_number, plan_obligation
from municipalities.register.models import Municipality


class HasNotHappened(ValueError):
    """Evidence is dated after the day on which it is handed in."""


class MunicipalityIsMissing(ValueError):
    """The obligation is kept with each participant, and none was named."""


@transaction.atomic
def hand_in(
    *,
    cooperation: Cooperation,
    code: str,
    key: str,
    title: str,
    on: date,
    path: str = "",
    municipality: Municipality | None = None,
    topics: Iterable[str] = (),
    document: Document | None = None,
    by: User | None = None,
    at: datetime,
) -> Evidence | None:
    """Show that the obligation with the code was kept `on` a day, by the thing with the key.

    It goes to the earliest due of that year that is not kept; when all are, it stands beside the
    last. Of an obligation by event it goes to what was expected by the same key; what nobody
    expected becomes a due of its own, kept on the day. The same key again gives what is there.
    `municipality` says with whom, where it is kept with each participant.

    None when the cooperation has no such obligation in force on the day, or none is due that year.
    Raises HasNotHappened and MunicipalityIsMissing.
    """
    obligation = in_force(cooperation=cooperation, code=code, day=on)
    if obligation is None:
        return None
    if municipality is None and obligation.scope == Scope.EACH_PARTNER:
        raise MunicipalityIsMissing(code)
    of_key = Evidence.objects.filter(due__obligation__cooperation=cooperation, key=key)
    before = of_key.filter(_with(obligation, municipality), due__obligation__code=code).first()
    if before is not None:
        return before
    due = _due_for(obligation=obligation, key=key, about=title, on=on, municipality=municipality)
    if due is None:
        return None
    return _kept(
        due=due,
        key=key,
        title=title,
        on=on,
        path=path,
        topics=topics,
        document=document,
        by=by,
        at=at,
    )


@transaction.atomic
def hand_in_for(
    *,
    due: Due,
    title: str,
    on: date,
    path: str = "",
    topics: Iterable[str] = (),
    document: Document | None = None,
    by: User,
    at: datetime,
) -> Evidence:
    """Evidence that a person hands in for this very due; the same again changes nothing.

    Raises HasNotHappened.
    """
    written = sha256(f"{title}\n{path}\n{document.sha256 if document else ''}".encode())
    return _kept(
        due=due,
        key=f"by-hand:{on}:{written.hexdigest()[:16]}",
        title=title,
        on=on,
        path=path,
        topics=topics,
        document=document,
        by=by,
        at=at,
    )


@transaction.atomic
def expect(
    *,
    cooperation: Cooperation,
    code: str,
    about: str,
    due_date: date,
    key: str,
    municipality: Municipality | None = None,
) -> Due | None:
    """Something happened by which the obligation is due: late when the day passes without evidence.

    Hand in the evidence by the same key. Again with the key: the due follows to the new day. None
    when the cooperation has no such obligation by event in force on the day.
    """
    obligation = in_force(cooperation=cooperation, code=code, day=due_date)
    if obligation is None or obligation.rhythm != Rhythm.ON_EVENT:
        return None
    due = _expected(obligation=obligation, key=key, municipality=municipality)
    if due is None:
        return _event(
            obligation=obligation, key=key, about=about, day=due_date, municipality=municipality
        )
    if due.due_date != due_date:
        _move(due, day=due_date)
    return due


@transaction.atomic
def remove(*, evidence: Evidence, reason: str) -> None:
    """Take away evidence that was wrong; the history keeps it, and the reason."""
    with pghistory.context(reason=reason):
        evidence.delete()


def in_force(*, cooperation: Cooperation, code: str, day: date) -> Obligation | None:
    """The obligation of the code on the day, locked, so that no two take the same due."""
    found = Obligation.objects.filter(
        Q(ends_date__isnull=True) | Q(ends_date__gt=day),
        cooperation=cooperation,
        code=code,
        starts_date__lte=day,
    )
    return found.select_for_update(no_key=True).order_by("-starts_date", "-pk").first()


def _with(obligation: Obligation, municipality: Municipality | None) -> Q:
    """The condition on evidence that its due is with the municipality, where that matters."""
    if obligation.rhythm == Rhythm.YEARLY and obligation.scope == Scope.COMMON:
        return Q()
    return Q(due__municipality=municipality)


def _due_for(
    *, obligation: Obligation, key: str, about: str, on: date, municipality: Municipality | None
) -> Due | None:
    if obligation.rhythm == Rhythm.ON_EVENT:
        expected = _expected(obligation=obligation, key=key, municipality=municipality)
        return expected or _event(
            obligation=obligation, key=key, about=about, day=on, municipality=municipality
        )
    place = municipality if obligation.scope == Scope.EACH_PARTNER else None
    found = _of_year(obligation=obligation, year=on.year, municipality=place)
    if found is None:
        plan_obligation(obligation=obligation, year=on.year)
        found = _of_year(obligation=obligation, year=on.year, municipality=place)
    return found


def _of_year(*, obligation: Obligation, year: int, municipality: Municipality | None) -> Due | None:
    """The earliest that is not kept, also of an obligation that this one took the place of."""
    dues = Due.objects.filter(
        obligation__cooperation=obligation.cooperation_id,
        obligation__code=obligation.code,
        obligation__rhythm=Rhythm.YEARLY,
        year=year,
        municipality=municipality,
    ).order_by("due_date", "number", "pk")
    return dues.open().first() or dues.last()


def _expected(*, obligation: Obligation, key: str, municipality: Municipality | None) -> Due | None:
    """Also of an obligation that this one took the place of."""
    dues = Due.objects.filter(
        obligation__cooperation=obligation.cooperation_id,
        obligation__code=obligation.code,
        key=key,
        municipality=municipality,
    )
    return dues.order_by("-pk").first()


def _event(
    *, obligation: Obligation, key: str, about: str, day: date, municipality: Municipality | None
) -> Due:
    municipality_id = municipality.pk if municipality else None
    return Due.objects.create(
        obligation=obligation,
        municipality=municipality,
        year=day.year,
        number=next_number(obligation=obligation, year=day.year, municipality_id=municipality_id),
        due_date=day,
        about=about,
        key=key,
    )


def _move(due: Due, *, day: date) -> None:
    if day.year != due.year:
        due.year = day.year
        due.number = next_number(
            obligation=due.obligation, year=day.year, municipality_id=due.municipality_id
        )
    due.due_date = day
    due.save(update_fields=["year", "number", "due_date"])
    due.reminders.all().delete()


def _kept(
    *,
    due: Due,
    key: str,
    title: str,
    on: date,
    path: str,
    topics: Iterable[str],
    document: Document | None,
    by: User | None,
    at: datetime,
) -> Evidence:
    if on > local_day(at):
        raise HasNotHappened(title)
    evidence, _ = Evidence.objects.get_or_create(
        due=due,
        key=key,
        defaults={
            "title": title,
            "happened_date": on,
            "path": path,
            "topics": list(topics),
            "document": document,
            "handed_in_by": by,
            "handed_in_at": at,
        },
    )
    return evidence
