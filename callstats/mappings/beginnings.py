"""With what a draft begins: a guess from the file, the mapping in use, or an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from callstats.feeds.models import MappingVersion, Source
from callstats.mappings.dates import order_of
from callstats.mappings.example_words import NOTES, TITLES
from callstats.mappings.layouts import Layout
from callstats.mappings.profiles import is_mapped_by_columns
from callstats.mappings.samples import LAYOUT_KEYS
from callstats.sources.examples import Example, all_examples
from callstats.sources.guess_columns import roles_of
from callstats.sources.guess_file import Table
from callstats.sources.guess_mapping import guessed_mapping
from callstats.sources.guessing import guess
from callstats.sources.known_files import profile_of
from callstats.sources.sheet_files import is_spreadsheet
from callstats.sources.sheet_reading import visible_sheets
from callstats.sources.table_mapping import NO_HEADER, column_name, is_json

GUESS, IN_USE = "guess", "in_use"
# Of what a guess warns, what its result does not show by itself.
TOLD = ("mixed_encoding", "no_header")


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """A mapping to go on from, and what the page shall tell about it (MappingDraft.choices)."""

    mapping: dict[str, Any]
    choices: dict[str, Any]


def choices(source: Source) -> list[tuple[str, str]]:
    """With what a draft of the source can begin, the likeliest first."""
    listed = [(GUESS, _("a guess from the file"))]
    newest = source.mapping_version
    if newest:
        in_use = _("version %(version)s, which is in use") % {"version": newest.version}
        listed.append((IN_USE, in_use))
    return [*listed, *((each.name, _example_words(each)) for each in all_examples())]


def notes_of(name: str) -> str:
    """What an example says of itself; empty for what is no example."""
    return str(NOTES.get(name, ""))


def beginning(*, source: Source, data: bytes, file_name: str, start: str) -> Beginning:
    """`start`: one of `choices`. Raises Unreadable for what is no table."""
    newest = source.mapping_version
    if not is_mapped_by_columns(source):
        return Beginning(mapping=newest.mapping if newest else {}, choices={})
    sheets = visible_sheets(data) if is_spreadsheet(data) else []
    if start == IN_USE and newest:
        return _known(newest.mapping, sheets=sheets)
    for example in all_examples():
        if example.name == start:
            return Beginning(mapping=example.mapping, choices={"sheets": sheets, "example": start})
    return _guessed(data, source=source, file_name=file_name, sheets=sheets)


def guessed_again(layout: Layout, *, mapping: dict[str, Any], zone: str) -> dict[str, Any]:
    """The mapping with columns guessed anew, for a layout that a person has corrected."""
    names = [name or str(n) for n, name in enumerate(layout.names, 1)]
    table = Table(
        names=names or [str(key) for key in layout.keys],
        header_line=None if layout.settings.get("header_line") == NO_HEADER else 1,
        is_json=is_json(mapping),
    )
    columns = {
        name: layout.frame[column_name(key)].to_list()
        for name, key in zip(table.names, layout.keys, strict=True)
    }
    told = {name: [value for value in values if value] for name, values in columns.items()}
    guessed = guessed_mapping(
        table, columns=columns, roles=roles_of(told), zone=zone, is_sheet="sheet" in layout.settings
    )
    facts = {key: value for key, value in guessed.mapping.items() if key not in LAYOUT_KEYS[:-1]}
    return mapping | facts


def _example_words(example: Example) -> str:
    words = (
        _("the example for %(title)s")
        if example.proven
        else _("the example for %(title)s, not yet tried with a real system's own file")
    )
    return words % {"title": TITLES[example.name]}


def _known(mapping: dict[str, Any], *, sheets: list[str]) -> Beginning:
    """A person has said before which of day and month comes first."""
    order = order_of(mapping.get("time_formats") or []) or ""
    return Beginning(mapping=mapping, choices={"sheets": sheets, "date_order": order})


def _guessed(data: bytes, *, source: Source, file_name: str, sheets: list[str]) -> Beginning:
    guessed = guess(data, file_name=file_name, zone=source.zone)
    warnings = [code for code in guessed.warnings if code in TOLD]
    mapping = _with_words_in_use(guessed.mapping, source.mapping_version)
    choices = {"sheets": sheets, "warnings": warnings, "known": profile_of(data) or ""}
    return Beginning(mapping=mapping, choices=choices)


def _with_words_in_use(mapping: dict[str, Any], newest: MappingVersion | None) -> dict[str, Any]:
    """What a person has said that the words of the same column mean still holds, also of words

    that this sample happens to lack.
    """
    in_use = newest.mapping if newest else {}
    told = {}
    for field, key in (("outcome", "outcomes"), ("forwarded_to", "forwarded")):
        column = mapping["columns"].get(field)
        if column and column == (in_use.get("columns") or {}).get(field) and in_use.get(key):
            known = {word.strip().casefold() for word in in_use[key]}
            guessed = mapping.get(key, {}).items()
            told[key] = in_use[key] | {w: m for w, m in guessed if w.casefold() not in known}
    return mapping | told
