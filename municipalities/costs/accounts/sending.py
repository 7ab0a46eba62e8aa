"""A tertial's report handed in as evidence of the agreement's economy reporting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.costs.accounts.errors import CannotAccount
from municipalities.costs.accounts.reports import Report
from municipalities.obligations.models import Evidence
from municipalities.obligations.operations import hand_in

# municipalities/obligations/principles.json; the whole year is told by its settlement.
CODES = {4: "tertial-report-1", 8: "tertial-report-2"}


@transaction.atomic
def hand_in_report(
    *, report: Report, title: str, path: str, by: User | None, at: datetime
) -> Evidence:
    """The report is ready for the partners. The same report again changes nothing.

    Raises CannotAccount: nothing_to_report, no_such_obligation; bilateral_report, for
    all the partners see the evidence.
    """
    if not report.is_complete:
        raise CannotAccount("nothing_to_report")
    pool = report.pool_year.pool
    if pool.is_bilateral:
        raise CannotAccount("bilateral_report")
    evidence = hand_in(
        cooperation=pool.cooperation,
        code=CODES[report.up_to],
        key=f"tertial-report:{pool.pk}:{report.pool_year.year}:{report.up_to}",
        title=title,
        on=local_day(at),
        path=path,
        by=by,
        at=at,
    )
    if evidence is None:
        raise CannotAccount("no_such_obligation")
    return evidence
