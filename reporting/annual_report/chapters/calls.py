"""How many called, and in which months they were answered best and poorest, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.queries import percent
from legevakt.lib import words
from legevakt.lib.periods import Period
from reporting.annual_report.chapters.answering import Level, is_whole

COUNTS = ("numerator", "denominator", "hours_with_feed", "hours_in_period")


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of all the centrals together."""

    starts_on: date
    numerator: int
    denominator: int
    hours_with_feed: int
    hours_in_period: int

    @property
    def is_whole(self) -> bool:
        """Whether every hour of every central is known, and somebody called."""
        return self.hours_with_feed == self.hours_in_period and self.denominator > 0

    @property
    def percent(self) -> Decimal | None:
        return percent(self.numerator, self.denominator)


def calls(figures: Mapping[str, Any]) -> Iterable[str]:
    """How many called and were not answered, and the year before where both are whole."""
    level, before = figures["total"]["year"], figures["total"]["previous"]
    if not level["offered"]:
        return
    yield _calls(level, year=figures["year"])
    if before and is_whole(level) and is_whole(before):
        yield ngettext(
            "In %(year)s there was %(count)s call.",
            "In %(year)s there were %(count)s calls.",
            before["offered"],
        ) % {"year": figures["year"] - 1, "count": words.number(before["offered"])}


def best_and_poorest(figures: Mapping[str, Any]) -> Iterable[str]:
    """The months with the highest and the lowest share, of those that every hour is known of.

    Nothing where fewer than two are, or where several share the first or last place.
    """
    whole = [each for each in months_of(figures) if each.is_whole]
    shares = sorted(each.percent for each in whole if each.percent is not None)
    if len(shares) < 2 or len({*shares[:2]}) < 2 or len({*shares[-2:]}) < 2:
        return
    by_share = {each.percent: each for each in whole}
    yield _(
        "The share was highest in %(best)s (%(high)s) and lowest in %(poorest)s (%(low)s), of the"
        " %(count)s months with data for every hour."
    ) % {
        "best": _name(by_share[shares[-1]]),
        "high": words.percent(shares[-1]),
        "poorest": _name(by_share[shares[0]]),
        "low": words.percent(shares[0]),
        "count": words.number(len(whole)),
    }


def months_of(figures: Mapping[str, Any]) -> list[Month]:
    """The year's months, of all the centrals together: summed, and never averaged."""
    by_month = zip(*(central["months"] for central in figures["centrals"]), strict=True)
    return [
        Month(
            starts_on=date.fromisoformat(levels[0]["starts_on"]),
            **{name: sum(each[name] for each in levels) for name in COUNTS},
        )
        for levels in by_month
    ]


def _calls(level: Level, *, year: int) -> str:
    told = {
        "year": year,
        "count": words.number(level["offered"]),
        "unanswered": words.number(level["unanswered"]),
    }
    if is_whole(level):
        said = ngettext(
            "In %(year)s there was %(count)s call, of which %(unanswered)s were not answered.",
            "In %(year)s there were %(count)s calls, of which %(unanswered)s were not answered.",
            level["offered"],
        )
    else:
        said = ngettext(
            "In the hours of %(year)s that there are data of there was %(count)s call, of which"
            " %(unanswered)s were not answered.",
            "In the hours of %(year)s that there are data of there were %(count)s calls, of which"
            " %(unanswered)s were not answered.",
            level["offered"],
        )
    return said % told


def _name(month: Month) -> str:
    return words.month_name(Period.month(month.starts_on.year, month.starts_on.month))
