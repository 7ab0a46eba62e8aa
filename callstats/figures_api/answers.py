"""A figure as the API tells it: always with what it rests on, and null where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from callstats.figures_api.places import Place
from callstats.indicators.rules import BANDS, ServiceLevel, is_complete, meets_target
from legevakt.lib.periods import OSLO, local_day
from legevakt.lib.tables import Cell, Row, Table

SUPPRESSED = "suppressed"
# Of a figure that is hidden, what could tell how many called.
HIDDEN = (
    *("numerator", "denominator", "percent", "value_seconds", "bands", "meets_target"),
    *("unknown_waits", "ambiguous_times", "before_queue", "excluded"),
)
FIELDS = (
    *("central", "period", "starts_at", "step", "definition", "definition_version", "kind"),
    *("numerator", "denominator", "percent", "value_seconds", "bands", "reason"),
    *("target_percent", "meets_target", "completeness", "unknown_waits", "ambiguous_times"),
    *("before_queue", "excluded", "as_of", "state", "revision", "published_at"),
)
PARTS = {
    "period": ("from", "to"),
    "bands": BANDS,
    "completeness": ("hours_with_data", "hours_in_period", "is_provisional"),
}
REASONS = ("no_calls", "no_data", "none_counted", SUPPRESSED)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A figure of a central. One that is not stored has neither state nor revision."""

    central: str
    step: str
    level: ServiceLevel
    version: int
    target_percent: int | None
    as_of: datetime
    state: str | None = None
    revision: int | None = None
    published_at: datetime | None = None
    is_hidden: bool = False

    @property
    def place(self) -> Place:
        begins: date | datetime = self.level.starts_at or self.level.starts_on
        return Place(self.central, begins, self.level.definition_id)


def told(listed: Listed) -> dict[str, Any]:
    """JSON-ready, in the order of FIELDS."""
    level = listed.level
    figure = figure_told(level, version=listed.version, target_percent=listed.target_percent)
    if listed.is_hidden:
        figure |= dict.fromkeys(HIDDEN) | {"reason": SUPPRESSED}
    return {
        "central": listed.central,
        **_when(level),
        "step": listed.step,
        **figure,
        "as_of": moment(listed.as_of),
        "state": listed.state,
        "revision": listed.revision,
        "published_at": moment(listed.published_at),
    }


def figure_told(level: ServiceLevel, *, version: int, target_percent: int | None) -> dict[str, Any]:
    """What a definition makes of a period, and what that rests on."""
    is_share = level.kind != "seconds"
    return {
        "definition": level.definition_id,
        "definition_version": version,
        "kind": level.kind,
        "numerator": level.numerator,
        "denominator": level.denominator,
        "percent": None if level.percent is None else str(level.percent),
        "value_seconds": level.value_seconds,
        "bands": level.bands if level.kind == "bands" else None,
        "reason": reason_of(level),
        "target_percent": target_percent,
        "meets_target": meets_target(level.numerator, level.denominator, target_percent)
        if is_share
        else None,
        "completeness": completeness_told(level),
        "unknown_waits": level.unknown_waits,
        "ambiguous_times": level.ambiguous_times,
        "before_queue": level.before_queue,
        "excluded": level.excluded,
    }


def completeness_told(level: ServiceLevel) -> dict[str, Any]:
    """Hours with data of the hours there are: 23 or 25 of a day when the clock is moved."""
    least = settings.INDICATOR_LEAST_COMPLETENESS_PERCENT
    return {
        "hours_with_data": level.hours_with_feed,
        "hours_in_period": level.hours_in_period,
        "is_provisional": not is_complete(level, least_percent=least),
    }


def reason_of(level: ServiceLevel) -> str | None:
    """Why there is no figure: nobody rang, no data, or none of the calls is one that counts."""
    return None if level.state == "figures" else level.state


def moment(at: datetime | None) -> str | None:
    """In UTC, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def chosen(item: Mapping[str, Any], *, fields: Sequence[str]) -> dict[str, Any]:
    """Of the item what was asked for."""
    return {name: item[name] for name in fields}


def as_table(items: Sequence[Mapping[str, Any]], *, fields: Sequence[str]) -> Table:
    """The same items, a column for each value; those of `period` are `period.from` and `.to`."""
    columns = [(name, part) for name in fields for part in PARTS.get(name, ("",))]
    return Table(
        caption="",
        headings=tuple(f"{name}.{part}" if part else name for name, part in columns),
        rows=tuple(
            Row(tuple(_cell(item[name], name=name, part=part) for name, part in columns))
            for item in items
        ),
    )


def _when(level: ServiceLevel) -> dict[str, Any]:
    """An hour's period is its day in Oslo, and its beginning tells its offset from UTC."""
    if level.starts_at is None:
        days = {"from": level.starts_on.isoformat(), "to": level.ends_on.isoformat()}
        return {"period": days, "starts_at": None}
    first = local_day(level.starts_at)
    following = date.fromordinal(first.toordinal() + 1)
    return {
        "period": {"from": first.isoformat(), "to": following.isoformat()},
        "starts_at": level.starts_at.astimezone(OSLO).isoformat(),
    }


def _cell(value: Any, *, name: str, part: str) -> Cell:
    if part:
        value = None if value is None else value[part]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if name in ("percent", "value_seconds"):
        return Decimal(str(value))
    return value
