"""A draft and a source's versions in people's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, Form
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callstats.calls.models import Outcome
from callstats.feeds.models import MappingVersion, Source
from callstats.feeds.presenters import profile_title
from callstats.imports import messages
from callstats.imports.field_words import field_words
from callstats.imports.preview_words import arrival, wait
from callstats.mappings import masking, words
from callstats.mappings.assembling import identifying, roles_of
from callstats.mappings.beginnings import notes_of
from callstats.mappings.columns import FileColumn, tells_apart
from callstats.mappings.difference_words import difference_row
from callstats.mappings.judging import failure_words
from callstats.mappings.models import MappingDraft
from callstats.mappings.queries import Queues, VersionTold
from callstats.mappings.trying import Trial
from callstats.sources.table_mapping import is_weak

CALL_COLUMNS = (
    gettext_lazy("Line"),
    gettext_lazy("Arrived"),
    gettext_lazy("Queue"),
    gettext_lazy("Outcome"),
    gettext_lazy("Wait"),
)
REFUSED_COLUMNS = (
    gettext_lazy("Line"),
    gettext_lazy("Field"),
    gettext_lazy("Value"),
    gettext_lazy("Reason"),
)
OUTCOME_COLUMNS = (gettext_lazy("Outcome"), gettext_lazy("Calls"))
QUEUE_COLUMNS = (gettext_lazy("Queue"), gettext_lazy("Public number"), gettext_lazy("Calls"))
CHANGE_COLUMNS = (gettext_lazy("What"), gettext_lazy("Before"), gettext_lazy("Now"))


@dataclass(frozen=True, kw_only=True)
class ColumnRow:
    """A column of the file with its two fields."""

    column: FileColumn
    role: BoundField
    identifies: BoundField


@dataclass(frozen=True, kw_only=True)
class WordRow:
    """A word of the file, how many rows have it, and the field for what it means."""

    field: BoundField
    rows: int


@dataclass(frozen=True, kw_only=True)
class VersionShown:
    version: MappingVersion
    by: str
    changes: list[list[str]]
    is_newest: bool


def draft_context(
    *, draft: MappingDraft, trial: Trial, queues: Queues, form: Form
) -> dict[str, Any]:
    """All that the page of a draft shows."""
    return {
        "draft": draft,
        "source": draft.source,
        "form": form,
        "crumbs": crumbs_below(draft.source),
        "notes": notes_of(draft.choices.get("example", "")),
        "doubt": trial.doubt,
        "is_order_chosen": bool(draft.choices.get("date_order")),
        "are_details_open": not trial.gives_calls or bool(form.errors),
        "known": _known(draft),
        "lacking": ", ".join(map(masking.shown, draft.choices.get("lacking", []))),
        "file_fields": _named(form, "sheet encoding delimiter header_line footer_regex records"),
        "value_fields": _named(
            form, "time_format other_formats zone decimal duration_unit short_clock"
        ),
        "row_fields": _named(form, "kind wait is_told_again queue number"),
        "column_rows": _column_rows(trial, form),
        "word_sections": _word_sections(trial, form),
        "filter_rows": _filter_rows(form),
        "queue_fields": _queue_fields(queues, form),
        "failure": failure_words(trial.failure) if trial.failure else "",
        "guess_warnings": [
            words.GUESS_WARNINGS[code] for code in draft.choices.get("warnings", [])
        ],
        "warnings": _warnings(draft, trial),
        **_result(trial, queues),
    }


def crumbs(source: Source) -> list[tuple[str, str]]:
    """The way to the page of the source's versions."""
    return [
        (_("Telephony"), reverse("telephony")),
        (_("Telephone systems"), reverse("sources")),
        (source.name, reverse("source", args=[source.slug])),
    ]


def crumbs_below(source: Source) -> list[tuple[str, str]]:
    """The way to the pages of the wizard."""
    versions = (_("How its files are read"), reverse("mapping_versions", args=[source.slug]))
    return [*crumbs(source), versions]


def version_shown(told: VersionTold) -> VersionShown:
    """A version for the list of them."""
    return VersionShown(
        version=told.version,
        by=str(told.version.saved_by or _("the command line")),
        changes=[difference_row(each) for each in told.changes],
        is_newest=told.is_newest,
    )


def _known(draft: MappingDraft) -> str:
    """That the sample is of a system whose files are read without a mapping."""
    profile = draft.choices.get("known")
    if not profile:
        return ""
    return _(
        "The sample looks like “%(profile)s”. Such files are read without a mapping: choose that"
        " in the settings of the telephone system."
    ) % {"profile": profile_title(profile)}


