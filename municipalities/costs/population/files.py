"""The inhabitants as files: six years beside each other, and every figure by itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day
from municipalities.costs.population.presenters import NOTHING, status_name
from municipalities.costs.population.queries import PopulationYears
from municipalities.register.queries import Counted


def years_table(years: PopulationYears) -> Table:
    """The same as a file: a column for each 1 January."""
    totals = tuple(_or_nothing(years.inhabitants(on)) for on in years.days)
    return Table(
        caption=_("Inhabitants on the last six 1 Januaries"),
        headings=(_("Number"), _("Municipality"), *map(day, years.days)),
        rows=(
            *(
                Row((each.number, each.name, *(_cell(years.figure(each, on)) for on in years.days)))
                for each in years.municipalities
            ),
            Row(("", _("All that took part"), *totals)),
        ),
    )


def figures_table(years: PopulationYears) -> Table:
    """Every figure by itself, with its status, source and day of retrieval."""
    return Table(
        caption=_("Every figure with its source"),
        headings=(
            _("Number"),
            _("Municipality"),
            _("Counted on"),
            _("Inhabitants"),
            _("Status"),
            _("Source"),
            _("Retrieved"),
        ),
        rows=tuple(_figure_row(each) for each in years.figures.values()),
    )


def _figure_row(each: Counted) -> Row:
    return Row(
        (
            each.municipality.number,
            each.municipality.name,
            each.counted_date.isoformat(),
            each.inhabitants,
            status_name(each.status),
            each.source,
            each.retrieved_date.isoformat(),
        )
    )


def _cell(figure: Counted | None) -> Cell:
    return _or_nothing(figure.inhabitants if figure else None)


def _or_nothing(value: int | None) -> Cell:
    return NOTHING if value is None else value
