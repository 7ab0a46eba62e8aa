"""The table of the curve over time: a row a point, the same columns for every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.models import PeriodState
from callstats.queries import (
    Definition,
    Judgement,
    Tally,
    about_share,
    band_words,
    default_definition,
    hidden_word,
    interval_words,
    is_complete,
    judged,
    percent,
    state_words,
    suppressed,
)
from legevakt.lib import words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.models import Central
from reporting.statistics.points import Point
from reporting.statistics.series import indicator_name, part_headings

NOTHING = "–"


def titles() -> dict[str, str]:
    """Step → its words inside a title."""
    return {
        "day": _("day by day"),
        "month": _("month by month"),
        "rolling": _("the last twelve months at each month"),
    }


def trend_table(
    *, central: Central, definition: Definition, by: str, points: Sequence[Point]
) -> Table:
    """A row a point, latest first; what has no figure says why."""
    make = _seconds_cells if definition.kind == "seconds" else _share_cells
    return Table(
        caption=f"{indicator_name(definition)}, {titles()[by]}, {central.name}",
        headings=(_first_heading(by), *_headings(definition), *_feed_headings(by), _("State")),
        rows=tuple(
            Row(
                cells=(
                    _name(point.period, by=by),
                    *make(point, definition),
                    point.tally.hours_with_feed,
                    point.tally.hours_in_period,
                    _state(point),
                ),
                url=_url(point, central=central, definition=definition, by=by),
            )
            for point in reversed(points)
        ),
    )


def _headings(definition: Definition) -> tuple[str, ...]:
    if definition.kind == "seconds":
        return (_("Seconds"), _("Answered calls it rests on"))
    parts: tuple[str, ...] = (*part_headings(definition), _("Share (%)"), _("95 % interval (%)"))
    if definition.target_percent is not None:
        parts += (_("Target of %(target)s") % {"target": words.percent(definition.target_percent)},)
    parts += (_("Not answered"), _("Not answered (%)"))
    return parts + (tuple(map(capfirst, band_words().values())) if _has_bands(definition) else ())


def _share_cells(point: Point, definition: Definition) -> tuple[Cell, ...]:
    tally = point.tally
    has_target = definition.target_percent is not None
    bands = tuple(band_words()) if _has_bands(definition) else ()
    if point.is_hidden:
        counts = (hidden_word(),) * (2 + len(bands))
        share = hidden_word() if point.value is None else about_share(*_parts(tally))
        return (*(hidden_word(),) * 2, share, *(NOTHING,) * (1 + has_target), *counts)
    if point.value is None:
        following = (NOTHING,) * (3 + has_target + len(bands))
        return (NOTHING, NOTHING, _instead(point), *following)
    parts = _parts(tally)
    cells: tuple[Cell, ...] = (*parts, tally.percent or NOTHING, interval_words(*parts))
    if definition.target_percent is not None:
        cells += (_judgement(judged(*parts, definition.target_percent)),)
    cells += (tally.unanswered, _or_nothing(tally))
    return cells + _band_cells({band: point.bands.get(band, 0) for band in bands})


def _parts(tally: Tally) -> tuple[int, int]:
    return tally.numerator, tally.denominator


def _band_cells(bands: Mapping[str, int]) -> tuple[Cell, ...]:
    """The unanswered calls by wait; their sum stands beside them."""
    hidden = suppressed(bands).cells
    return tuple(hidden_word() if band in hidden else calls for band, calls in bands.items())


def _judgement(found: Judgement | None) -> str:
    """Met, below, or that so few called that chance may have decided it."""
    return {
        Judgement.MET: _("met"),
        Judgement.BELOW: _("below"),
        Judgement.TOO_FEW: _("too few calls to judge"),
        None: NOTHING,
    }[found]


def _seconds_cells(point: Point, definition: Definition) -> tuple[Cell, ...]:
    if point.is_hidden:
        return (hidden_word(), hidden_word())
    if point.value is None:
        return (_instead(point), NOTHING)
    return (_tenths(point.value), point.tally.denominator)


def _or_nothing(tally: Tally) -> Cell:
    found = percent(tally.unanswered, tally.offered)
    return NOTHING if found is None else found


def _instead(point: Point) -> str:
    """What stands where there is no figure. Never 0 and never 100 %."""
    return NOTHING if point.state == "figures" else state_words(point.state).lower()


def _state(point: Point) -> str:
    """Open, checked, published or revised where it is stored, and whether it is provisional."""
    if point.state in ("no_data", "waiting"):
        return NOTHING
    found = [_life(point)] if point.life else []
    if point.is_thin:
        found.append(months_words(point))
    least = settings.INDICATOR_LEAST_COMPLETENESS_PERCENT
    if not is_complete(point.tally, least_percent=least):
        found.append(_("provisional"))
    return ", ".join(found) or _("complete")


def months_words(point: Point) -> str:
    """Of how many months a rolling point is."""
    count = point.months or 0
    return ngettext("of %(count)s month", "of %(count)s months", count) % {"count": count}


def _life(point: Point) -> str:
    if point.life == PeriodState.PUBLISHED and point.revision > 1:
        return _("revised, revision %(number)s") % {"number": point.revision}
    return str(PeriodState(point.life).label)


def _name(period: Period, *, by: str) -> str:
    return words.day(period.starts_on) if by == "day" else capfirst(words.month_name(period))


def _url(point: Point, *, central: Central, definition: Definition, by: str) -> str:
    """The page that explains the month's number."""
    if by != "month" or definition.id != default_definition().id:
        return ""
    return reverse("figure", args=[central.slug, f"{point.period.starts_on:%Y-%m}"])


def _first_heading(by: str) -> str:
    return {
        "day": _("Day"),
        "month": _("Month"),
        "rolling": _("Twelve months through"),
    }[by]


def _feed_headings(by: str) -> tuple[str, str]:
    hours = {
        "day": _("Hours in the day"),
        "month": _("Hours in the month"),
        "rolling": _("Hours in the twelve months"),
    }
    return _("Hours with data"), hours[by]


def _has_bands(definition: Definition) -> bool:
    return definition.kind == "bands"


def _tenths(seconds: float) -> Decimal:
    return Decimal(str(seconds)).quantize(Decimal("0.1"), ROUND_HALF_UP)
