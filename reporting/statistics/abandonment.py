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
from reporting.statistics.bands import bin_words, clock, hanging_up_bins, put_together_note
from reporting.statistics.series import Series, drawing

# Steps of one length, so that their shares can be compared.
STEP_SECONDS = 30
EDGES = tuple(range(STEP_SECONDS, 601, STEP_SECONDS))


def abandonment_series(
    *, central: Central, period: Period, waits: WaitDistribution, url: str
) -> Series:
    """The share that hung up in each step, of those who had waited until it began."""
    bins = hanging_up_bins(waits.bins)
    return Series(
        key=f"abandonment-{central.pk}",
        title=_("Callers who hang up, by how long they have waited"),
        summary=_summary(waits),
        chart=_chart(bins),
        table=abandonment_table(central=central, period=period, bins=bins),
        url=url,
        has_figures=waits.calls > 0,
        note=_note(bins),
    )


def abandonment_table(*, central: Central, period: Period, bins: Sequence[WaitBin]) -> Table:
    """A row a step: still waiting, hung up, the others, and the share that hung up."""
    return Table(
        caption=_("Callers who hang up by wait, %(central)s, %(months)s")
        % {"central": central.name, "months": words.months_span(period)},
        headings=(
            _("Wait"),
            _("Still waiting"),
            _("Hung up"),
            _("Answered, or ended otherwise"),
            _("Hung up, of those still waiting (%)"),
        ),
        rows=tuple(
            Row(
                cells=(
                    bin_words(each),
                    waiting,
                    each.abandoned,
                    each.calls - each.abandoned,
                    _share(each, waiting),
                )
            )
            for each, waiting in zip(bins, still_waiting(bins), strict=True)
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


def _chart(bins: Sequence[WaitBin]) -> dict[str, Any]:
    steps = zip(bins, still_waiting(bins), strict=True)
    return drawing(
        "abandonment",
        data={
            "steps": [
                {
                    "place": place,
                    "label": _label(each),
                    "share": None if is_few(waiting) or not waiting else each.abandoned / waiting,
                }
                for place, (each, waiting) in enumerate(steps)
                if each.upto_seconds
            ]
        },
        texts={
            "wait": _("Had waited (minutes:seconds)"),
            "share": _("Hung up within the step"),
        },
    )


def _label(each: WaitBin) -> str:
    """Where the step begins; of one longer than half a minute also where it ends."""
    begins, ends = each.after_seconds, each.upto_seconds or each.after_seconds
    if ends - begins <= STEP_SECONDS:
        return clock(begins)
    return f"{clock(begins)}–{clock(ends)}"


def _note(bins: Sequence[WaitBin]) -> str:
    """What the shares are of, and how many rows are put together."""
    reading = _(
        "Each share is of the calls that still waited when the row’s time began: those that were"
        " answered or hung up before it are not in it. Calls that ended otherwise, such as a full"
        " queue, and calls whose wait is not known are not counted as hung up. A longer step has"
        " a larger share."
    )
    longer = sum(_is_long(each) for each in bins)
    return f"{reading} {put_together_note(longer)}".strip()


def _is_long(each: WaitBin) -> bool:
    """Whether it is of several steps."""
    if each.upto_seconds is None:
        return each.after_seconds < EDGES[-1]
    return each.upto_seconds - each.after_seconds > STEP_SECONDS


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
