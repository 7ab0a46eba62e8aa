"""A central's years beside the nation's: a chart, its table, and what else is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from callstats.comparison import words
from callstats.comparison.national import Fact, National, NationalYear
from callstats.comparison.queries import Months
from callstats.indicators.definitions import Definition
from callstats.indicators.words import state_words
from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import limit, number
from legevakt.lib.words import percent as percent_words
from municipalities.models import Central

NAMED_COLUMNS = (
    gettext_lazy("Year"),
    gettext_lazy("Central"),
    gettext_lazy("Answered in time"),
    gettext_lazy("Where it stands"),
)
CHART = Path(__file__).parent / "years.vl.json"


def years_of(national: National, own: Mapping[int, Months]) -> list[int]:
    """Every year that the nation or the central has something of, oldest first."""
    published = {year.year for year in national.years}
    return sorted(published | {year for year, months in own.items() if months.stored})


def year_table(
    national: National, *, central: Central, own: Mapping[int, Months], definition: Definition
) -> Table:
    """A row a year, latest first; what is not published is a dash."""
    published = {year.year: year for year in national.years}
    return Table(
        caption=_("%(central)s beside the nation, year by year") % {"central": central.name},
        headings=(
            _("Year"),
            _("Remarks"),
            _("Here: answered within %(limit)s") % {"limit": limit(definition.limit_seconds)},
            _("Here: calls"),
            _("Here: share (%)"),
            _("Here: hours with data"),
            _("Here: hours in the period"),
            _("The nation: share (%)"),
            _("The nation: target of %(target)s")
            % {"target": percent_words(national.target_percent)},
            _("The nation: calls"),
            _("The nation: centrals"),
            _("The nation: centrals that met the target"),
        ),
        rows=tuple(
            _row(year, own.get(year), published.get(year))
            for year in reversed(years_of(national, own))
        ),
    )


def year_chart(
    national: National, *, central: Central, own: Mapping[int, Months], definition: Definition
) -> dict[str, Any]:
    """Both shares of every year; where the nation's is not published, what is known in words."""
    published = {year.year: year for year in national.years}
    rows: list[dict[str, Any]] = []
    for year in years_of(national, own):
        rows.append(_own_bar(year, own.get(year), name=central.name))
        rows.append(_nation_bar(year, published.get(year), national=national))
    spec = localise(
        load_spec(CHART),
        texts={
            "share": _("Share answered within %(limit)s")
            % {"limit": limit(definition.limit_seconds)},
            "target": percent_words(national.target_percent),
            "own": central.name,
            "nation": _("The nation"),
        },
        language=_language(),
    )
    return with_data(spec, data={"years": rows})


def named_rows(national: National) -> list[list[str]]:
    """The centrals that publications name: year, name, percentage, where it stands."""
    return [
        [str(year.year), name, percent_words(fact.value), _standing(fact)]
        for year in reversed(national.years)
        for name, fact in sorted(year.named.items())
    ]


def spread_sentences(national: National) -> list[str]:
    """How the centrals of a year lie, where it is published."""
    return [_spread(year, year.spread) for year in reversed(national.years) if year.spread]


def _spread(year: NationalYear, spread: Fact) -> str:
    parts = [
        _("%(centrals)s between %(from)s and %(to)s")
        % {
            "centrals": number(part["centrals"]),
            "from": number(part["from_percent"]),
            "to": percent_words(part["to_percent"]),
        }
        for part in spread.value
    ]
    return _("%(year)s: of %(whole)s centrals %(met)s met the target; the others: %(parts)s.") % {
        "year": year.year,
        "whole": _value(year.centrals),
        "met": _centrals_met(year.centrals_met),
        "parts": ", ".join(parts),
    }


def _row(year: int, own: Months | None, found: NationalYear | None) -> Row:
    return Row((str(year), _remarks(found), *_own_cells(own), *_nation_cells(found)))


def _own_cells(months: Months | None) -> Sequence[Cell]:
    if months is None or not months.stored:
        return (words.NOTHING,) * 5
    tally = months.tally
    hours = (tally.hours_with_feed, tally.hours_in_period)
    if tally.percent is None:
        return (words.NOTHING, words.NOTHING, state_words(months.state).lower(), *hours)
    return (tally.numerator, tally.denominator, tally.percent, *hours)


def _nation_cells(year: NationalYear | None) -> Sequence[Cell]:
    if year is None:
        return (words.NOTHING,) * 5
    return (
        _value(year.percent),
        _met(year.target_met),
        words.about_calls(year.calls.value) if year.calls else words.NOTHING,
        _value(year.centrals),
        _centrals_met(year.centrals_met),
    )


def _value(fact: Fact | None) -> Cell:
    """As published: 63 stays 63."""
    if fact is None:
        return words.NOTHING
    return fact.value if isinstance(fact.value, int) else Decimal(str(fact.value))


def _met(fact: Fact | None) -> str:
    if fact is None:
        return words.NOTHING
    return _("met") if fact.value else _("not met")


def _centrals_met(fact: Fact | None) -> Cell:
    if fact is None:
        return words.NOTHING
    if fact.value["count"] is not None:
        return fact.value["count"]
    return _("one in %(number)s") % {"number": number(fact.value["one_in"])}


def _remarks(year: NationalYear | None) -> str:
    """What a reader must know of the nation's figures of the year."""
    if year is None:
        return _("the nation's figures are not noted here")
    if any(fact.is_preliminary for fact in year.facts):
        return _("the nation's figures are preliminary")
    return words.NOTHING if year.percent else _("the nation's percentage is not published")


def _standing(fact: Fact) -> str:
    titles = "; ".join(source.title for source in fact.sources)
    return titles if fact.is_verified else _("not verified: read at second hand")


def _own_bar(year: int, months: Months | None, *, name: str) -> dict[str, Any]:
    share = months.tally.share if months else None
    return {"year": str(year), "who": name, "share": share, "words": ""}


def _nation_bar(year: int, found: NationalYear | None, *, national: National) -> dict[str, Any]:
    told = {"year": str(year), "who": _("The nation"), "share": None, "words": ""}
    if found is None:
        return told
    if found.percent:
        return told | {"share": float(found.percent.value) / 100}
    if found.target_met and not found.target_met.value:
        target = percent_words(national.target_percent)
        return told | {"words": _("below %(target)s") % {"target": target}}
    return told


def _language() -> str:
    language = get_language() or "nn"
    return language if language in ("nn", "nb", "en") else "en"
