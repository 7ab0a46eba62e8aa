"""A central's public numbers and the municipalities it answers for, as its page lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words
from municipalities.centrals.models import PublicNumber, ServedMunicipality
from municipalities.centrals.presenters import Tag

DAY = timedelta(days=1)
NUMBER_COLUMNS = (
    gettext_lazy("Number"),
    gettext_lazy("Kind of line"),
    gettext_lazy("In use"),
    gettext_lazy("State"),
)
SERVED_COLUMNS = (
    gettext_lazy("Municipality"),
    gettext_lazy("Part of the municipality"),
    gettext_lazy("Days"),
    gettext_lazy("State"),
)


@dataclass(frozen=True)
class RegisterLine:
    """A number or a municipality: three cells, and where it stands today."""

    pk: int
    cells: tuple[str, str, str]
    tag: Tag


def number_lines(numbers: Iterable[PublicNumber], *, today: date) -> list[RegisterLine]:
    return [
        RegisterLine(
            pk=line.pk,
            cells=(
                words.phone_number(line.number) or _("not known"),
                str(line.get_line_class_display()),
                days(line.valid_from, line.valid_to),
            ),
            tag=_tag(line.valid_from, line.valid_to, today=today),
        )
        for line in numbers
    ]


def served_lines(served: Iterable[ServedMunicipality], *, today: date) -> list[RegisterLine]:
    return [
        RegisterLine(
            pk=each.pk,
            cells=(
                f"{each.municipality.name} ({each.municipality.number})",
                each.area or _("all of it"),
                days(each.valid_from, each.valid_to),
            ),
            tag=_tag(each.valid_from, each.valid_to, today=today),
        )
        for each in served
    ]


def days(first: date | None, end: date | None) -> str:
    """A half-open stretch of days, open at either side, by its first and its last day."""
    if first is None and end is None:
        return _("always")
    last = words.day(end - DAY) if end else ""
    if first is None:
        return _("until %(last)s") % {"last": last}
    if end is None:
        return _("from %(first)s") % {"first": words.day(first)}
    return _("%(first)s to %(last)s") % {"first": words.day(first), "last": last}


def _tag(first: date | None, end: date | None, *, today: date) -> Tag:
    if end and end <= today:
        return Tag(label=_("Ended"), color="neutral", icon="")
    if first and first > today:
        return Tag(label=_("To come"), color="info", icon="")
    return Tag(label=_("In use now"), color="success", icon="check")
