"""Posts and exemptions from duty told; few exemptions are not, for they would tell who has them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page
from reporting.annual_report import numbers

Facts = Mapping[str, Any]


def page(facts: Facts) -> Page:
    """How many were in force, and a row for each municipality."""
    duties, day = facts["duties"], numbers.day(facts["day"])
    hidden = _(
        "Fewer than five exemptions in a municipality are not shown, nor what they leave of its"
        " posts: they could tell who is exempt."
    )
    return Page(
        lead=lead(facts),
        tables=(_table(duties, day=day),),
        notes=(hidden,) if any(each["is_hidden"] for each in duties) else (),
    )


def lead(facts: Facts) -> str:
    """How many were in force on the day, or that they were too few to be told."""
    count, day = facts["exemptions"], numbers.day(facts["day"])
    if count is None:
        return _(
            "How many exemptions from duty were in force on %(day)s is not shown, since it could"
            " tell who is exempt."
        ) % {"day": day}
    return _("%(count)s exemptions from duty were in force on %(day)s.") % {
        "day": day,
        "count": number(count),
    }


def _table(duties: list[Mapping[str, Any]], *, day: str) -> Table:
    return Table(
        caption=_("Posts, shares and exemptions on %(day)s") % {"day": day},
        headings=(
            _("Municipality"),
            _("Posts"),
            _("Share of the duty (%)"),
            _("Exemptions in force"),
            _("Posts left after exemptions"),
        ),
        rows=tuple(Row(_cells(each)) for each in duties),
    )


def _cells(duty: Mapping[str, Any]) -> tuple[Cell, ...]:
    posts = numbers.count(duty["posts"])
    known = (duty["name"], posts, _decimal(duty["share_percent"]))
    if duty["is_hidden"]:
        return (*known, _("fewer than five"), _("not shown"))
    return (*known, duty["exemptions"], _decimal(duty["posts_left"]))


def _decimal(value: str | None) -> Cell:
    return numbers.NOTHING if value is None else Decimal(value)
