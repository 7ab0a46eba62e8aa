"""Each way the gap is parted as a table, the same on the page and in the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from callstats.gaps.addresses import address_of
from callstats.gaps.queries import Counted, Gap
from callstats.gaps.rules import Lack, lack
from callstats.gaps.words import (
    calls,
    hours_name,
    kind_name,
    municipality_name,
    number_name,
    weekday_name,
)
from callstats.indicators.rules import percent
from callstats.indicators.uncertainty import Judgement, judged
from callstats.indicators.words import state_words
from legevakt.lib import words
from legevakt.lib.tables import Cell, Row, Table


def hours_table(gap: Gap) -> Table:
    """Blocks of hours, the largest shortfall first, then the other hours and the whole."""
    return _parts(gap, gap.hours, heading=_("Hours of the week"), name=hours_name)


def weekdays_table(gap: Gap) -> Table:
    return _parts(gap, gap.weekdays, heading=_("Weekday"), name=weekday_name)


def days_table(gap: Gap) -> Table:
    """Working days, weekends and holidays."""
    return _parts(gap, gap.days, heading=_("Kind of day"), name=kind_name)


def numbers_table(gap: Gap) -> Table:
    return _parts(gap, gap.numbers, heading=_("Number called"), name=number_name)


def municipalities_table(gap: Gap) -> Table:
    """Municipalities with few calls are one row."""
    return _parts(gap, gap.municipalities, heading=_("Municipality"), name=municipality_name)


def periods_table(gap: Gap) -> Table:
    """The period and those it is held against, each leading to its own explanation."""
    heading = _("Month") if len(gap.period.months()) == 1 else _("Period")
    return Table(
        caption=_("Comparable periods"),
        headings=(
            *_headings(gap, heading),
            _target_heading(gap),
            _("Hours with data"),
            _("Hours in the period"),
        ),
        rows=tuple(_period_row(gap, counted) for counted in [gap.counted, *gap.earlier]),
    )


TABLES: dict[str, Callable[[Gap], Table]] = {
    "hours": hours_table,
    "weekdays": weekdays_table,
    "days": days_table,
    "numbers": numbers_table,
    "municipalities": municipalities_table,
    "periods": periods_table,
}


def _parts(gap: Gap, lacks: Sequence[Lack], *, heading: str, name: Callable[[Any], str]) -> Table:
    tally, target = gap.counted.tally, gap.definition.target
    whole = lack(None, (tally.numerator, tally.denominator), target_percent=target)
    rows = [Row(cells=(name(each.key), *_figures(each))) for each in lacks]
    return Table(
        caption=heading,
        headings=_headings(gap, heading),
        rows=(*rows, Row(cells=(_("All calls"), *_figures(whole)))),
    )


def _headings(gap: Gap, first: str) -> tuple[str, ...]:
    limit = {"limit": words.limit(gap.definition.limit_seconds)}
    return (
        first,
        _("Lacking calls"),
        _("Answered within %(limit)s") % limit,
        _("Calls"),
        _("Share (%)"),
    )


def _figures(part: Lack) -> tuple[Cell, ...]:
    share = percent(part.numerator, part.denominator)
    nothing = "–" if share is None else share
    return (calls(part.shortfall), part.numerator, part.denominator, nothing)


def _target_heading(gap: Gap) -> str:
    return _("Target of %(target)s") % {"target": words.percent(gap.definition.target)}


def _period_row(gap: Gap, counted: Counted) -> Row:
    tally, target = counted.tally, gap.definition.target
    name = capfirst(words.period_name(counted.period))
    url = ""
    if counted is not gap.counted:
        url = reverse("why_period", args=[gap.central.slug, address_of(counted.period)])
    feed = (tally.hours_with_feed, tally.hours_in_period)
    if counted.state != "figures":
        nothing = state_words(counted.state).lower()
        return Row(cells=(name, "–", "–", "–", nothing, "–", *feed), url=url)
    part = lack(None, (tally.numerator, tally.denominator), target_percent=target)
    return Row(cells=(name, *_figures(part), _judgement_words(part, target), *feed), url=url)


def _judgement_words(part: Lack, target_percent: int) -> str:
    return {
        Judgement.MET: _("met"),
        Judgement.BELOW: _("below"),
        Judgement.TOO_FEW: _("too few calls to judge"),
        None: "–",
    }[judged(part.numerator, part.denominator, target_percent)]
