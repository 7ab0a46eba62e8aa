"""One report of a series in people's words: what it tells, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callstats.aggregates import messages, words
from callstats.aggregates.models import AggregateReport, ReportState
from callstats.aggregates.rules import Counts, Level, levels

REPORT_COLUMNS = (
    gettext_lazy("File"),
    gettext_lazy("Received"),
    gettext_lazy("State"),
    gettext_lazy("Result"),
)
REFUSED_COLUMNS = (gettext_lazy("File line"), gettext_lazy("Column"), gettext_lazy("Reason"))
COLORS = {
    ReportState.CHECKED: "info",
    ReportState.STORED: "success",
    ReportState.FAILED: "danger",
}


def color(report: AggregateReport) -> str:
    """The state's colour; one stored with refused rows is a warning."""
    if report.state == ReportState.STORED and report.rejected:
        return "warning"
    return COLORS.get(ReportState(report.state), "neutral")


def report_rows(reports: Iterable[AggregateReport]) -> list[dict[str, Any]]:
    """The reports for the list of a series."""
    return [
        {"report": report, "color": color(report), "result": _result(report)} for report in reports
    ]


def failure(report: AggregateReport) -> str:
    """Why nothing of the file was taken, or nothing."""
    return messages.of_file(report.error_code, report.error_params) if report.error_code else ""


def counts(report: AggregateReport) -> list[tuple[str, str]]:
    """How many rows of each kind; what storing will do is known only when it is done."""
    pairs = [(_("Rows"), report.received), (_("Refused"), report.rejected)]
    if report.state == ReportState.STORED:
        done = [
            (_("New"), report.created),
            (_("Changed"), report.updated),
            (_("Unchanged"), report.unchanged),
        ]
        pairs[1:1] = done
    return [(name, words.number(count)) for name, count in pairs]


def origin(report: AggregateReport) -> list[tuple[str, Any]]:
    """Where the file came from and what identifies it."""
    return [
        (_("Received"), localize(timezone.localtime(report.received_at))),
        (_("By"), report.received_by or _("command line")),
        (_("Size"), filesizeformat(report.size_bytes)),
        (_("SHA-256"), report.sha256 or words.NOT_TOLD),
    ]


def not_read(report: AggregateReport) -> list[str]:
    """Sentences about the columns that were left out."""
    found = []
    if shares := report.preview.get("shares"):
        found.append(
            _("Columns of percentages are not read; levels are computed from the counts: %(names)s")
            % {"names": ", ".join(shares)}
        )
    if unknown := report.preview.get("unknown"):
        found.append(_("Columns that are not known: %(names)s") % {"names": ", ".join(unknown)})
    return found


def preview_bands(report: AggregateReport) -> list[int]:
    """The bands that any of the shown rows has, in seconds."""
    shown = [*report.preview.get("first", []), *report.preview.get("sums", [])]
    return sorted({int(seconds) for row in shown for seconds in row["bands"]})


def sum_columns(bands: list[int]) -> list[str]:
    names = [_("Line"), _("Periods"), _("Offered"), _("Answered"), _("Abandoned")]
    return [*names, *map(words.band, bands)]


def sum_rows(report: AggregateReport, bands: list[int]) -> list[list[str]]:
    """The whole file a line, with its levels."""
    return [
        [words.line(row["line_class"]), words.number(row["periods"]), *_cells(row, bands)]
        for row in report.preview.get("sums", [])
    ]


def first_columns(bands: list[int]) -> list[str]:
    names = [_("File line"), _("From"), _("To"), _("Line"), _("Offered"), _("Answered")]
    return [*names, _("Abandoned"), *map(words.band, bands)]


def first_rows(report: AggregateReport, bands: list[int]) -> list[list[str]]:
    """The first rows of the file, their times in the series' zone."""
    zone = ZoneInfo(report.series.zone)
    return [
        [
            str(row["line"]),
            _moment(row["starts_at"], zone),
            _moment(row["ends_at"], zone),
            words.line(row["line_class"]),
            *_cells(row, bands),
        ]
        for row in report.preview.get("first", [])
    ]


def refused_rows(report: AggregateReport) -> list[list[str]]:
    """Line, column and reason of what was refused."""
    return [
        [str(row["line"] or words.NOT_TOLD), row["field"] or "", messages.of_row(row["code"])]
        for row in report.refused
    ]


def _cells(row: dict[str, Any], bands: list[int]) -> list[str]:
    told = {int(seconds): count for seconds, count in row["bands"].items()}
    by_band: dict[int, Level] = {
        level.within_seconds: level
        for level in levels(Counts(row["offered"], row["answered"], row["abandoned"], told))
    }
    counted = [words.number(row[name]) for name in ("offered", "answered", "abandoned")]
    return [*counted, *(words.level(by_band.get(seconds)) for seconds in bands)]


def _moment(text: str, zone: ZoneInfo) -> str:
    return date_format(datetime.fromisoformat(text).astimezone(zone), "SHORT_DATETIME_FORMAT")


def _result(report: AggregateReport) -> str:
    if report.state == ReportState.FAILED:
        return failure(report)
    if report.state != ReportState.STORED:
        return ""
    return _(
        "%(created)s new, %(updated)s changed, %(unchanged)s unchanged, %(rejected)s refused"
    ) % {
        "created": words.number(report.created),
        "updated": words.number(report.updated),
        "unchanged": words.number(report.unchanged),
        "rejected": words.number(report.rejected),
    }
