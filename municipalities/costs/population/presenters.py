"""Six years of inhabitants as the page tells them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number, short_moment
from municipalities.costs.population.queries import PopulationYears, Revision
from municipalities.register.models import FigureStatus
from municipalities.register.queries import Counted

NOTHING = "–"


@dataclass(frozen=True)
class Card:
    """What components/_figure_card.html takes."""

    label: str
    value: str
    detail: str
    state: str
    state_text: str


@dataclass(frozen=True)
class ShownFigure:
    """A cell of the six years; `day` says what it is where the table is narrow."""

    day: str
    value: str
    is_provisional: bool


@dataclass(frozen=True)
class ShownYears:
    """A municipality's row; `is_sum` for all of them together."""

    name: str
    figures: list[ShownFigure]
    is_sum: bool = False


def cards(years: PopulationYears) -> list[Card]:
    """How complete the newest 1 January is, and all together on the newest complete one."""
    return [_completeness(years, years.days[-1]), _together(years)]


def missing(years: PopulationYears) -> str:
    """Who lacks a figure on the newest 1 January; empty where nobody does."""
    newest = years.days[-1]
    lacking = years.missing(newest)
    if not lacking:
        return ""
    told = {"day": day(newest), "names": ", ".join(each.name for each in lacking)}
    return (
        _("No figure on %(day)s: %(names)s. Statistics Norway publishes late in February.") % told
    )


def rows(years: PopulationYears) -> list[ShownYears]:
    """A row a municipality, and the sum of those who took part on each day."""
    found = [
        ShownYears(each.name, [_shown(years.figure(each, on), on) for on in years.days])
        for each in years.municipalities
    ]
    sums = [
        ShownFigure(day(on), NOTHING if total is None else number(total), is_provisional=False)
        for on in years.days
        for total in [years.inhabitants(on)]
    ]
    return [*found, ShownYears(_("All that took part"), sums, is_sum=True)]


def sources_table(years: PopulationYears) -> Table:
    """Where the figures are from, newest first; the municipalities named where not all have it."""
    found: dict[tuple[date, str, str, date], list[Counted]] = {}
    for each in years.figures.values():
        key = each.counted_date, each.status, each.source, each.retrieved_date
        found.setdefault(key, []).append(each)
    newest_first = sorted(found, key=lambda key: (key[0], key[3]), reverse=True)
    return Table(
        caption=_("Status, source and when the figures were fetched"),
        headings=(
            _("Counted on"),
            _("Municipalities"),
            _("Status"),
            _("Source"),
            _("Retrieved"),
        ),
        rows=tuple(
            Row(
                (
                    day(on),
                    _names(found[on, status, source, retrieved], years),
                    status_name(status),
                    source,
                    day(retrieved),
                )
            )
            for on, status, source, retrieved in newest_first
        ),
    )


def revisions_table(revisions: Iterable[Revision]) -> Table:
    """What was changed after it was final, and why."""
    return Table(
        caption=_("Final figures that were changed"),
        headings=(
            _("When"),
            _("Municipality"),
            _("Counted on"),
            _("Before"),
            _("After"),
            _("Why"),
            _("Who"),
        ),
        rows=tuple(
            Row(
                (
                    short_moment(each.at),
                    each.municipality.name,
                    day(each.counted_date),
                    number(each.before),
                    number(each.after),
                    each.why or NOTHING,
                    each.who.name if each.who else NOTHING,
                )
            )
            for each in revisions
        ),
    )


def stacked(table: Table) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rows for components/_table.html with `stacked`: a head, and cells with their headings."""
    _first, *headings = table.headings
    return [(head, list(zip(headings, cells, strict=True))) for head, *cells in table.shown]


def _completeness(years: PopulationYears, on: date) -> Card:
    counted, lacking = years.counted(on), years.missing(on)
    told = {"part": number(len(counted)), "whole": number(len(counted) + len(lacking))}
    return Card(
        label=_("Figures on %(day)s") % {"day": day(on)},
        value=_("%(part)s of %(whole)s") % told,
        detail=_("municipalities that took part then"),
        state="unknown" if lacking or not counted else _state(counted),
        state_text=_("Incomplete") if lacking or not counted else _state_text(counted),
    )


def _together(years: PopulationYears) -> Card:
    if not years.complete_days:
        return Card(
            label=_("Inhabitants together"),
            value="",
            detail=_("No 1 January has figures of everybody who took part."),
            state="",
            state_text="",
        )
    newest = years.complete_days[-1]
    counted = years.counted(newest)
    return Card(
        label=_("Inhabitants together"),
        value=number(years.inhabitants(newest) or 0),
        detail=_("on %(day)s") % {"day": day(newest)},
        state=_state(counted),
        state_text=_state_text(counted),
    )


def _state(counted: list[Counted]) -> str:
    return "met" if all(each.is_final for each in counted) else "unknown"


def _state_text(counted: list[Counted]) -> str:
    is_final = all(each.is_final for each in counted)
    return status_name(FigureStatus.FINAL if is_final else FigureStatus.PROVISIONAL)


def status_name(status: str) -> str:
    """The status as a word of its own."""
    return _("Final") if status == FigureStatus.FINAL else _("Provisional")


def _shown(figure: Counted | None, on: date) -> ShownFigure:
    if figure is None:
        return ShownFigure(day(on), NOTHING, is_provisional=False)
    return ShownFigure(day(on), number(figure.inhabitants), is_provisional=not figure.is_final)


def _names(counted: list[Counted], years: PopulationYears) -> str:
    if len(counted) == len(years.municipalities):
        return _("All of them")
    return ", ".join(each.municipality.name for each in counted)
