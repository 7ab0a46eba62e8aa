"""An import in people's words and colours."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from callstats.calls.models import Outcome
from callstats.feeds.lines import named, own_numbers
from callstats.feeds.presenters import profile_title
from callstats.imports import messages
from callstats.imports.field_words import field_words
from callstats.imports.models import CallImport, ImportState, RefusedRow
from callstats.imports.preview_words import arrival, wait
from callstats.imports.progress import Progress

STAGES = {
    "reading": gettext_lazy("Reading the file"),
    "storing": gettext_lazy("Storing the calls"),
}
COLORS = {
    ImportState.COMPLETED: "success",
    ImportState.COMPLETED_WITH_ERRORS: "warning",
    ImportState.FAILED: "danger",
    ImportState.CHECKED: "info",
}


IMPORT_COLUMNS = (
    gettext_lazy("File"),
    gettext_lazy("Received"),
    gettext_lazy("Telephone system"),
    gettext_lazy("State"),
    gettext_lazy("Result"),
)
SOURCE_COLUMNS = (
    gettext_lazy("Telephone system"),
    gettext_lazy("Central"),
    gettext_lazy("Profile"),
    gettext_lazy("Kind of data"),
)
PREVIEW_COLUMNS = (
    gettext_lazy("Line"),
    gettext_lazy("Arrived"),
    gettext_lazy("Queue"),
    gettext_lazy("Outcome"),
    gettext_lazy("Wait"),
)
TOTAL_COLUMNS = (gettext_lazy("Outcome"), gettext_lazy("Calls"))
REFUSED_COLUMNS = (
    gettext_lazy("Line"),
    gettext_lazy("Call id"),
    gettext_lazy("Field"),
    gettext_lazy("Value"),
    gettext_lazy("Reason"),
)


@dataclass(frozen=True)
class ImportRow:
    """A line in the list of imports."""

    call_import: CallImport
    color: str
    result: str


@dataclass(frozen=True)
class ProgressShown:
    stage: str
    value: int
    max: int
    detail: str


def row(call_import: CallImport) -> ImportRow:
    """The import for the list."""
    return ImportRow(
        call_import=call_import,
        color=COLORS.get(ImportState(call_import.state), "neutral"),
        result=_result(call_import),
    )


def source_rows(sources) -> list[list]:
    """The telephone systems as cells."""
    return [
        [
            format_html(
                '<a class="ds-link" href="{}">{}</a>',
                reverse("source", args=[source.slug]),
                source.name,
            ),
            source.central.name,
            profile_title(source.profile),
            _("synthetic") if source.is_synthetic else _("from the telephone system"),
        ]
        for source in sources
    ]


def origin(call_import: CallImport) -> list[tuple[str, object]]:
    """Where the file came from and what identifies it."""
    by = call_import.created_by or call_import.get_channel_display()
    return [
        (_("Telephone system"), call_import.source),
        (_("Received"), localize(timezone.localtime(call_import.created_at))),
        (_("By"), by),
        (_("Size"), filesizeformat(call_import.size_bytes)),
        (_("SHA-256"), call_import.sha256),
    ]


def progress_of(call_import: CallImport, kept: Progress | None) -> ProgressShown:
    """The stage in words, and calls done of all where it is known."""
    if kept is None or call_import.state == ImportState.QUEUED:
        return ProgressShown(stage=call_import.get_state_display(), value=0, max=0, detail="")
    detail = ""
    if kept.total:
        detail = _("%(done)s of %(total)s calls") % {
            "done": localize(kept.done),
            "total": localize(kept.total),
        }
    return ProgressShown(
        stage=str(STAGES.get(kept.stage, kept.stage)),
        value=kept.done,
        max=kept.total,
        detail=detail,
    )


def counts(call_import: CallImport) -> list[tuple[str, str]]:
    """What became of the calls, for a definition list; zero lines are left out."""
    listed = [
        (_("Calls in the file"), call_import.received),
        (_("New"), call_import.created),
        (_("Changed, the old kept as a revision"), call_import.updated),
        (_("Already stored"), call_import.unchanged),
        (_("Refused"), call_import.rejected),
        (_("Wait for their beginning in an earlier file"), call_import.pending),
        (_("Other lines, not calls"), call_import.ignored),
    ]
    return [
        (term, localize(count))
        for number, (term, count) in enumerate(listed)
        if count or number == 0
    ]


def preview_rows(call_import: CallImport) -> list[list]:
    """The first calls as cells: line, arrival, queue, outcome, wait; a query.

    Where any queue is taken, a column mapped wrongly may hold the callers' numbers.
    """
    known = own_numbers(call_import.source)
    return [
        [
            call["line"],
            arrival(call["arrived_at"]),
            named(call["queue"] or call["number"] or "", known=known),
            Outcome(call["outcome"]).label,
            wait(call["wait_seconds"]),
        ]
        for call in call_import.preview.get("first", [])
    ]


def preview_totals(call_import: CallImport) -> list[list]:
    """Calls per outcome, most first."""
    return [
        [Outcome(outcome).label, localize(count)]
        for outcome, count in call_import.preview.get("outcomes", {}).items()
    ]


def refused_cells(rows: list[RefusedRow]) -> list[list]:
    """Refused rows as cells: line, id, field, value, reason."""
    return [
        [
            row.line if row.line is not None else "",
            row.external_id or "",
            field_words(row.field),
            row.value or "",
            messages.of_row(row.code),
        ]
        for row in rows
    ]


def warnings(call_import: CallImport) -> list[str]:
    """Each warning with how many rows it is about."""
    return [
        f"{messages.of_warning(w['code'])} ({localize(w['count'])})" for w in call_import.warnings
    ]


def failure(call_import: CallImport) -> str:
    """Why the whole import was not taken, and how to go on."""
    return messages.of_file(call_import.error_code, call_import.error_params)


def _result(call_import: CallImport) -> str:
    if call_import.state == ImportState.FAILED:
        return failure(call_import)
    if not call_import.is_finished or call_import.state == ImportState.CANCELLED:
        return ""
    created, changed, refused = call_import.created, call_import.updated, call_import.rejected
    listed = [
        (created, ngettext("%(count)s new", "%(count)s new", created)),
        (changed, ngettext("%(count)s changed", "%(count)s changed", changed)),
        (call_import.unchanged, _("%(count)s stored before")),
        (refused, ngettext("%(count)s refused", "%(count)s refused", refused)),
        (call_import.pending, _("%(count)s waiting for an earlier file")),
    ]
    return ", ".join(words % {"count": localize(count)} for count, words in listed if count)
