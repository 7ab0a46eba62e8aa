"""How long the callers waited: answered and unanswered calls by wait, and the share so far."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from callstats.queries import WaitDistribution, default_definition, percent
from callstats.queries import wait_distribution as counted
from legevakt.lib import words
from legevakt.lib.charts import Rows
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.models import Central
from reporting.statistics.bands import (
    Band,
    clock,
    put_together_note,
    waiting_bands,
)
from reporting.statistics.series import Series, drawing

# Every ten seconds to two minutes, every half minute to ten.
EDGES = (*range(10, 121, 10), *range(150, 601, 30))
NOTHING = "–"
HALF_MINUTE = 30


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
    bands = waiting_bands(waits)
    return Series(
        key=f"waits-{central.pk}",
        title=_("Calls by wait"),
        summary=_summary(waits),
        chart=_chart(bands),
        table=waiting_table(central=central, period=period, bands=bands),
        url=url,
        has_figures=waits.calls > 0,
        note=_note(bands),
    )


def waiting_table(*, central: Central, period: Period, bands: Sequence[Band]) -> Table:
    """A row a band, then the calls of unknown wait, then all."""
    answered = list(accumulate(each.answered for each in bands))
    unanswered = list(accumulate(each.unanswered for each in bands))
    calls = answered[-1] + unanswered[-1]
    rows = [
        _row(each.name, each.answered, each.unanswered, calls, None if each.has_unknown else so_far)
        for each, *so_far in zip(bands, answered, unanswered, strict=True)
    ]
    whole = [answered[-1], unanswered[-1]]
    rows.append(_row(_("Total"), answered[-1], unanswered[-1], calls, whole))
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


def _row(name: str, answered: int, unanswered: int, calls: int, so_far: list[int] | None) -> Row:
    return Row(cells=(name, answered, unanswered, *_shares(so_far, calls=calls)))


def _shares(so_far: list[int] | None, *, calls: int) -> tuple[Cell, ...]:
    found = [percent(count, calls) for count in so_far or (0, 0)]
    if so_far is None or None in found:
        return (NOTHING, NOTHING)
    return tuple(each for each in found if each is not None)


def _chart(bands: Sequence[Band]) -> dict[str, Any]:
    """Bars of half a minute, longer only where bands are put together: their label says so."""
    rows: Rows = []
    for place, bar in enumerate(_bars(bands)):
        for kind in ("answered", "unanswered"):
            calls = sum(getattr(each, kind) for each in bar)
            rows.append({"place": place, "label": _label(bar), "kind": kind, "calls": calls})
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


def _bars(bands: Sequence[Band]) -> list[list[Band]]:
    """The bands of known wait, those that end within a half minute with the following."""
    bars: list[list[Band]] = [[]]
    for band in bands:
        if band.known is not None:
            bars[-1].append(band)
            if (band.known.upto_seconds or 0) % HALF_MINUTE == 0:
                bars.append([])
    return bars[:-1]


def _label(bar: Sequence[Band]) -> str:
    """Where the bar ends; of one longer than half a minute also where it begins."""
    first, last = bar[0].known, bar[-1].known
    after = first.after_seconds if first else 0
    upto = last.upto_seconds if last else None
    if upto is None:
        return f"> {clock(after)}"
    return clock(upto) if upto - after <= HALF_MINUTE else f"{clock(after)}–{clock(upto)}"


def _note(bands: Sequence[Band]) -> str:
    """How to read the rows, and how many of them are put together."""
    reading = _(
        "A call that waited exactly 10 seconds is in the row that ends there; from two minutes on"
        " a row is of half a minute or more. The shares are of all calls, also those whose wait"
        " is not known."
    )
    return f"{reading} {put_together_note(sum(each.bins > 1 for each in bands))}".strip()


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
