"""The week at a glance: a table of hours by days, and the same as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from callstats.staffing import words
from callstats.staffing.planning import Assumptions, Need
from legevakt.lib.charts import load_spec, localise, with_data

CHART = Path(__file__).parent / "operators.vl.json"
SHADES = 5


@dataclass(frozen=True)
class HeatCell:
    """«3 (4)»: by Erlang A, in brackets by Erlang C. `shade` 1 to 5, 0 where nothing is known."""

    text: str
    shade: int


@dataclass(frozen=True)
class HeatRow:
    """One hour of the day, Monday to Sunday."""

    hour: str
    cells: list[HeatCell]


def heat_columns() -> list[str]:
    """The hour, and the seven days."""
    return [_("Hour"), *(capfirst(str(name)) for name in WEEKDAYS_ABBR.values())]


def heat_rows(needs: Sequence[Need | None]) -> list[HeatRow]:
    """24 rows; the darkest shade is the most operators of the week."""
    most = max((need.operators for need in needs if need), default=1)
    return [
        HeatRow(words.clock_hour(hour), [_cell(need, most=most) for need in needs[hour::24]])
        for hour in range(24)
    ]


def operators_chart(needs: Sequence[Need | None], *, asked: Assumptions) -> dict[str, Any]:
    """Operators through the week, a line a model; a gap where an hour has no data."""
    names = {"by_a": "Erlang A", "by_c": "Erlang C"}
    lines = [name for name in names if getattr(asked, name)]
    rows = [
        {"at": at, "model": names[line], "operators": need and getattr(need, line)}
        for line in lines
        for at, need in enumerate([*needs, needs[-1]])
    ]
    spec = localise(load_spec(CHART), texts={"operators": _("Operators")}, language=_language())
    return with_data(spec, data={"operators": rows})


def _cell(need: Need | None, *, most: int) -> HeatCell:
    if need is None:
        return HeatCell(words.NOT_KNOWN, 0)
    first, *second = need.counts
    text = f"{first} ({second[0]})" if second else str(first)
    return HeatCell(text, 1 + (SHADES - 1) * (need.operators - 1) // max(1, most - 1))


def _language() -> str:
    language = get_language() or "nn"
    return language if language in ("nn", "nb", "en") else "en"
