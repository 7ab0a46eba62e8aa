"""How the telephones were answered, as sentences: never more than the figures say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib import words

Level = Mapping[str, Any]


def share(figures: Mapping[str, Any]) -> Iterable[str]:
    """The share within two minutes and how far it was from the target, together."""
    level, target = figures["total"]["year"], figures["definition"]["target_percent"]
    if level["percent"] is None:
        return
    told = _share(level) % {
        "year": figures["year"],
        "share": words.percent(Decimal(level["percent"])),
        "answered": words.number(level["numerator"]),
        "calls": words.number(level["denominator"]),
    }
    yield f"{told} {_target(level, target=target)}"


def against_before(figures: Mapping[str, Any]) -> Iterable[str]:
    """The change from the year before in percentage points, and how far it can be trusted."""
    level, before = figures["total"]["year"], figures["total"]["previous"]
    if not before or None in (level["percent"], before["percent"]):
        return
    change = Decimal(level["percent"]) - Decimal(before["percent"])
    told = _changed(change) % {
        "now": figures["year"],
        "year": figures["year"] - 1,
        "points": words.number(abs(change)),
        "share": words.percent(Decimal(before["percent"])),
    }
    if is_whole(level) and is_whole(before):
        yield told
    else:
        care = _("Not every hour of the two years has data, so compare them with care.")
        yield f"{told} {care}"


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


def is_whole(level: Level) -> bool:
    """Whether there are data for every hour."""
    return bool(level["hours_with_feed"] == level["hours_in_period"])


def _share(level: Level) -> str:
    if is_whole(level):
        return _(
            "In %(year)s %(share)s of the calls were answered within two minutes"
            " (%(answered)s of %(calls)s)."
        )
    return _(
        "In the hours of %(year)s that there are data of, %(share)s of the calls were answered"
        " within two minutes (%(answered)s of %(calls)s)."
    )


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
        return _("The share of %(now)s is the same as in %(year)s (%(share)s).")
    if change > 0:
        return _(
            "The share of %(now)s is %(points)s percentage points higher than in %(year)s"
            " (%(share)s)."
        )
    return _(
        "The share of %(now)s is %(points)s percentage points lower than in %(year)s (%(share)s)."
    )
