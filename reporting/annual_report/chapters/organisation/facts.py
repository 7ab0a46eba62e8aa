"""Facts of the organisation: agreements, services, changes, delegation, whom the centrals serve.

Days are half-open, as the record keeps them; `to` is the first day on which it holds no more.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from legevakt.lib.periods import DAY
from municipalities.models import AgreementVersion, Central, Cooperation
from municipalities.queries import delegated_on, in_force_within, served_on, services_of
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.organisation.changes import changes, notices


def facts(asked: ReportYear) -> dict[str, Any]:
    """The parts of which something is registered. Ten queries, and one for each central."""
    found = {
        "agreements": [_version(each, until=_until(asked)) for each in _in_force(asked)],
        "services": _services(asked),
        "changes": changes(asked),
        "notices": notices(asked),
        "delegation": _delegation(asked),
        "served": _served(asked),
    }
    return {name: told for name, told in found.items() if told}


def _in_force(asked: ReportYear) -> list[AgreementVersion]:
    since = asked.period.starts_on
    return in_force_within(asked.cooperation, since=since, until=_until(asked))


def _version(version: AgreementVersion, *, until: date) -> dict[str, Any]:
    """`to` is null while it holds, and where its end is still to come."""
    agreement, ends = version.agreement, version.in_force_to
    adopted = [each.decided_date for each in version.adoptions.all() if each.is_adopted]
    return {
        "title": agreement.title,
        "layer": agreement.layer,
        "service": agreement.service.kind if agreement.service else None,
        "version": version.number,
        "from": _day(version.in_force_from),
        "to": _day(ends) if ends and ends <= until else None,
        "adopter": agreement.adopter,
        "adopted_by": len(adopted),
        "adopted_first": _day(min(adopted, default=None)),
        "adopted_last": _day(max(adopted, default=None)),
    }


def _services(asked: ReportYear) -> list[dict[str, Any]]:
    """Those that ran some day of the year, the oldest first; no parties: for all."""
    told = services_of(cooperation=asked.cooperation, today=asked.known_day)
    found = [
        {
            "kind": each.service.kind,
            "legal_basis": each.service.legal_basis,
            "parties": each.parties,
            "from": each.service.starts_date.isoformat(),
            "to": _day(each.service.ends_date),
        }
        for each in told
        if each.service.starts_date < _until(asked)
        and (each.service.ends_date is None or each.service.ends_date > asked.period.starts_on)
    ]
    return sorted(found, key=lambda each: each["from"])


def _delegation(asked: ReportYear) -> dict[str, Any]:
    """How many of the others had delegated to the host by the last day; `{}` with no delegation."""
    told = delegated_on(cooperation=asked.cooperation, day=asked.known_day)
    if not (told.done or told.without_letter):
        return {}
    return {
        "day": asked.known_day.isoformat(),
        "participants": told.participants,
        "done": told.done,
        "without_letter": told.without_letter,
    }


def _served(asked: ReportYear) -> list[dict[str, Any]]:
    """The municipalities, or parts of them, that each central answered for on the last day."""
    return [
        {"name": central.name, "municipalities": names, "day": asked.known_day.isoformat()}
        for central in _centrals(asked.cooperation)
        if (names := _names(central, day=asked.known_day))
    ]


def _centrals(cooperation: Cooperation) -> list[Central]:
    return list(Central.objects.counted().filter(cooperation=cooperation).order_by("name", "pk"))


def _names(central: Central, *, day: date) -> list[str]:
    return [
        f"{each.municipality.name} ({each.area})" if each.area else each.municipality.name
        for each in served_on(central=central, day=day)
    ]


def _until(asked: ReportYear) -> date:
    """The day after the last that is known."""
    return asked.known_day + DAY


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
