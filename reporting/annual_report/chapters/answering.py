"""How the telephones were answered, as sentences: never more than the figures say."""

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

Level = Mapping[str, Any]
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


def share(figures: Mapping[str, Any]) -> Iterable[str]:
    """The share within two minutes, and how far it was from the target."""
    level, target = figures["total"]["year"], figures["definition"]["target_percent"]
    if level["percent"] is None:
        return
    yield _(
        "In %(year)s %(share)s of the calls were answered within two minutes"
        " (%(answered)s of %(calls)s)."
    ) % {
        "year": figures["year"],
        "share": words.percent(Decimal(level["percent"])),
        "answered": words.number(level["numerator"]),
        "calls": words.number(level["denominator"]),
    }
    yield _target(level, target=target)


def against_before(figures: Mapping[str, Any]) -> Iterable[str]:
    """The change from the year before in percentage points, and how far it can be trusted."""
    level, before = figures["total"]["year"], figures["total"]["previous"]
    if not before or None in (level["percent"], before["percent"]):
        return
    change = Decimal(level["percent"]) - Decimal(before["percent"])
    yield _changed(change) % {
        "year": figures["year"] - 1,
        "points": words.number(abs(change)),
        "share": words.percent(Decimal(before["percent"])),
    }
    if not (is_whole(level) and is_whole(before)):
        yield _(
            "The two years do not have data for all the hours, and should be compared with care."
        )


def completeness(figures: Mapping[str, Any]) -> Iterable[str]:
    """How many of the hours there are data of, where it is not all of them."""
    level = figures["total"]["year"]
    if is_whole(level):
        return
    yield _("There are data for %(known)s of the %(all)s hours of %(year)s.") % {
        "known": words.number(level["hours_with_feed"]),
        "all": words.number(level["hours_in_period"]),
        "year": figures["year"],
    }


def calls(figures: Mapping[str, Any]) -> Iterable[str]:
    """How many called, how many of them nobody answered, and the year before where both are whole."""
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


def is_whole(level: Level) -> bool:
    """Whether there are data for every hour."""
    return bool(level["hours_with_feed"] == level["hours_in_period"])


def _target(level: Level, *, target: int) -> str:
    lacking = -(-target * level["denominator"] // 100) - level["numerator"]
    told = {"target": words.percent(target), "count": words.number(max(lacking, 0))}
    if lacking <= 0:
        return _("The target of %(target)s was met.") % told
    said = ngettext(
        "The target of %(target)s was not met; %(count)s more call answered in time would have"
        " met it.",
        "The target of %(target)s was not met; %(count)s more calls answered in time would have"
        " met it.",
        lacking,
    )
    return said % told


def _changed(change: Decimal) -> str:
    if not change:
        return _("That is the same share as in %(year)s (%(share)s).")
    if change > 0:
        return _("That is %(points)s percentage points more than in %(year)s (%(share)s).")
    return _("That is %(points)s percentage points less than in %(year)s (%(share)s).")


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
