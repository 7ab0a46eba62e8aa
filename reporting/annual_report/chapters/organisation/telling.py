"""The organisation told: agreements, services, who came and went, delegation, whom is served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import DAY
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import number
from municipalities.queries import Page
from reporting.annual_report import numbers
from reporting.annual_report.chapters.chapter import Figures, Section, own_facts
from reporting.annual_report.chapters.organisation import agreements

Facts = Mapping[str, Any]


def sections(figures: Figures) -> tuple[Section, ...]:
    """Of the parts of which something is registered, after the table of participants."""
    facts, year = own_facts(figures, "organisation") or {}, figures["year"]
    changes = [*map(_change, facts.get("changes", [])), *map(_notice, facts.get("notices", []))]
    told = {
        "agreements": (_("Agreements"), _agreements(facts, year=year)),
        "services": (_("Services that the host runs"), _services(facts, year=year)),
        "changes": (_("Who joined and left"), _lead(changes)),
        "delegation": (_("Delegation"), _lead(_delegation(facts))),
        "served": (_("Whom the legevaktsentral answers for"), _lead(_served(facts))),
    }
    return tuple(
        Section(key=key, title=title, page=page) for key, (title, page) in told.items() if page
    )


def suggestions(figures: Figures) -> tuple[str, ...]:
    """The first agreement, who joined, left or gave notice, and how many have delegated."""
    facts, year = own_facts(figures, "organisation") or {}, figures["year"]
    versions = facts.get("agreements")
    return (
        *([agreements.lead(versions, year=year)] if versions else []),
        *map(_change, facts.get("changes", [])),
        *map(_notice, facts.get("notices", [])),
        *_delegation(facts),
    )


def _agreements(facts: Facts, *, year: int) -> Page | None:
    versions = facts.get("agreements")
    return agreements.page(versions, year=year) if versions else None


def _services(facts: Facts, *, year: int) -> Page | None:
    services = facts.get("services")
    if not services:
        return None
    table = Table(
        caption=_("Services in %(year)s") % {"year": year},
        headings=(_("Service"), _("Legal basis"), _("For"), _("From"), _("Last day")),
        rows=tuple(Row(_service(each)) for each in services),
    )
    return Page(lead="", tables=(table,))


def _service(service: Facts) -> tuple[str, ...]:
    return (
        capfirst(agreements.service_name(service["kind"])),
        service["legal_basis"] or numbers.NOTHING,
        ", ".join(service["parties"]) or _("all who take part"),
        numbers.day(service["from"]),
        _last(service["to"]) if service["to"] else numbers.NOTHING,
    )


def _change(change: Facts) -> str:
    name = f"{change['name']} ({change['area']})" if change["area"] else change["name"]
    if change["kind"] == "joined":
        return _("%(municipality)s joined on %(day)s.") % {
            "municipality": name,
            "day": numbers.day(change["day"]),
        }
    return _("%(municipality)s left. Its last day was %(day)s.") % {
        "municipality": name,
        "day": _last(change["day"]),
    }


def _notice(notice: Facts) -> str:
    return _(
        "%(municipality)s gave notice of “%(agreement)s” on %(day)s, and is no longer a party from"
        " %(leaves)s."
    ) % {
        "municipality": notice["name"],
        "agreement": notice["agreement"],
        "day": numbers.day(notice["received"]),
        "leaves": numbers.day(notice["leaves"]),
    }


def _delegation(facts: Facts) -> list[str]:
    told = facts.get("delegation")
    if not told:
        return []
    done = _(
        "%(done)s of the %(all)s participants besides the host had by %(day)s delegated to the"
        " host's chief executive, with the council's instruction and a letter."
    ) % {
        "day": numbers.day(told["day"]),
        "done": number(told["done"]),
        "all": number(told["participants"]),
    }
    count = told["without_letter"]
    lacking = ngettext(
        "In %(count)s municipality the council has given the instruction, but the letter is"
        " missing.",
        "In %(count)s municipalities the councils have given the instruction, but the letters are"
        " missing.",
        count,
    )
    return [done, lacking % {"count": number(count)}] if count else [done]


def _served(facts: Facts) -> list[str]:
    return [
        _("On %(day)s %(central)s answered for %(municipalities)s.")
        % {
            "day": numbers.day(each["day"]),
            "central": each["name"],
            "municipalities": numbers.listing(each["municipalities"]),
        }
        for each in facts.get("served", [])
    ]


def _lead(sentences: Sequence[str]) -> Page | None:
    return Page(lead=" ".join(sentences)) if sentences else None


def _last(after: str) -> str:
    """The last day of half-open days."""
    return numbers.day(date.fromisoformat(after) - DAY)
