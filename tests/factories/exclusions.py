"""Rules that leave calls out, for the tests."""

from datetime import UTC, datetime, timedelta

from callstats.exclusions import operations
from callstats.exclusions.rules import ExclusionKind

STARTS_AT = datetime(2025, 10, 24, 12, 0, tzinfo=UTC)
PROPOSED_AT = datetime(2025, 11, 10, 9, 0, tzinfo=UTC)


def proposed(*, central, by, **facts):
    """Test calls of an hour on all lines, unless told otherwise."""
    told = {
        "kind": ExclusionKind.TEST_CALLS,
        "name": "Line test",
        "reason": "The vendor tried out the new queue.",
        "line": None,
        "starts_at": STARTS_AT,
        "ends_at": facts.get("starts_at", STARTS_AT) + timedelta(hours=1),
        "at": PROPOSED_AT,
    }
    return operations.propose(central=central, by=by, **told | facts)


def approved(*, central, by, approver, **facts):
    rule = proposed(central=central, by=by, **facts)
    return operations.approve(exclusion=rule, by=approver, at=PROPOSED_AT + timedelta(hours=1))
