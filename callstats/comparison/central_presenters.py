"""The centrals beside each other: one table, by name and never as a ranking."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from callstats.comparison import words
from callstats.comparison.queries import CentralMonths, Months, together
from callstats.indicators.definitions import Definition
from callstats.indicators.rules import Tally, is_complete
from callstats.indicators.uncertainty import Judgement, judged, wilson
from callstats.indicators.words import state_words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import limit, period_name
from legevakt.lib.words import percent as percent_words


def central_table(
    sums: Sequence[CentralMonths], *, definition: Definition, period: Period
) -> Table:
    """A row a central, and of several a row of the sum of their calls."""
    rows = [_central_row(each, definition=definition) for each in sums]
    if len(sums) > 1:
        rows.append(_total_row(sums, definition=definition))
    return Table(
        caption=_("The centrals, %(period)s") % {"period": period_name(period)},
        headings=(
            _("Central"),
            _("Cooperation"),
            _("Remarks"),
            _("Answered within %(limit)s") % {"limit": limit(definition.limit_seconds)},
            _("Calls"),
            _("Share (%)"),
            _("Interval from (%)"),
            _("Interval to (%)"),
            _("Target of %(target)s") % {"target": percent_words(definition.target)},
            _("Hours with data"),
            _("Hours in the period"),
        ),
        rows=tuple(rows),
    )


def _central_row(found: CentralMonths, *, definition: Definition) -> Row:
    central, months = found.central, found.months
    cooperation = central.cooperation.name if central.cooperation else words.NOTHING
    return Row(
        cells=(
            central.name,
            cooperation,
            _remarks(months),
            *_figures(months.tally, state=months.state, definition=definition),
        ),
        url=reverse("comparison_nation", args=[central.slug]),
    )


def _total_row(sums: Sequence[CentralMonths], *, definition: Definition) -> Row:
    tally = together(sums)
    lacking = [each for each in sums if each.months.missing]
    remark = _("months are missing at %(centrals)s") % {
        "centrals": ", ".join(each.central.name for each in lacking)
    }
    return Row(
        cells=(
            _("All together"),
            words.NOTHING,
            remark if lacking else words.NOTHING,
            *_figures(tally, state=tally.state, definition=definition),
        )
    )


def _figures(tally: Tally, *, state: str, definition: Definition) -> tuple[Cell, ...]:
    """Numerator to hours in the period; a state stands in the percentage's place."""
    hours = (tally.hours_with_feed, tally.hours_in_period)
    interval = wilson(tally.numerator, tally.denominator)
    if tally.percent is None or interval is None:
        dash = words.NOTHING
        return (dash, dash, state_words(state).lower(), dash, dash, dash, *hours)
    return (
        tally.numerator,
        tally.denominator,
        tally.percent,
        *(words.share_of(end) for end in interval),
        _judgement(tally, definition),
        *hours,
    )


def _judgement(tally: Tally, definition: Definition) -> str:
    found = judged(tally.numerator, tally.denominator, definition.target)
    return {
        Judgement.MET: _("met"),
        Judgement.BELOW: _("below"),
        Judgement.TOO_FEW: _("too few calls to tell"),
        None: words.NOTHING,
    }[found]


def _remarks(months: Months) -> str:
    """Why the sum may not be all there is."""
    told = []
    least = settings.INDICATOR_LEAST_COMPLETENESS_PERCENT
    if months.stored and not is_complete(months.tally, least_percent=least):
        told.append(_("provisional"))
    if months.missing:
        listed = words.months_listed(months.missing)
        told.append(_("missing: %(months)s") % {"months": listed})
    return "; ".join(told) or words.NOTHING
