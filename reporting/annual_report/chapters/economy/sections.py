"""The chapter's sections: the whole first, with what each municipality pays, then pool by pool."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from legevakt.lib.tables import Table
from legevakt.lib.words import days
from municipalities.queries import Page, key_in_words
from reporting.annual_report.chapters.chapter import Figures, Section, own_facts
from reporting.annual_report.chapters.economy import invoiced, paid, tables, whole, words, years
from reporting.annual_report.chapters.economy.amounts import Facts, year_in


def sections(figures: Figures) -> tuple[Section, ...]:
    """None in a report that was made before the chapter had facts."""
    facts = own_facts(figures, "economy")
    if facts is None:
        return ()
    title = _("The costs and who pays them")
    first = Section(key="whole", title=title, page=whole.page(facts))
    return (first, *(_pool(pool, facts=facts) for pool in facts["pools"]))


def _pool(pool: Facts, *, facts: Facts) -> Section:
    of_year = year_in(pool, facts["year"])
    return Section(
        key=pool["slug"],
        title=pool["name"],
        page=Page(
            lead=" ".join(_told(of_year, facts)),
            tables=tuple(_tables(pool, of_year)),
            notes=tuple(_notes(of_year)) if of_year else (),
        ),
    )


def _told(of_year: Facts | None, facts: Facts) -> list[str]:
    """The costs of an only pool are told already, as those of the whole."""
    costs = [words.costs(of_year, year=facts["year"])] if len(facts["pools"]) > 1 else []
    keys = [key_in_words(key) for key in of_year["keys"]] if of_year else []
    return [*costs, *keys, words.settled(of_year)]


def _tables(pool: Facts, of_year: Facts | None) -> list[Table]:
    found: list[Table | None] = []
    if of_year:
        found.append(tables.of_costs(of_year))
        if of_year["settlement"]:
            found.append(tables.way_to_net(of_year["settlement"]))
        if of_year["municipalities"]:
            found += [paid.of_municipalities(of_year), invoiced.of_municipalities(of_year)]
    if len(pool["years"]) > 1 or not of_year:
        found.append(years.costs(pool))
    if sum(bool(each["municipalities"]) for each in pool["years"]) > 1:
        found.append(years.paid(pool))
    return [each for each in found if each is not None]


def _notes(of_year: Facts) -> list[str]:
    told = [_("Revenue has a minus. A deviation without one is money lacking.")]
    if of_year["up_to_month"] and not of_year["is_closed"]:
        told.append(_("The accounts of the year are not closed."))
    told += [_part(line) for line in of_year["municipalities"] if line["days"]]
    return [*told, *paid.notes(of_year), *invoiced.notes(of_year)]


def _part(line: Facts) -> str:
    starts, ends = map(date.fromisoformat, line["days"])
    facts = {"municipality": line["name"], "days": days(starts, ends)}
    return _("%(municipality)s shares the costs of %(days)s.") % facts
