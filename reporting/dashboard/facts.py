"""What stands beside a percentage on the page that explains it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from callstats.queries import (
    Definition,
    ImportsBehind,
    band_words,
    completeness_words,
    percent,
)
from legevakt.lib import words
from reporting.dashboard.queries import Month


class Fact(NamedTuple):
    """A name and its value on the page that explains a number."""

    name: str
    value: str


def figure_facts(month: Month, definition: Definition) -> list[Fact]:
    """Everything that is published beside the percentage (indicator reference, section 5.2)."""
    level = month.level
    second = _("Answered within %(limit)s") % {
        "limit": words.limit(definition.second_threshold_seconds)
    }
    unanswered = percent(level.unanswered, level.offered)
    return [
        Fact(_("Calls"), words.number(level.offered)),
        Fact(_("Answered"), words.number(level.answered)),
        Fact(_("Not answered"), _count_and_share(level.unanswered, unanswered)),
        Fact(
            second,
            _count_and_share(level.within_second, percent(level.within_second, level.denominator)),
        ),
        Fact(_("Median wait of answered calls"), words.duration(level.median_seconds)),
        Fact(_("Nine of ten were answered within"), words.duration(level.p90_seconds)),
        Fact(_("Longest wait of an answered call"), words.duration(level.longest_seconds)),
        Fact(_("Calls with unknown wait"), words.number(level.unknown_waits)),
        Fact(_("Calls in the doubled hour, time uncertain"), words.number(level.ambiguous_times)),
        Fact(
            _("Hung up before the queue (not in the denominator)"),
            words.number(level.before_queue),
        ),
    ]


def part_facts(month: Month) -> list[Fact]:
    """Numerator and denominator; dashes where nothing is known, since 0 would be a figure."""
    is_known = month.state in ("figures", "none_counted", "no_calls")
    level = month.level
    return [
        Fact(_("Numerator"), words.number(level.numerator) if is_known else "–"),
        Fact(_("Denominator"), words.number(level.denominator) if is_known else "–"),
        Fact(_("Completeness"), completeness_words(level)),
    ]


def band_facts(month: Month) -> list[Fact]:
    """The unanswered calls by how long they waited."""
    names = band_words()
    bands = month.level.bands
    return [Fact(names[band], words.number(bands[band])) for band in names if band in bands]


def import_facts(counts: ImportsBehind) -> list[Fact]:
    """The imports behind a month, as counts only."""
    return [
        Fact(_("Imports"), words.number(counts.imports)),
        Fact(_("Rows received"), words.number(counts.received)),
        Fact(_("New calls"), words.number(counts.created)),
        Fact(_("Corrected calls"), words.number(counts.updated)),
        Fact(_("Already stored"), words.number(counts.unchanged)),
        Fact(_("Refused rows"), words.number(counts.rejected)),
    ]


def _count_and_share(count: int, share: Decimal | None) -> str:
    if share is None:
        return words.number(count)
    return f"{words.number(count)} ({words.percent(share)})"
