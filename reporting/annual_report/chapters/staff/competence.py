"""The operators' competence told in counts: never who, and never so few that it tells who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page
from reporting.annual_report.document import numbers

Facts = Mapping[str, Any]


def page(facts: Facts) -> Page:
    """How many operators of each central have what is required."""
    day = numbers.day(facts["day"])
    return Page(
        lead=" ".join(_lead(each, day=day) for each in facts["centrals"]),
        tables=tuple(_table(each) for each in facts["centrals"] if each["operators"]),
        notes=tuple(_notes(facts["centrals"])),
    )


def _lead(central: Facts, *, day: str) -> str:
    told = {"central": central["name"], "day": day}
    if central["operators"] is None:
        text = _("%(central)s had fewer than five operators on %(day)s, so no counts are shown.")
        return text % told
    return _("%(central)s had %(count)s operators on %(day)s.") % (
        told | {"count": number(central["operators"])}
    )


def _table(central: Facts) -> Table:
    return Table(
        caption=_("Operators who have what is required, %(central)s")
        % {"central": central["name"]},
        headings=(_("Requirement"), _("Legal basis"), _("Fulfil it")),
        rows=tuple(
            Row((each["name"], each["legal_basis"] or numbers.NOTHING, _fulfilled(each, central)))
            for each in central["requirements"]
        ),
    )


def _fulfilled(requirement: Facts, central: Facts) -> str:
    words = {
        "few": _("not shown"),
        "few_have": _("fewer than five"),
        "few_lack": _("all but fewer than five"),
    }
    if requirement["hidden"]:
        return words[requirement["hidden"]]
    return _("%(part)s of %(whole)s") % {
        "part": number(requirement["fulfilled"]),
        "whole": number(central["operators"]),
    }


def _notes(centrals: list[Facts]) -> Iterator[str]:
    if any(each["hidden"] for central in centrals for each in central["requirements"]):
        yield _("Counts of fewer than five operators, with or without it, are not shown.")
