"""How long the callers waited: answered and unanswered calls by wait, and the share so far."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import Any

from django.utils.translation import gettext as _

from callstats.queries import WaitBin, WaitDistribution, default_definition, percent
from callstats.queries import wait_distribution as counted
from legevakt.lib import words
from legevakt.lib.charts import Rows
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.models import Central
from reporting.statistics.series import Series, drawing

# Every ten seconds to two minutes, every half minute to ten.
EDGES = (*range(10, 121, 10), *range(150, 601, 30))
NOTHING = "–"


def waits_of(*, central: Central, period: Period, edges: tuple[int, ...]) -> WaitDistribution:
    """The waits on the lines of the national indicator, counted from the hours now."""
    return counted(
        centrals=[central],
        period=period,
        line_classes=default_definition().line_classes,
        edges=edges,
    )


def waiting_series(
    *, central: Central, period: Period, waits: WaitDistribution, url: str
) -> Series:
    """The distribution with its table; the share so far is of all calls, as the indicator is."""
    return Series(
        key=f"waits-{central.pk}",
        title=_("Calls by wait"),
        summary=_summary(waits),
        chart=_chart(waits),
        table=waiting_table(central=central, period=period, waits=waits),
        url=url,
        has_figures=waits.calls > 0,
        note=_(
            "A call that waited exactly 10 seconds is in the first row of the table; from two"
            " minutes on each row is half a minute. The shares are of all calls, also those whose"
            " wait is not known."
        ),
    )


def waiting_table(*, central: Central, period: Period, waits: WaitDistribution) -> Table:
    """A row a bin, then the calls of unknown wait, then all."""
    answered = list(accumulate(each.answered for each in waits.bins))
    unanswered = list(accumulate(each.unanswered for each in waits.bins))
    rows = [
        _row(bin_words(each), each.answered, each.unanswered, waits.calls, so_far)
        for each, *so_far in zip(waits.bins, answered, unanswered, strict=True)
    ]
    unknown = (waits.unknown_answered, waits.unknown_unanswered)
    whole = (answered[-1] + unknown[0], unanswered[-1] + unknown[1])
    rows.append(_row(_("unknown wait"), *unknown, waits.calls, None))
    rows.append(_row(_("Total"), *whole, waits.calls, list(whole)))
    return Table(
        caption=_("Calls by wait, %(central)s, %(months)s")
        % {"central": central.name, "months": words.months_span(period)},
        headings=(
            _("Wait"),
            _("Answered"),
            _("Not answered"),
            _("Answered so far, of all calls (%)"),
            _("Not answered so far, of all calls (%)"),
        ),
        rows=tuple(rows),
    )


def bin_words(each: WaitBin) -> str:
    """From and to, in seconds below two minutes and in minutes and seconds above."""
    if each.upto_seconds is None:
        return _("more than %(wait)s") % {"wait": words.duration(each.after_seconds)}
    if each.upto_seconds <= 120:
        return _("%(after)s–%(upto)s s") % {
            "after": each.after_seconds,
            "upto": each.upto_seconds,
        }
    return _("%(after)s–%(upto)s min") % {
        "after": clock(each.after_seconds),
        "upto": clock(each.upto_seconds),
    }


def clock(seconds: int) -> str:
    """Minutes and seconds as on a stop watch.

    >>> clock(150)
    '2:30'
    """
    return f"{seconds // 60}:{seconds % 60:02d}"


def _row(name: str, answered: int, unanswered: int, calls: int, so_far: list[int] | None) -> Row:
    return Row(cells=(name, answered, unanswered, *_shares(so_far, calls=calls)))


def _shares(so_far: list[int] | None, *, calls: int) -> tuple[Cell, ...]:
    found = [percent(count, calls) for count in so_far or (0, 0)]
    if so_far is None or None in found:
        return (NOTHING, NOTHING)
    return tuple(each for each in found if each is not None)


def _chart(waits: WaitDistribution) -> dict[str, Any]:
    """Bars of half a minute throughout: shorter ones beside longer ones would mislead."""
    rows: Rows = []
    for place, (upto, group) in enumerate(groupby(waits.bins, key=_half_minute)):
        bins = list(group)
        label = clock(upto) if upto else f"> {clock(EDGES[-1])}"
        for kind in ("answered", "unanswered"):
            calls = sum(getattr(each, kind) for each in bins)
            rows.append({"place": place, "label": label, "kind": kind, "calls": calls})
    return drawing(
        "wait_distribution",
        data={"bins": rows},
        texts={
            "wait": _("Wait, up to (minutes:seconds)"),
            "calls": _("Calls"),
            "answered": _("Answered"),
            "unanswered": _("Not answered"),
        },
    )


def _half_minute(each: WaitBin) -> int | None:
    """The end of the half minute that the bin lies in, in seconds."""
    return None if each.upto_seconds is None else -(-each.upto_seconds // 30) * 30


def _summary(waits: WaitDistribution) -> str:
    within = sum(
        each.answered
        for each in waits.bins
        if each.upto_seconds and each.upto_seconds <= default_definition().limit_seconds
    )
    share = percent(within, waits.calls)
    if share is None:
        return _("No calls")
    return _("%(part)s of %(whole)s calls were answered within %(limit)s, %(share)s.") % {
        "part": words.number(within),
        "whole": words.number(waits.calls),
        "limit": words.limit(default_definition().limit_seconds),
        "share": words.percent(share),
    }
