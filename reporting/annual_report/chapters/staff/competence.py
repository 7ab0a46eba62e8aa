"""The requirements of the operators' competence, and what the latest checks found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page, requirement_words, state_words
from reporting.annual_report import numbers

Facts = Mapping[str, Any]


def page(facts: Facts) -> Page:
    """How the requirements of each central stood."""
    return Page(
        lead=lead(facts),
        tables=tuple(_table(each) for each in facts["centrals"]),
        notes=(
            _(
                "From the checklist of the legevaktsentral. How many operators have what is"
                " required is not part of the report."
            ),
        ),
    )


def lead(facts: Facts) -> str:
    """A sentence for each central."""
    day = numbers.day(facts["day"])
    return " ".join(_lead(each, day=day) for each in facts["centrals"])


def _lead(central: Facts, *, day: str) -> str:
    states = [each["state"] for each in central["requirements"]]
    return _(
        "By the latest checks up to %(day)s, %(central)s fulfils %(met)s of %(all)s requirements of"
        " the operators' competence."
    ) % {
        "day": day,
        "central": central["name"],
        "met": number(states.count("met")),
        "all": number(len(states)),
    }


def _table(central: Facts) -> Table:
    return Table(
        caption=_("The operators' competence at %(central)s") % {"central": central["name"]},
        headings=(_("Requirement"), _("Legal basis"), _("State"), _("Last checked")),
        rows=tuple(Row(_cells(each)) for each in central["requirements"]),
    )


def _cells(requirement: Facts) -> tuple[str, ...]:
    title, basis = requirement_words(requirement["key"])
    checked = requirement["checked"]
    return (
        title,
        basis.replace("§ ", f"§{numbers.NO_BREAK}") or numbers.NOTHING,
        capfirst(state_words(requirement["state"])),
        numbers.day(checked) if checked else numbers.NOTHING,
    )
