"""What a decision says of itself, and whether it can be so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from municipalities.cooperations.models import Cooperation
from municipalities.decisions.models import Decision, DecisionKind, Level
from municipalities.decisions.rules import FIRST_YEAR, is_exemption_told_whole
from municipalities.documents.models import Document
from municipalities.register.models import Municipality


class DecisionError(ValueError):
    """What is told about a decision cannot be: `code`, and the form's `field` it is about."""

    def __init__(self, code: str, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A decision as it was made; the names are those of `Decision`."""

    municipality: Municipality
    level: Level
    body: str
    case_number: str
    title: str
    decided_date: date
    kind: DecisionKind = DecisionKind.DECISION
    summary: str = ""
    reverses: Decision | None = None
    is_exempt: bool = False
    exemption_basis: str = ""
    document: Document | None = None
    appeal_deadline_date: date | None = None

    def require_possible(self, *, cooperation: Cooperation, today: date) -> None:
        """Raises DecisionError. That the municipality existed then, the database sees to."""
        if not cooperation.participants.filter(municipality=self.municipality).exists():
            raise DecisionError("takes_no_part", field="municipality")
        if self.decided_date > today or self.decided_date.year < FIRST_YEAR:
            raise DecisionError("no_such_day", field="decided_date")
        if not is_exemption_told_whole(is_exempt=self.is_exempt, basis=self.exemption_basis):
            code = "ground_is_missing" if self.is_exempt else "ground_without_exemption"
            raise DecisionError(code, field="exemption_basis")
        deadline = self.appeal_deadline_date
        if deadline is not None and deadline < self.decided_date:
            raise DecisionError("deadline_before_decision", field="appeal_deadline_date")
        self._require_kind(cooperation)

    def _require_kind(self, cooperation: Cooperation) -> None:
        """Only a participant instructs the host or reverses its decision (§ 20-2)."""
        by_host = self.municipality.pk == cooperation.host_id
        if self.kind != DecisionKind.DECISION and by_host:
            raise DecisionError("by_the_host", field="kind")
        if self.kind == DecisionKind.REVERSAL:
            self._require_reversible(cooperation)
        elif self.reverses is not None:
            raise DecisionError("reverses_without_reversal", field="reverses")

    def _require_reversible(self, cooperation: Cooperation) -> None:
        found = self.reverses
        if found is None:
            raise DecisionError("reverses_nothing", field="reverses")
        if (
            found.cooperation_id != cooperation.pk
            or found.municipality_id != cooperation.host_id
            or found.level != Level.ADMINISTRATIVE
        ):
            raise DecisionError("not_the_hosts", field="reverses")
        if self.decided_date < found.decided_date:
            raise DecisionError("reversed_before_it_was_made", field="decided_date")
