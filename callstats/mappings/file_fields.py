"""The fields about how a file is written: its layout, its moments and its numbers."""

from __future__ import annotations

import codecs
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from callstats.mappings import words
from callstats.mappings.inputs import AlwaysAnswered, Fields, choice, text
from callstats.mappings.trying import Trial
from callstats.sources import mapping_checks
from callstats.sources.table_mapping import EPOCH, NO_HEADER, WITH_OFFSET, is_json


def of_file(*, mapping: dict[str, Any], trial: Trial, sheets: list[str]) -> Fields:
    """How the file is written; a workbook has sheets, JSON a place of its list."""
    if is_json(mapping):
        return {
            "encoding": _encoding(mapping.get("encoding")),
            "records": text(
                _("Place of the list of calls"),
                mapping.get("records"),
                _("The names that lead to it, parted by points. Empty: the file is the list."),
            ),
        }
    made: Fields = {}
    if sheets:
        named = {"": _("the first that is not empty"), **{name: name for name in sheets}}
        made["sheet"] = choice(_("Sheet"), named, mapping.get("sheet"))
    else:
        made["encoding"] = _encoding(mapping.get("encoding"))
        made["delimiter"] = choice(_("Delimiter"), words.DELIMITERS, mapping.get("delimiter"))
    made["header_line"] = text(
        _("Line of the column names"),
        mapping.get("header_line"),
        _header_help(trial),
    )
    made["footer_regex"] = text(
        _("Lines to leave out"),
        mapping.get("footer_regex"),
        _("A pattern for sums and remarks under the calls, such as ^Total"),
    )
    return made


def _header_help(trial: Trial) -> str:
    found = trial.layout.settings.get("header_line") if trial.layout else None
    told = {"none": NO_HEADER, "line": found}
    words_said = gettext("Its number, or “%(none)s” where the first line is a call already.") % told
    if isinstance(found, int):
        words_said += " " + gettext("Empty: found by the names, here in line %(line)s.") % told
    return words_said


def of_values(mapping: dict[str, Any], *, zone: str) -> Fields:
    """How moments, durations and numbers are written."""
    formats = mapping.get("time_formats") or []
    zones = {"": gettext("the source’s own: %(zone)s") % {"zone": zone}, "UTC": "UTC"}
    zones |= {each: each for each in [mapping.get("zone")] if each}
    return {
        "time_format": AlwaysAnswered(
            label=_("Dates and times"),
            choices=_format_choices(formats),
            initial="\n".join(formats),
            help_text=_("As this example: 24 October 2025, a little past two in the afternoon."),
        ),
        "other_formats": forms.CharField(
            label=_("Another way of writing them"),
            required=False,
            help_text=gettext("As in %(example)s; it counts before the choice.")
            % {"example": words.FORMAT_SHOWN},
        ),
        "zone": choice(_("Time zone"), zones, mapping.get("zone")),
        "decimal": choice(_("Decimal mark"), words.DECIMALS, mapping.get("decimal")),
        "duration_unit": choice(
            _("Durations that are a bare number"), words.UNITS, mapping.get("duration_unit") or "s"
        ),
        "short_clock": choice(
            _("Durations such as 1:30"), words.SHORT_CLOCKS, mapping.get("short_clock")
        ),
    }


def are_formats(given: list[str]) -> bool:
    """Whether a mapping may have these formats."""
    return mapping_checks.are_formats(frozenset({WITH_OFFSET, EPOCH}))(given)


def _format_choices(formats: list[str]) -> list[tuple[str, Any]]:
    usual = words.usual_formats()
    is_usual = len(formats) < 2 and set(formats) <= set(usual)
    listed = [*([] if is_usual else [formats]), *([form] for form in usual)]
    return [
        ("", _("choose")),
        *(("\n".join(each), " / ".join(map(words.format_words, each))) for each in listed),
    ]


def _encoding(initial: str | None) -> forms.ChoiceField:
    """An encoding has several names; a mapping keeps the one it has."""
    named = dict(words.ENCODINGS)
    same = [
        words.ENCODINGS[name]
        for name in words.ENCODINGS
        if name and initial and codecs.lookup(name) == codecs.lookup(initial)
    ]
    if initial and same:
        named = {n: w for n, w in named.items() if w != same[0]} | {initial: same[0]}
    return choice(_("Encoding"), named, initial)
