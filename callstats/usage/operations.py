"""Calls per home municipality and year, handed to cost sharing: the arrow never turns."""

from __future__ import annotations

from datetime import datetime

from callstats.indicators.definitions import default_definition
from callstats.indicators.parts import NOTHING, Part, parts_by
from legevakt.lib.periods import Period
from municipalities.models import Central, Cooperation, Municipality
from municipalities.operations import ReceivedUsage, receive_usage


def hand_over(*, cooperation: Cooperation, year: int, at: datetime) -> ReceivedUsage | None:
    """Give each participant's calls of the year; None where no call tells its municipality.

    The calls are those that the national indicator counts, answered or not. How many have a known
    municipality is part of the source, so that whoever shares by the figures sees what they rest
    on. Handing over again changes nothing where nothing has changed.
    """
    parts = _parts(cooperation, year)
    known = {number: part for number, part in parts.items() if number}
    if not known:
        return None
    participants = Municipality.objects.filter(
        participations__cooperation=cooperation, number__in=known
    ).distinct()
    named = {each.number: each for each in participants.order_by("valid_from")}
    calls = sum(part.denominator for part in parts.values())
    return receive_usage(
        cooperation=cooperation,
        measure="calls",
        year=year,
        counts={municipality: known[number].denominator for number, municipality in named.items()},
        source=_source(known=sum(part.denominator for part in known.values()), calls=calls),
        at=at,
    )


def _parts(cooperation: Cooperation, year: int) -> dict[str, Part]:
    centrals = list(Central.objects.counted().filter(cooperation=cooperation).order_by("pk"))
    if not centrals:
        return {}
    found = parts_by(
        centrals=centrals,
        period=Period.year(year),
        definition=default_definition(),
        by="municipality",
    )
    return {str(number): part for number, part in found.items() if part != NOTHING}


def _source(*, known: int, calls: int) -> str:
    return f"116 117: {known} / {calls} ({default_definition().id})"
