"""The result of an import as the API and the command line give it (design section 10)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from callstats.imports import progress
from callstats.imports.messages import of_file, of_row, of_warning
from callstats.imports.models import CallImport, ImportState, RefusedRow
from callstats.imports.storing import INDEXED, RowsRefused

ERRORS_SHOWN = 100


def answer_for(call_import: CallImport) -> dict:
    """JSON-ready: id, status, counts, progress, the first errors, affected periods."""
    refused = refused_rows(call_import)[:ERRORS_SHOWN] if call_import.rejected else ()
    return summary_of(call_import) | {
        "message": _message(call_import),
        "details": call_import.error_params,
        "progress": _progress(call_import),
        "errors": [error_of(row, of=call_import) for row in refused],
        "errors_truncated": call_import.rejected > ERRORS_SHOWN,
        "warnings": [w | {"message": of_warning(w["code"])} for w in call_import.warnings],
        "affected_periods": call_import.affected_months,
    }


def summary_of(call_import: CallImport) -> dict:
    """JSON-ready: what a list tells of an import, without its rows."""
    return {
        "id": str(call_import.pk),
        "source": call_import.source.slug,
        "status": status_of(call_import),
        "code": _code(call_import),
        "channel": call_import.channel,
        "mode": "atomic" if call_import.is_atomic else "partial",
        "dry_run": call_import.is_dry_run,
        "idempotency_key": call_import.idempotency_key,
        "created_at": _moment(call_import.created_at),
        "finished_at": _moment(call_import.finished_at),
        "counts": {
            "received": call_import.received,
            "created": call_import.created,
            "updated": call_import.updated,
            "unchanged": call_import.unchanged,
            "rejected": call_import.rejected,
            "ignored": call_import.ignored,
            "pending": call_import.pending,
        },
        "errors_url": _errors_url(call_import),
    }


def row_headers(call_import: CallImport) -> dict[str, str]:
    """The counts once more, for who looks at headers only."""
    kept = call_import.received - call_import.rejected - call_import.pending
    return {
        "X-Rows-Received": str(call_import.received),
        "X-Rows-Accepted": str(0 if is_refused(call_import) else kept),
        "X-Rows-Rejected": str(call_import.rejected),
        "X-Rows-Created": str(call_import.created),
        "X-Rows-Updated": str(call_import.updated),
        "X-Rows-Unchanged": str(call_import.unchanged),
    }


def status_of(call_import: CallImport) -> str:
    """The state; a dry run that came to its end was checked, and nothing more was asked."""
    looked_through = call_import.is_dry_run and call_import.preview
    if looked_through and call_import.state == ImportState.CANCELLED:
        return ImportState.CHECKED.value
    return ImportState(call_import.state).value


def is_refused(call_import: CallImport) -> bool:
    """Whether nothing of it was stored, or with a dry run would be."""
    return bool(_code(call_import))


def refused_rows(call_import: CallImport) -> QuerySet[RefusedRow]:
    """The refused rows in file order."""
    return RefusedRow.objects.filter(call_import=call_import).order_by("line", "index", "pk")


def error_of(row: RefusedRow, *, of: CallImport) -> dict:
    """One refused row: its place, the sender's own id, code, field, reason."""
    return {
        "line": row.line,
        "index": index_of(row, of=of),
        "id": row.external_id,
        "field": row.field,
        "code": row.code,
        "value": row.value,
        "message": of_row(row.code),
    }


def index_of(row: RefusedRow, *, of: CallImport) -> int | None:
    """The row's place in `calls`, from 0; only JSON has such places."""
    if row.index is None and row.line is not None and of.file_format in INDEXED:
        return row.line - 1
    return row.index


def _code(call_import: CallImport) -> str:
    takes_none = call_import.is_dry_run and call_import.is_atomic and call_import.rejected
    return RowsRefused.code if takes_none else call_import.error_code


def _message(call_import: CallImport) -> str:
    code = _code(call_import)
    params = {"rejected": call_import.rejected} | call_import.error_params
    return of_file(code, params) if code else ""


def _progress(call_import: CallImport) -> dict:
    kept = None if call_import.is_finished else progress.of(call_import.pk)
    return {
        "stage": kept.stage if kept else "",
        "processed": kept.done if kept else call_import.received,
        "total": kept.total if kept else call_import.received,
    }


def _errors_url(call_import: CallImport) -> str | None:
    if not call_import.rejected:
        return None
    return reverse("api_call_import_rows", args=[call_import.pk]) + "?status=rejected"


def _moment(moment) -> str | None:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None
