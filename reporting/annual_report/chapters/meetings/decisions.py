"""Decisions on the legevakt: how many, by whom, and how many receipts were given.

Counts alone: some are exempt from public disclosure, and stand in the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page, decisions
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, read_date

LEVELS = ("political", "administrative")


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years` since the first decision, the report's first, and who decided in it. Two queries.

    `asked` counts receipts that were asked for; `left` are of those that left without giving it.
    """
    known = decisions.years_of(asked.cooperation)
    if not known or min(known) > asked.year:
        return None
    years = [year for year in beside.years_to(asked.year) if year >= min(known)]
    rows = decisions.listed(asked.cooperation, today=read_date(asked))
    found = list(rows.filter(decided_date__year__in=years))
    own = [each for each in found if each.decided_date.year == asked.year]
    return {
        "years": [
            {"year": year, "count": sum(each.decided_date.year == year for each in found)}
            for year in years
        ],
        "municipalities": _municipalities(own),
        "asked": sum(each.notified for each in own),
        "confirmed": sum(each.confirmed for each in own),
        "left": sum(each.left or 0 for each in own),
    }


def page(told: Told) -> Page:
    """How many, by whom, and what was confirmed."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_table(told), _years(told)),
        notes=(
            _("Counted by the day of the decision, of those that are registered."),
            beside.as_of(told.read_date),
        ),
    )


def sentences(told: Told) -> Iterable[str]:
    """How many decisions, and how many of the receipts were given."""
    count = told.facts["years"][0]["count"]
    said = ngettext(
        "%(count)s decision on the legevakt of %(year)s is registered.",
        "%(count)s decisions on the legevakt of %(year)s are registered.",
        count,
    )
    yield said % {"count": number(count), "year": told.year}
    if told.facts["asked"]:
        part = beside.part_of(told.facts["confirmed"], told.facts["asked"])
        yield _(
            "The participants have confirmed %(part)s notifications of decisions of %(year)s."
        ) % {
            "part": part,
            "year": told.year,
        }
    if left := told.facts["left"]:
        gone = ngettext(
            "%(count)s confirmation is no longer waited for, since the municipality has left.",
            "%(count)s confirmations are no longer waited for, since the municipality has left.",
            left,
        )
        yield gone % {"count": number(left)}


def _municipalities(found: Sequence[Any]) -> list[dict[str, Any]]:
    """By number."""
    names = {each.municipality.number: each.municipality.name for each in found}
    return [
        {
            "name": name,
            **{
                level: sum(each.level == level and each.municipality.number == of for each in found)
                for level in LEVELS
            },
        }
        for of, name in sorted(names.items())
    ]


def _table(told: Told) -> Table:
    return Table(
        caption=_("Decisions by municipality, %(year)s") % {"year": told.year},
        headings=(_("Municipality"), _("Political decisions"), _("Administrative decisions")),
        rows=tuple(
            Row((each["name"], *(each[level] for level in LEVELS)))
            for each in told.facts["municipalities"]
        ),
    )


def _years(told: Told) -> Table:
    years = told.facts["years"]
    if len(years) < 2:
        return Table("", (), ())
    return beside.table(
        caption=_("Decisions by year"),
        of=_("Level"),
        years=[each["year"] for each in years],
        rows=[(_("All"), [each["count"] for each in years])],
    )


PART = Part(
    key="decisions",
    title=gettext_lazy("Decisions"),
    facts=facts,
    page=page,
    sentences=sentences,
)
