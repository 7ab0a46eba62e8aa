"""Where the callers rang from: calls by municipality, with small ones hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from callstats.queries import (
    Definition,
    Suppression,
    Tally,
    levels_by,
    suppressed,
    suppressed_shares,
    total,
)
from legevakt.lib.periods import Period
from municipalities.models import Central, Municipality

UNKNOWN = ""


@dataclass(frozen=True)
class Place:
    """A municipality by its number (empty: not known) and its calls; None is what is hidden."""

    number: str
    name: str
    calls: int | None
    in_time: int | None
    unanswered: int | None


@dataclass(frozen=True)
class Places:
    """The municipalities by name, the unknown last, and all of them together."""

    rows: tuple[Place, ...]
    whole: Place


def places_of(*, central: Central, definition: Definition, period: Period) -> Places:
    """The calls of the period by the caller's municipality, counted from the hours now."""
    levels = levels_by(centrals=[central], period=period, definition=definition, by="municipality")
    names = names_on(period.ends_on, numbers=levels)
    return hidden_places(levels, names=names)


def names_on(day: date, *, numbers: Iterable[str]) -> dict[str, str]:
    """Number → name on the day, or the last name that a number had which is out of use."""
    rows = (
        Municipality.objects.filter(number__in=[*numbers], valid_from__lte=day)
        .order_by("number", "valid_from")
        .values_list("number", "name")
    )
    return dict(rows)


def hidden_places(levels: Mapping[str, Tally], *, names: Mapping[str, str]) -> Places:
    """Each column on its own: a row whose calls are hidden shows nothing."""
    calls = suppressed({number: level.denominator for number, level in levels.items()})
    parts = {number: (level.numerator, level.denominator) for number, level in levels.items()}
    in_time = suppressed(
        {number: level.numerator for number, level in levels.items()},
        beside=calls.cells | suppressed_shares(parts).cells,
    )
    unanswered = suppressed(
        {number: level.unanswered for number, level in levels.items()}, beside=calls.cells
    )
    order = sorted(levels, key=lambda number: (number == UNKNOWN, names.get(number, number)))
    columns = (calls, in_time, unanswered)
    return Places(
        rows=tuple(
            _place(number, names.get(number, number), levels[number], columns) for number in order
        ),
        whole=_whole(total([*levels.values()]), columns),
    )


def _place(number: str, name: str, tally: Tally, columns: tuple[Suppression[str], ...]) -> Place:
    counts = (tally.denominator, tally.numerator, tally.unanswered)
    shown = [
        None if number in column.cells else count
        for count, column in zip(counts, columns, strict=True)
    ]
    return Place(number, name, *shown)


def _whole(tally: Tally, columns: tuple[Suppression[str], ...]) -> Place:
    hides_all = columns[0].hides_total
    counts = (tally.denominator, tally.numerator, tally.unanswered)
    shown = [
        None if hides_all or column.hides_total else count
        for count, column in zip(counts, columns, strict=True)
    ]
    return Place(UNKNOWN, "", *shown)
