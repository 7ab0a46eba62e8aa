"""What the checks of the central's checklist found about the operators' competence.

The checklist is read by all who take part. How many operators have what, the host alone sees.
"""

from __future__ import annotations

from typing import Any

from municipalities.models import Central
from municipalities.queries import checklist_of
from reporting.annual_report.chapters.chapter import ReportYear

REQUIREMENTS = ("operators", "courses", "exercises")
NEVER = "never"


def competence_facts(asked: ReportYear) -> dict[str, Any]:
    """By the latest checks up to the last day that is known; centrals with one at least."""
    centrals = Central.objects.counted().filter(cooperation=asked.cooperation)
    told = [_central(each, asked=asked) for each in centrals.order_by("name", "pk")]
    found = [each for each in told if any(row["state"] != NEVER for row in each["requirements"])]
    return {"day": asked.known_day.isoformat(), "centrals": found} if found else {}


def _central(central: Central, *, asked: ReportYear) -> dict[str, Any]:
    """A null day: never checked."""
    return {
        "name": central.name,
        "requirements": [
            {
                "key": row.requirement.key,
                "state": row.state.value,
                "checked": row.checked_date.isoformat() if row.checked_date else None,
            }
            for row in checklist_of(central=central, today=asked.known_day)
            if row.requirement.key in REQUIREMENTS
        ],
    }
