"""The staff told: sickness absence, HSE deviations, and the operators' competence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reporting.annual_report.chapters.chapter import Figures, Section, own_facts
from reporting.annual_report.chapters.staff import absence, competence, hse


def sections(figures: Figures) -> tuple[Section, ...]:
    """Of the parts of which something is registered."""
    facts, year = own_facts(figures, "staff") or {}, figures["year"]
    found = []
    if told := facts.get("absence"):
        page = absence.page(told, year=year)
        found.append(Section(key="absence", title=_("Sickness absence"), page=page))
    if told := facts.get("hse"):
        page = hse.page(told, year=year)
        found.append(Section(key="hse", title=_("HSE deviations"), page=page))
    if told := facts.get("competence"):
        page = competence.page(told)
        found.append(Section(key="competence", title=_("The operators' competence"), page=page))
    return tuple(found)


def suggestions(figures: Figures) -> tuple[str, ...]:
    """The year's absence and HSE deviations where they are known, and the competence."""
    facts, year = own_facts(figures, "staff") or {}, figures["year"]
    found = []
    for name, part in (("absence", absence), ("hse", hse)):
        years = facts.get(name, [])
        if any(each["year"] == year for each in years):
            found.append(part.lead(years, year=year))
    if told := facts.get("competence"):
        found.append(competence.lead(told))
    return tuple(found)
