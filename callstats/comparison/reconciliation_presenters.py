"""A series of others beside our calls: the figures, and what can explain a difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.aggregates.models import AggregateSeries
from callstats.aggregates.words import line as line_words
from callstats.comparison import words
from callstats.comparison.reconciling import Reconciled
from callstats.comparison.rules import NEAR_PERCENT, Agreement, Reasons
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import limit, number, percent


class Fact(NamedTuple):
    """A name and its value."""

    name: str
    value: str


def figures_table(
    rows: Sequence[Reconciled], *, series: AggregateSeries, seconds: int, with_links: bool = False
) -> Table:
    """Theirs, ours and the difference; a row leads to where it is explained."""
    within = {"limit": limit(seconds)}
    return Table(
        caption=_("%(series)s beside our calls") % {"series": series.name},
        headings=(
            _("Month"),
            _("Line"),
            _("Result"),
            _("Offered, theirs"),
            _("Offered, ours"),
            _("Difference, offered"),
            _("Answered, theirs"),
            _("Answered, ours"),
            _("Difference, answered"),
            _("Within %(limit)s, theirs") % within,
            _("Within %(limit)s, ours") % within,
            _("Difference, within %(limit)s") % within,
            _("Difference (percentage points)"),
        ),
        rows=tuple(
            Row(
                cells=(*_heads(each), _result(each), *_numbers(each)),
                url=_url(each, series=series) if with_links else "",
            )
            for each in rows
        ),
    )


def reasons_table(
    rows: Sequence[Reconciled], *, series: AggregateSeries, with_links: bool = False
) -> Table:
    """What can explain the difference, of the rows that do not agree."""
    return Table(
        caption=_("What can explain the difference"),
        headings=(_("Month"), _("Line"), _("Explanation"), *reason_names()),
        rows=tuple(
            Row(
                cells=(*_heads(each), _explanation(each), *_reason_values(each.reasons)),
                url=_url(each, series=series) if with_links else "",
            )
            for each in rows
            if is_open_to_explanation(each)
        ),
    )


def reason_names() -> tuple[str, ...]:
    """In the order of `rules.Reasons`."""
    return (
        _("Hours without data"),
        _("Refused rows"),
        _("Calls with unknown wait"),
        _("Hung up before the queue"),
        _("Calls in the doubled hour, time uncertain"),
        _("Calls that a rule excludes"),
        _("Calls on other lines"),
    )


def month_facts(row: Reconciled) -> list[Fact]:
    """The reasons of one month, for the page where it is explained."""
    values = _reason_values(row.reasons)
    return [Fact(name, number(value)) for name, value in zip(reason_names(), values, strict=True)]


def summary(rows: Sequence[Reconciled]) -> str:
    """How many rows agree, nearly agree, differ, and of those are explained."""
    counts = Counter(row.agreement for row in rows)
    compared = sum(counts[each] for each in Agreement)
    explained = sum(row.is_explained for row in rows)
    told = ngettext(
        "%(count)s row compared: %(agrees)s agree, %(near)s within %(limit)s, %(differs)s differ.",
        "%(count)s rows compared: %(agrees)s agree, %(near)s within %(limit)s, %(differs)s differ.",
        compared,
    ) % {
        "count": number(compared),
        "agrees": number(counts[Agreement.AGREES]),
        "limit": percent(NEAR_PERCENT),
        "near": number(counts[Agreement.NEAR]),
        "differs": number(counts[Agreement.DIFFERS]),
    }
    if not explained:
        return told
    also = ngettext("%(count)s is explained.", "%(count)s are explained.", explained)
    return f"{told} {also % {'count': number(explained)}}"


def is_open_to_explanation(row: Reconciled) -> bool:
    """Compared, and not the same."""
    return row.agreement in (Agreement.NEAR, Agreement.DIFFERS)


def _heads(row: Reconciled) -> tuple[str, str]:
    line = row.row.line_class
    return words.days_name(row.row.period), line_words(line) if line else _("all lines")


def _result(row: Reconciled) -> str:
    if row.agreement is None:
        return words.obstacle(row.obstacle) if row.obstacle else words.NOTHING
    return words.result(row.agreement, is_explained=row.is_explained)


def _numbers(row: Reconciled) -> tuple[Cell, ...]:
    """Offered, answered and in time: theirs, ours, difference; then the points."""
    theirs, ours, apart = row.theirs, row.ours, row.difference
    cells: list[Cell] = []
    for name in ("offered", "answered", "in_time"):
        cells += [words.told(getattr(each, name, None)) for each in (theirs, ours, apart)]
    return (*cells, words.told(apart.points if apart else None))


def _explanation(row: Reconciled) -> str:
    return " ".join(row.explanations) or words.NOTHING


def _reason_values(reasons: Reasons) -> tuple[int, ...]:
    return (
        reasons.hours_without_data,
        reasons.refused_rows,
        reasons.unknown_waits,
        reasons.before_queue,
        reasons.ambiguous_times,
        reasons.excluded,
        reasons.on_other_lines,
    )


def _url(row: Reconciled, *, series: AggregateSeries) -> str:
    if not is_open_to_explanation(row):
        return ""
    month = f"{row.row.starts_on:%Y-%m}"
    url = reverse("comparison_month", args=[series.central.slug, month])
    return f"{url}?series={series.slug}"
