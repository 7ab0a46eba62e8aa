"""Telling the installation's webhooks that an import has ended."""

from __future__ import annotations

from datetime import datetime

from callstats.imports.models import CallImport
from municipalities.operations import emit
from municipalities.rules import EventType

COUNTS = ("received", "created", "updated", "unchanged", "rejected", "ignored", "pending")


def completed(*, call_import: CallImport, at: datetime) -> None:
    """Run it in the transaction that stores the import, so that both happen or neither."""
    cooperation = call_import.source.central.cooperation
    data = {
        "import": str(call_import.pk),
        "source": call_import.source.slug,
        "sandbox": call_import.source.central.is_sandbox,
        "counts": {name: getattr(call_import, name) for name in COUNTS},
        "affected_periods": call_import.affected_months,
    }
    emit(cooperation=cooperation, event_type=EventType.IMPORT_COMPLETED, data=data, at=at)
    if call_import.rejected:
        emit(cooperation=cooperation, event_type=EventType.IMPORT_ROWS_REJECTED, data=data, at=at)
