"""When callers lose patience: of those still waiting, how many hung up in the next half minute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from callstats.queries import WaitBin, WaitDistribution, is_few, percent
from legevakt.lib import words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.models import Central
from reporting.statistics.series import Series, drawing
from reporting.statistics.waiting import bin_words, clock

# Steps of one length, so that their shares can be compared.
STEP_SECONDS = 30
EDGES = tuple(range(STEP_SECONDS, 601, STEP_SECONDS))


def abandonment_series(
    *, central: Central, period: Period, waits: WaitDistribution, url: str
) -> Series:
    """The share that hung up in each step, of those who had waited until it began."""
    return Series(
        key=f"abandonment-{central.pk}",
        title=_("Callers who hang up, by how long they have waited"),
        summary=_summary(waits),
        chart=_chart(waits),
        table=abandonment_table(central=central, period=period, waits=waits),
        url=url,
        has_figures=waits.calls > 0,
        note=_(
            "Each share is of the calls that still waited when the half minute began: those that"
            " were answered or hung up before it are not in it. Calls that ended otherwise, such"
            " as a full queue, and calls whose wait is not known are not counted as hung up."
        ),
    )


def abandonment_table(*, central: Central, period: Period, waits: WaitDistribution) -> Table:
    """A row a step: still waiting, hung up, answered, and the share that hung up."""
    return Table(
        caption=_("Callers who hang up by wait, %(central)s, %(months)s")
        % {"central": central.name, "months": words.months_span(period)},
        headings=(
            _("Wait"),
            _("Still waiting"),
            _("Hung up"),
            _("Answered"),
            _("Hung up, of those still waiting (%)"),
        ),
        rows=tuple(
            Row(
                cells=(
                    bin_words(each),
                    waiting,
                    each.abandoned,
                    each.answered,
                    _share(each, waiting),
                )
            )
            for each, waiting in zip(waits.bins, still_waiting(waits.bins), strict=True)
        ),
    )


def still_waiting(bins: Sequence[WaitBin]) -> list[int]:
    """For each bin the calls of known wait that had not ended when it began.

    Example: of 10 calls 6 ended in the first bin and 3 in the second: [10, 4, 1].
    """
    return [sum(each.calls for each in bins[place:]) for place in range(len(bins))]


def _share(each: WaitBin, waiting: int) -> Cell:
    """Of fewer than five callers there is no share."""
    found = percent(each.abandoned, waiting)
    return _("too few calls") if found is None or is_few(waiting) else found


def _chart(waits: WaitDistribution) -> dict[str, Any]:
    steps = zip(waits.bins, still_waiting(waits.bins), strict=True)
    return drawing(
        "abandonment",
        data={
            "steps": [
                {
                    "place": place,
                    "label": clock(each.after_seconds),
                    "share": None if is_few(waiting) or not waiting else each.abandoned / waiting,
                }
                for place, (each, waiting) in enumerate(steps)
                if each.upto_seconds
            ]
        },
        texts={
            "wait": _("Had waited (minutes:seconds)"),
            "share": _("Hung up in the next half minute"),
        },
    )


def _summary(waits: WaitDistribution) -> str:
    abandoned = sum(each.abandoned for each in waits.bins)
    known = waits.calls - waits.unknown
    share = percent(abandoned, known)
    if share is None:
        return _("No calls")
    return _("%(part)s of %(whole)s calls with known wait hung up, %(share)s.") % {
        "part": words.number(abandoned),
        "whole": words.number(known),
        "share": words.percent(share),
    }
