"""Municipalities that a central answers for, and checks of its checklist, for the tests."""

from datetime import UTC, date, datetime

from municipalities.centrals import checking, operations
from municipalities.centrals.models import CheckResult
from municipalities.centrals.requirements import requirements

AT = datetime(2025, 11, 10, 9, 0, tzinfo=UTC)


def serving(*, central, municipality, area="", valid_from=date(2024, 1, 1), valid_to=None):
    """The central answers for the municipality from 2024."""
    return operations.serve(
        central=central,
        municipality=municipality,
        area=area,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def checked(
    *, central, key="amk", number=None, result=CheckResult.MET, on=date(2025, 11, 3), **told
):
    """A check of the requirement, met a week ago unless told otherwise."""
    facts = {"evidence": "", "document": None, "by": None, "at": AT} | told
    return checking.record(
        central=central,
        requirement=requirements()[key],
        number=number,
        result=result,
        checked_date=on,
        **facts,
    )


def planned(*, central, key="amk", number=None, months=12, due=None, responsible="", reason=""):
    """A plan of the requirement."""
    return checking.plan(
        central=central,
        requirement=requirements()[key],
        number=number,
        responsible=responsible,
        interval_months=months,
        due_date=due,
        reason=reason,
    )