def _result(trial: Trial, queues: Queues) -> dict[str, Any]:
    if trial.preview is None:
        return {}
    return {
        "counts": _counts(trial),
        "call_columns": CALL_COLUMNS,
        "calls": [_call(each) for each in trial.preview["first"]],
        "outcome_columns": OUTCOME_COLUMNS,
        "outcomes": [
            [Outcome(outcome).label, localize(count)]
            for outcome, count in trial.preview["outcomes"].items()
        ],
        "queue_columns": QUEUE_COLUMNS,
        "queues": [_queue(queue, count, queues) for queue, count in queues.calls.items()][:60],
        "refused_columns": REFUSED_COLUMNS,
        "refused": [_refused(each) for each in trial.refused],
    }


def _counts(trial: Trial) -> list[tuple[str, str]]:
    preview = trial.preview or {}
    counted = [
        (_("Calls that can be stored"), preview["calls"]),
        (_("Refused"), trial.refused_count),
        (_("Rows left out, and lines that are no calls"), trial.ignored),
        (_("Calls without a known wait"), preview["unknown_waits"]),
    ]
    return [(term, localize(count)) for term, count in counted]


def _call(call: dict[str, Any]) -> list[Any]:
    return [
        call["line"],
        arrival(call["arrived_at"]),
        masking.shown(call["queue"] or call["number"] or ""),
        Outcome(call["outcome"]).label,
        wait(call["wait_seconds"]),
    ]


def _queue(queue: str, count: int, queues: Queues) -> list[str]:
    line = queues.known.get(queue) or queues.known.get("*")
    shown = masking.shown(queue) or _("(no queue)")
    return [shown, str(line) if line else _("not known yet"), localize(count)]


def _refused(row: dict[str, Any]) -> list[Any]:
    return [
        row["line"] if row["line"] is not None else "",
        field_words(row["field"]),
        masking.shown(row["value"] or ""),
        messages.of_row(row["code"]),
    ]


def _warnings(draft: MappingDraft, trial: Trial) -> list[str]:
    """Each with how many rows it is about; an order of the date that was chosen is no doubt."""
    chosen = {"date_order_unproven"} if draft.choices.get("date_order") else set()
    return (
        _ids_like_numbers(draft, trial)
        + _ids_not_ticked(draft, trial)
        + [
            f"{messages.of_warning(warning.code)} ({localize(warning.count)})"
            for warning in trial.warnings
            if warning.code not in chosen
        ]
    )


def _ids_like_numbers(draft: MappingDraft, trial: Trial) -> list[str]:
    """An id is stored as it is, and so no caller's number may be part of it."""
    named = [trial.columns[n] for n in sorted(identifying(draft.mapping, columns=trial.columns))]
    text = _(
        "The column “%(column)s” looks like phone numbers. Callers’ numbers must not be stored."
    )
    return [
        text % {"column": column.name}
        for column in named
        if any(masking.MARK in example for example in column.examples)
    ]


def _ids_not_ticked(draft: MappingDraft, trial: Trial) -> list[str]:
    """Without an id, a column that tells every row apart may well be one."""
    if not is_weak(draft.mapping):
        return []
    used = roles_of(draft.mapping, columns=trial.columns)
    apart = [c for n, c in enumerate(trial.columns) if n not in used and tells_apart(c)]
    text = _("“%(column)s” is another on every row. If that is the call’s id, tick it as its id.")
    return [text % {"column": column.name} for column in apart[:1]]


def _named(form: Form, names: str) -> list[BoundField]:
    return [form[name] for name in names.split() if name in form.fields]


def _column_rows(trial: Trial, form: Form) -> list[ColumnRow]:
    return [
        ColumnRow(column=column, role=form[f"role_{n}"], identifies=form[f"id_{n}"])
        for n, column in enumerate(trial.columns)
    ]


def _word_sections(trial: Trial, form: Form) -> list[tuple[str, list[WordRow]]]:
    titles = {
        "outcome": _("What each word for the outcome means"),
        "forwarded_to": _("What each word for where it was forwarded means"),
    }
    return [
        (
            titles[field],
            [
                WordRow(field=form[f"{field}_{n}"], rows=rows)
                for n, rows in enumerate(told.values())
            ],
        )
        for field, told in trial.words.items()
        if told
    ]


def _filter_rows(form: Form) -> list[list[BoundField]]:
    names = [name for name in form.fields if name.startswith("filter_")]
    return [[form[name] for name in names[at : at + 3]] for at in range(0, len(names), 3)]


def _queue_fields(queues: Queues, form: Form) -> list[WordRow]:
    return [
        WordRow(field=form[f"queue_{n}"], rows=queues.calls[queue])
        for n, queue in enumerate(queues.unknown)
    ]
