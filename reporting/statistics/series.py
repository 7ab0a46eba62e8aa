"""A chart, the table of the same figures, and the address at which both stand for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from callstats.queries import Definition
from legevakt.lib import words
from legevakt.lib.charts import Rows, load_spec, localise, with_data
from legevakt.lib.tables import Table

CHARTS = Path(__file__).resolve().parent.parent / "charts"


@dataclass(frozen=True)
class Series:
    """A chart with the table of its figures. `key` is unique to the page.

    `url` has every filter in it; `note` says how to read the figures; without any of them,
    `has_figures` is False and no chart is drawn.
    """

    key: str
    title: str
    summary: str
    chart: dict[str, Any]
    table: Table
    url: str
    note: str = ""
    text_columns: int = 1
    has_figures: bool = True

    @property
    def csv_url(self) -> str:
        return f"{self.url}&format=csv"

    @property
    def xlsx_url(self) -> str:
        return f"{self.url}&format=xlsx"


def drawing(name: str, *, data: Mapping[str, Rows], texts: Mapping[str, str]) -> dict[str, Any]:
    """The specification of that name in the language of the page, with its data."""
    language = get_language() or "nn"
    spec = localise(
        load_spec(CHARTS / f"{name}.vl.json"),
        texts=texts,
        language=language if language in ("nn", "nb", "en") else "en",
    )
    return with_data(spec, data=data)


def indicator_name(definition: Definition) -> str:
    """The definition's name in the language of the page."""
    return definition.name.get(get_language() or "nn", definition.name["nn"])


def part_headings(definition: Definition) -> tuple[str, str]:
    """Numerator and denominator as what they count, where one word says it."""
    term = definition.numerator[0]
    is_answered = len(definition.numerator) == 1 and term.outcomes == ("answered",)
    numerator, denominator = _("Numerator"), _("Denominator")
    if is_answered and term.within_seconds:
        numerator = _("Answered within %(limit)s") % {"limit": words.limit(term.within_seconds)}
    if _counts_every_call(definition):
        denominator = _("Calls")
    return numerator, denominator


def _counts_every_call(definition: Definition) -> bool:
    is_whole = all(term.edge is None for term in definition.denominator)
    return is_whole and "abandoned" in definition.outcomes and not definition.excludes
