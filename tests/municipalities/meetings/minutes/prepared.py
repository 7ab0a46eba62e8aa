"""A prepared page of figures that the tests can change."""

from decimal import Decimal

from legevakt.lib.tables import Row, Table
from municipalities.meetings.topics.prepared import Page, PreparedTopic

FIGURES = {"answered": "81.5", "calls": 1234}


def facts(asked):
    return {**FIGURES, "until": asked.until.isoformat()}


def page(facts):
    row = Row(("Svar innan to minutt", Decimal(facts["answered"])))
    table = Table("Tala", ("Kva", "Prosent"), (row,))
    return Page(lead=f"{facts['answered']} prosent av {facts['calls']} anrop.", tables=(table,))


TOPIC = PreparedTopic(
    code="status", title="Status", covers=("Professional status",), facts=facts, page=page
)
