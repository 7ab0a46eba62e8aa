"""The result of an import as the API and the command line give it (design section 10)."""

from __future__ import annotations

from callstats.imports import progress
from callstats.imports.messages import of_file, of_row, of_warning
from callstats.imports.models import CallImport, RefusedRow

ERRORS_SHOWN = 100


def answer_for(call_import: CallImport) -> dict:
    """JSON-ready: id, status, counts, progress, the first errors, affected periods."""
    kept = progress.of(call_import.pk) if not call_import.is_finished else None
    return {
        "id": str(call_import.pk),
        "source": call_import.source.slug,
        "status": call_import.state,
        "code": call_import.error_code,
        "message": of_file(call_import.error_code, call_import.error_params)
        if call_import.error_code
        else "",
        "details": call_import.error_params,
        "counts": {
            "received": call_import.received,
            "created": call_import.created,
            "updated": call_import.updated,
            "unchanged": call_import.unchanged,
            "rejected": call_import.rejected,
            "ignored": call_import.ignored,
            "pending": call_import.pending,
        },
        "progress": {
            "stage": kept.stage if kept else "",
            "processed": kept.done if kept else call_import.received,
            "total": kept.total if kept else call_import.received,
        },
        "errors": [error_of(row) for row in refused_rows(call_import)[:ERRORS_SHOWN]],
        "errors_truncated": call_import.rejected > ERRORS_SHOWN,
        "warnings": [w | {"message": of_warning(w["code"])} for w in call_import.warnings],
        "affected_periods": call_import.affected_months,
    }


def refused_rows(call_import: CallImport):
    """The refused rows in file order."""
    return RefusedRow.objects.filter(call_import=call_import).order_by("line", "index", "pk")


def error_of(row: RefusedRow) -> dict:
    """One refused row: its place, the sender's own id, code, field, reason."""
    return {
        "line": row.line,
        "index": row.index,
        "id": row.external_id,
        "field": row.field,
        "code": row.code,
        "value": row.value,
        "message": of_row(row.code),
    }
