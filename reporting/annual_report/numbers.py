"""Numbers and dates as the active language writes them. Every function returns text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from callstats.queries import percent as share_of
from legevakt.lib.periods import OSLO

NOTHING = "–"
NO_BREAK = "\u00a0"


def count(number: int | None) -> str:
    """Whole numbers in groups of three: 12 345."""
    return NOTHING if number is None else number_format(number, force_grouping=True)


def percent(value: str | Decimal | None) -> str:
    """A percentage with one decimal that was rounded where it was computed: 63,2 %."""
    if value is None:
        return NOTHING
    return _("%(number)s%%") % {"number": number_format(Decimal(value), decimal_pos=1)}


def whole_percent(value: int) -> str:
    """A percentage that is a whole number by its nature, as a target: 80 %."""
    return _("%(number)s%%") % {"number": value}


def ratio(part: int, whole: int) -> str:
    """The part in percent of the whole, one decimal, half up; a dash for nothing of nothing."""
    return percent(share_of(part, whole))


def completeness(part: int, whole: int) -> str:
    """Like `ratio`, but 100 % only when nothing is missing and 0 % only when all is."""
    value = share_of(part, whole)
    if value is None:
        return NOTHING
    if part < whole:
        value = min(value, Decimal("99.9"))
    return percent(max(value, Decimal("0.1")) if part else value)


def points(now: str, before: str) -> str:
    """A difference of two percentages, signed, in percentage points."""
    change = Decimal(now) - Decimal(before)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{number_format(abs(change), decimal_pos=1)}"


def duration(seconds: float | None) -> str:
    """Whole seconds, half up: 34 s, 2 min 5 s, 1 h 2 min."""
    if seconds is None:
        return NOTHING
    whole = int(Decimal(str(seconds)).quantize(Decimal(1), ROUND_HALF_UP))
    hours, minutes, left = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        parts = [_("%(hours)s h") % {"hours": hours}, f"{minutes}{NO_BREAK}min"]
    elif minutes:
        parts = [f"{minutes}{NO_BREAK}min", f"{left}{NO_BREAK}s"]
    else:
        parts = [f"{left}{NO_BREAK}s"]
    return NO_BREAK.join(parts)


def day(iso: str | date) -> str:
    """1. mars 2025."""
    return date_format(_date(iso), "DATE_FORMAT").replace(" ", NO_BREAK)


def month(iso: str) -> str:
    """The month's name, as it stands within a sentence."""
    return date_format(_date(iso), "F").lower()


def moment(value: str | datetime) -> str:
    """Date and time on an Oslo clock, of an aware moment or its ISO text."""
    aware = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = aware.astimezone(OSLO)
    return _("%(date)s at %(time)s") % {"date": day(local.date()), "time": f"{local:%H:%M}"}


def listing(words: list[str]) -> str:
    """One, two and three."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _date(iso: str | date) -> date:
    return date.fromisoformat(iso) if isinstance(iso, str) else iso
