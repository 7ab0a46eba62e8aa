"""Facts of the organisation: agreements, services, changes, delegation, whom the centrals serve.

Days are half-open, as the record keeps them; `to` is the first day on which it holds no more.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from legevakt.lib.periods import DAY
from municipalities.models import AgreementVersion, Central, Cooperation, Participant
from municipalities.queries import (
    delegated_on,
    in_force_within,
    served_on,
    services_of,
    withdrawals_of,
)
from reporting.annual_report.chapters.chapter import ReportYear


def facts(asked: ReportYear) -> dict[str, Any]:
    """The parts of which something is registered. Ten queries, and one for each central."""
    found = {
        "agreements": [_version(each, until=_until(asked)) for each in _in_force(asked)],
        "services": _services(asked),
        "changes": _changes(asked),
        "notices": _notices(asked),
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


def _changes(asked: ReportYear) -> list[dict[str, Any]]:
    """Who joined, and who left, on a day of the year: by day. Leaving is told on its first day."""
    since, until = asked.period.starts_on, _until(asked)
    within = {"gte": since, "lt": until}
    rows = Participant.objects.filter(
        Q(**{f"joined_date__{name}": day for name, day in within.items()})
        | Q(**{f"left_date__{name}": day for name, day in within.items()}),
        cooperation=asked.cooperation,
    ).select_related("municipality")
    found = []
    for each in rows:
        told = {"name": each.municipality.name, "area": each.area}
        if since <= each.joined_date < until:
            found.append({**told, "kind": "joined", "day": each.joined_date.isoformat()})
        if each.left_date and since <= each.left_date < until:
            found.append({**told, "kind": "left", "day": each.left_date.isoformat()})
    return sorted(found, key=lambda each: (each["day"], each["kind"], each["name"]))


def _notices(asked: ReportYear) -> list[dict[str, str]]:
    """Notices of leaving that were received in the year and stand."""
    until = _until(asked)
    return [
        {
            "name": each.municipality.name,
            "received": each.received_date.isoformat(),
            "leaves": each.leaves_date.isoformat(),
        }
        for each in reversed(withdrawals_of(asked.cooperation))
        if asked.period.starts_on <= each.received_date < until and each.cancelled_date is None
    ]


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
