"""The calls by municipality in words: one table, and the chart of its shares."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from callstats.queries import Definition, hidden_note, hidden_word, percent
from legevakt.lib import words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.models import Central
from reporting.statistics.places import UNKNOWN, Place, Places
from reporting.statistics.series import Series, drawing, part_headings


def municipality_series(
    *, central: Central, definition: Definition, period: Period, places: Places, url: str
) -> Series:
    """The municipalities with their table; what is hidden has no bar."""
    table = municipality_table(central=central, definition=definition, period=period, places=places)
    return Series(
        key=f"municipalities-{central.pk}",
        title=_("Answered in time, by municipality"),
        summary=_summary(places),
        chart=_chart(places, definition=definition),
        table=table,
        url=url,
        note=hidden_note(sum(row.cells.count(hidden_word()) for row in table.rows)),
        text_columns=2,
        has_figures=places.whole.calls != 0,
    )


def municipality_table(
    *, central: Central, definition: Definition, period: Period, places: Places
) -> Table:
    """A row a municipality by name, the unknown last, and their sum."""
    in_time, calls = part_headings(definition)
    return Table(
        caption=_("Calls by municipality, %(central)s, %(months)s")
        % {"central": central.name, "months": words.months_span(period)},
        headings=(
            _("Municipality"),
            _("Municipality number"),
            calls,
            in_time,
            _("Share (%)"),
            _("Not answered"),
        ),
        rows=(
            *(
                Row(cells=(_name(place), place.number or "–", *_cells(place)))
                for place in places.rows
            ),
            Row(cells=(_("Total"), "–", *_cells(places.whole))),
        ),
    )


def _cells(place: Place) -> tuple[Cell, ...]:
    return (
        _count(place.calls),
        _count(place.in_time),
        _share(place),
        _count(place.unanswered),
    )


def _share(place: Place) -> Cell:
    """Only where both of its parts are shown: else it would tell the hidden one."""
    if place.calls is None or place.in_time is None:
        return hidden_word()
    found = percent(place.in_time, place.calls)
    return _("no calls") if found is None else found


def _count(calls: int | None) -> Cell:
    return hidden_word() if calls is None else calls


def _name(place: Place) -> str:
    return _("Unknown municipality") if place.number == UNKNOWN else place.name


def _chart(places: Places, *, definition: Definition) -> dict[str, Any]:
    rows = [
        {
            "place": order,
            "name": _name(place),
            "share": place.in_time / place.calls
            if place.in_time is not None and place.calls
            else None,
        }
        for order, place in enumerate(places.rows)
    ]
    return drawing(
        "by_municipality",
        data={"places": rows, "targets": [{"share": definition.target / 100}]},
        texts={
            "share": part_headings(definition)[0],
            "hidden": hidden_word(),
            "target": words.percent(definition.target),
        },
    )


def _summary(places: Places) -> str:
    """How many of the calls have a municipality; nothing where that would tell a hidden cell."""
    unknown = next((row.calls for row in places.rows if row.number == UNKNOWN), 0)
    if places.whole.calls is None or unknown is None:
        return ""
    return _("The municipality is known of %(known)s of %(calls)s calls.") % {
        "known": words.number(places.whole.calls - unknown),
        "calls": words.number(places.whole.calls),
    }
