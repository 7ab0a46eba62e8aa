"""The tables of the page, the same on the screen and in the downloaded file."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from callstats.indicators.hidden_words import hidden_word
from callstats.staffing import words
from callstats.staffing.planning import Assumptions, Need, Option, options
from legevakt.lib.tables import Cell, Row, Table


def week_table(needs: Sequence[Need], *, asked: Assumptions) -> Table:
    """Every hour of the week that had data, Monday 00 first."""
    by_model = [_("Operators by Erlang A")] * asked.by_a + [_("Operators by Erlang C")] * asked.by_c
    return Table(
        caption=_("Operators needed in each hour of the week"),
        headings=(
            _("Day"),
            _("Hour"),
            _("Calls an hour"),
            _("Seconds a call, with work after it"),
            *by_model,
        ),
        rows=tuple(
            Row(
                cells=(
                    *_hour(need),
                    _calls(need),
                    int(words.rounded(need.load.handling_seconds, "1")),
                    *need.counts,
                )
            )
            for need in needs
        ),
    )


def options_table(needs: Sequence[Need], *, asked: Assumptions) -> Table:
    """Three rows an hour: one operator fewer, the needed, one more."""
    by_model = [_("Answered in time by Erlang A (%)")] * asked.by_a
    by_model += [_("Answered in time by Erlang C (%)")] * asked.by_c
    return Table(
        caption=_("One operator fewer, the needed, and one more"),
        headings=(
            _("Day"),
            _("Hour"),
            _("Against the need"),
            _("Calls an hour"),
            _("Operators"),
            *by_model,
        ),
        rows=tuple(
            Row(cells=tuple(cells)) for need in needs for cells in _option_rows(need, asked)
        ),
    )


def _hour(need: Need) -> list[Cell]:
    return [words.weekday(need.weekday), words.clock_hour(need.hour)]


def _calls(need: Need) -> Cell:
    if need.is_few:
        return hidden_word()
    return words.rounded(need.load.calls_per_hour, "0.01")


def _option_rows(need: Need, asked: Assumptions) -> list[list[Cell]]:
    return [
        [
            *_hour(need),
            _which(option.operators - need.operators),
            _calls(need),
            option.operators,
            *_shares(option, need=need),
        ]
        for option in options(need=need, assumptions=asked)
    ]


def _shares(option: Option, *, need: Need) -> list[Cell]:
    """Percent by the models asked; where nobody called there is none: neither 0 nor 100.

    They tell the load they are computed from, so they are hidden with it.
    """
    shares = [share for share in (option.share_a, option.share_c) if share is not None]
    if need.is_few:
        return [hidden_word()] * len(shares)
    is_called = need.load.calls_per_hour > 0
    return [words.rounded(100 * share, "0.1") if is_called else words.NOT_KNOWN for share in shares]


def _which(difference: int) -> str:
    return {-1: _("one fewer"), 0: _("needed"), 1: _("one more")}[difference]
