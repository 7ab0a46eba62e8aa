"""The shifts of a year in words, as a table and drawn."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import number
from municipalities.queries import Chart, Figure
from reporting.annual_report import numbers
from reporting.annual_report.chapters.doctors.counts import COUNTS, Counts, Year, covered, summed

SPEC = Path(__file__).parent / "shifts.vl.json"


def lead(year: Year) -> str:
    """Owed, delivered, hired and unfilled in sentences, as the report or its writer tells it."""
    counts = summed(year)
    told = {name: number(count) for name, count in counts.items()} | {"year": year["year"]}
    if not counts["owed"]:
        return _("In %(year)s no shifts were owed, and own doctors delivered %(delivered)s.") % told
    return _(
        "In %(year)s the municipalities owed %(owed)s shifts. Their own doctors delivered"
        " %(delivered)s (%(percent)s of what was owed). Hired doctors filled %(hired)s, and nobody"
        " filled %(unfilled)s."
    ) % (told | {"percent": covered(counts)})


def figures(year: Year) -> tuple[Figure, ...]:
    """The key numbers."""
    counts = summed(year)
    of = _("%(part)s of %(whole)s shifts")
    parts = {"part": number(counts["delivered"]), "whole": number(counts["owed"])}
    return (
        Figure(label=_("Delivered of what was owed"), value=covered(counts), detail=of % parts),
        Figure(label=_("Filled by hired doctors"), value=number(counts["hired"])),
        Figure(label=_("Filled by nobody"), value=number(counts["unfilled"])),
    )


def chart(year: Year) -> Chart:
    """Own doctors, hired doctors and nobody, with a mark at what was owed."""
    names = {
        "delivered": _("own doctors"),
        "hired": _("hired doctors"),
        "unfilled": _("nobody"),
    }
    texts = {"shifts": _("Shifts; the black mark is what was owed"), **names}
    spec = localise(load_spec(SPEC), texts=texts, language=get_language() or "nn")
    told = [(each["name"], each["counts"]) for each in year["municipalities"] if each["counts"]]
    parts = [
        {"name": municipality, "part": label, "order": order, "count": counts[name]}
        for municipality, counts in told
        for order, (name, label) in enumerate(names.items())
    ]
    owed = [
        {
            "name": municipality,
            "owed": counts["owed"],
            "end": max(counts["owed"], sum(counts[name] for name in names)),
            "covered": covered(counts),
        }
        for municipality, counts in told
    ]
    return Chart(
        key="shifts",
        table=table(year),
        spec=with_data(spec, data={"parts": parts, "owed": owed}),
        summary=_("At the end of each bar: what own doctors delivered of what was owed."),
    )


def table(year: Year) -> Table:
    """Each municipality's shifts, and all together."""
    rows = [Row(_cells(each["name"], each["counts"])) for each in year["municipalities"]]
    if len(rows) > 1:
        rows.append(Row(_cells(_("All"), summed(year))))
    return Table(
        caption=_("Shifts in %(year)s") % {"year": year["year"]},
        headings=(
            _("Municipality"),
            _("Shifts owed"),
            _("Delivered by own doctors"),
            _("Filled by hired doctors"),
            _("Filled by nobody"),
            _("Delivered of what was owed"),
        ),
        rows=tuple(rows),
    )


def _cells(name: str, counts: Counts | None) -> tuple[Cell, ...]:
    if counts is None:
        return (name, *[numbers.NOTHING] * (len(COUNTS) + 1))
    return (name, *(counts[each] for each in COUNTS), covered(counts))
