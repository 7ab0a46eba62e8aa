"""How many operators have what is required. No operator, and no count that tells of a few."""

from __future__ import annotations

from typing import Any

from municipalities.models import Central
from municipalities.queries import competence_of
from reporting.annual_report.chapters.chapter import ReportYear

LEAST_SHOWN = 5
"""The room shows its counts to the host alone; in the report they follow decision 15."""


def competence_facts(asked: ReportYear) -> dict[str, Any]:
    """As it stood on the last day that is known; centrals with operators and requirements."""
    centrals = Central.objects.counted().filter(cooperation=asked.cooperation)
    told = [_central(each, asked=asked) for each in centrals.order_by("name", "pk")]
    found = [each for each in told if each["requirements"]]
    return {"day": asked.known_day.isoformat(), "centrals": found} if found else {}


def _central(central: Central, *, asked: ReportYear) -> dict[str, Any]:
    """Of fewer than five operators nothing is told; then `operators` is null."""
    found = competence_of(central=central, today=asked.known_day)
    operators = len(found.operators)
    is_hidden = operators < LEAST_SHOWN
    return {
        "name": central.name,
        "operators": None if is_hidden else operators,
        "requirements": [
            {
                "name": each.requirement.name,
                "legal_basis": each.requirement.legal_basis,
                **_fulfilled(each.fulfilled, of=operators),
            }
            for each in found.requirements
            if operators
        ],
    }


def _fulfilled(count: int, *, of: int) -> dict[str, Any]:
    """The count, or which side of it is so few that it is `hidden`.

    >>> [_fulfilled(count, of=12)["hidden"] for count in (12, 9, 6, 3, 0)]
    ['', 'few_lack', '', 'few_have', '']
    >>> _fulfilled(2, of=5), _fulfilled(4, of=4)
    ({'fulfilled': None, 'hidden': 'few'}, {'fulfilled': None, 'hidden': 'few'})
    """
    few_have, few_lack = 0 < count < LEAST_SHOWN, 0 < of - count < LEAST_SHOWN
    if of < LEAST_SHOWN or (few_have and few_lack):
        return {"fulfilled": None, "hidden": "few"}
    if few_have or few_lack:
        return {"fulfilled": None, "hidden": "few_have" if few_have else "few_lack"}
    return {"fulfilled": count, "hidden": ""}
