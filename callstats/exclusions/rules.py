"""What calls may be left out for, by the indicators that say so. No Django here."""

from enum import StrEnum


class ExclusionKind(StrEnum):
    """Why calls are left out; an indicator names the kinds it honours, the national one none."""

    TEST_CALLS = "test_calls"
    OUTAGE = "outage"


class ExclusionState(StrEnum):
    """Only an approved rule leaves calls out."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
