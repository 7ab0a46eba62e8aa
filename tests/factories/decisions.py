"""Decisions for the tests, registered through the front door."""

from datetime import UTC, date, datetime

from municipalities.decisions import operations
from municipalities.decisions.facts import Facts
from municipalities.decisions.models import Level

AT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
RECEIPT_BY = date(2025, 11, 17)


def facts(*, municipality, **told):
    """What is told of a decision; the case number follows the title."""
    title = told.pop("title", "New rota")
    return Facts(
        **{
            "municipality": municipality,
            "level": Level.ADMINISTRATIVE,
            "body": "Kommunedirektøren",
            "case_number": f"2025/{title}"[:40],
            "title": title,
            "decided_date": date(2025, 11, 3),
        }
        | told
    )


def decided(*, cooperation, municipality=None, receipt_by=RECEIPT_BY, by=None, at=AT, **told):
    """A decision of the host, unless told otherwise; the others are to confirm it."""
    return operations.register(
        cooperation=cooperation,
        facts=facts(municipality=municipality or cooperation.host, **told),
        receipt_by=receipt_by,
        by=by,
        at=at,
    )
