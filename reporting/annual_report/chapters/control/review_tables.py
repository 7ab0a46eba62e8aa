"""The yearly review as tables: the points, the measures and the councils."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.models import PointStatus
from municipalities.words import review_place
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.control.review_words import is_late
from reporting.annual_report.chapters.parts import Told, day_of


def statuses(told: Told) -> Table:
    """How many points stand how, by year."""
    years = told.facts["years"]
    return beside.table(
        caption=_("The points of the review by how they stand"),
        of=_("How it stands"),
        years=[each["year"] for each in years],
        rows=[
            (
                capfirst(str(PointStatus(status).label)),
                [each["counts"].get(status) for each in years],
            )
            for status in PointStatus.values
        ],
    )


def measures(told: Told) -> Table:
    """The year's measures, and whether they are done."""
    return Table(
        caption=_("Measures of the review of %(year)s") % {"year": told.year},
        headings=(_("Point"), _("Measure"), _("State")),
        rows=tuple(
            Row((review_place(each["code"]), each["measure"], capfirst(_state(each, told=told))))
            for each in told.facts["measures"]
        ),
    )


def councils(told: Told) -> Table:
    """When each council was told of the review."""
    return Table(
        caption=_("Told to the councils"),
        headings=(_("Municipality"), _("Told on"), _("Case number")),
        rows=tuple(
            Row(
                (
                    each["name"],
                    day(on) if (on := day_of(each["told"])) else _("not recorded"),
                    each["case"] or beside.NOTHING,
                )
            )
            for each in told.facts["councils"]
        ),
    )


def _state(measure: Mapping[str, Any], *, told: Told) -> str:
    done, due = day_of(measure["done"]), day_of(measure["deadline"])
    if done:
        return _("done %(day)s") % {"day": day(done)}
    if due is None:
        return _("no deadline")
    if is_late(measure, told=told):
        return _("late, was due %(day)s") % {"day": day(due)}
    return _("due %(day)s") % {"day": day(due)}
