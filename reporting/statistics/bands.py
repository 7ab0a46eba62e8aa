"""Waits in bands that each hold enough calls to be told: neighbours of few are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.queries import WaitBin, WaitDistribution, default_definition, merged, tells_of_few
from legevakt.lib import words

NO_BIN = WaitBin(after_seconds=0, upto_seconds=None, answered=0, abandoned=0, others=0)


@dataclass(frozen=True)
class Band:
    """Bins told as one, of which `bins` says how many; `known` is None for the unknown alone."""

    known: WaitBin | None
    answered: int
    unanswered: int
    has_unknown: bool = False
    bins: int = 1

    @property
    def name(self) -> str:
        if self.known is None:
            return _("unknown wait")
        found = bin_words(self.known)
        return _("%(wait)s, or unknown wait") % {"wait": found} if self.has_unknown else found


def waiting_bands(waits: WaitDistribution) -> list[Band]:
    """The bins in order and then the unknown, with no count of 1 to 4 of the answered or others.

    The bands part at the limit of the indicator wherever both sides have calls enough.
    """
    counts = [(each.answered, each.unanswered) for each in waits.bins]
    counts.append((waits.unknown_answered, waits.unknown_unanswered))
    return [_band(waits, run) for run in _runs(waits, counts)]


def hanging_up_bins(bins: Sequence[WaitBin]) -> list[WaitBin]:
    """The bins with no count of 1 to 4 of those who hung up, or of all others."""
    runs = merged([(each.abandoned, each.calls - each.abandoned) for each in bins])
    return [as_one(bins[run]) for run in runs]


def as_one(bins: Sequence[WaitBin]) -> WaitBin:
    """Neighbouring bins as one."""
    return reduce(_joined, bins)


def put_together_note(count: int) -> str:
    """How many rows are of several bands, and why; empty where none is."""
    if not count:
        return ""
    return ngettext(
        "%(count)s row is of several bands put together, so that no number of fewer than 5 calls"
        " is told.",
        "%(count)s rows are of several bands put together, so that no number of fewer than 5"
        " calls is told.",
        count,
    ) % {"count": words.number(count)}


def bin_words(each: WaitBin) -> str:
    """From and to, in seconds below two minutes and in minutes and seconds above."""
    if each.upto_seconds is None and not each.after_seconds:
        return _("any wait")
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


def _runs(waits: WaitDistribution, counts: Sequence[tuple[int, int]]) -> list[slice]:
    """Where a side has too few, a band goes over the limit.

    How many of it were answered in time can be computed from the indicator, so it is a count too.
    """
    limit = default_definition().limit_seconds
    in_time = sum(bool(each.upto_seconds and each.upto_seconds <= limit) for each in waits.bins)
    if not tells_of_few(counts[:in_time]) and not tells_of_few(counts[in_time:]):
        late = [slice(run.start + in_time, run.stop + in_time) for run in merged(counts[in_time:])]
        return [*merged(counts[:in_time]), *late]
    return merged(
        [
            (answered, unanswered, *((answered, 0) if place < in_time else (0, answered)))
            for place, (answered, unanswered) in enumerate(counts)
        ]
    )


def _band(waits: WaitDistribution, run: slice) -> Band:
    bins = waits.bins[run]
    has_unknown = run.stop > len(waits.bins)
    known = as_one(bins) if bins else NO_BIN
    return Band(
        known=known if bins else None,
        answered=known.answered + has_unknown * waits.unknown_answered,
        unanswered=known.unanswered + has_unknown * waits.unknown_unanswered,
        has_unknown=has_unknown,
        bins=run.stop - run.start,
    )


def _joined(first: WaitBin, following: WaitBin) -> WaitBin:
    return WaitBin(
        after_seconds=first.after_seconds,
        upto_seconds=following.upto_seconds,
        answered=first.answered + following.answered,
        abandoned=first.abandoned + following.abandoned,
        others=first.others + following.others,
    )
