"""From what a form says to a mapping. What the form does not show stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from callstats.mappings.columns import FileColumn, unlisted
from callstats.mappings.dates import in_order
from callstats.sources.table_mapping import Column, is_by_leg, is_weak

KEPT = ("format", "quote")
TEXTS = ("encoding", "delimiter", "records", "decimal", "zone", "number", "queue", "short_clock")
FILTERS_ADDED = 1


def mapping_of(
    said: dict[str, Any], *, before: dict[str, Any], columns: Sequence[FileColumn]
) -> dict[str, Any]:
    """`said`: the cleaned fields of MappingForm, for the file's `columns`.

    A column ticked where none was an id before is the id, though the box for none is still ticked.
    """
    mapping = {key: before[key] for key in KEPT if before.get(key)}
    mapping |= {key: said[key] for key in TEXTS if said.get(key)}
    mapping |= _file(said, before=before)
    mapping |= _rows(said)
    ticked = [column.key for n, column in enumerate(columns) if said.get(f"id_{n}")]
    mapping["columns"] = _columns(said, before=before, columns=columns)
    if said.get("kind") == "row-per-leg":
        mapping |= {"group": _as_before(ticked, before.get("group"))} if ticked else {}
        mapping["columns"] |= _own_id(before)
    elif said.get("has_no_id") and not (ticked and is_weak(before)):
        mapping["id"] = {"weak": True}
    elif ticked:
        mapping["columns"]["id"] = _as_before(ticked, before["columns"].get("id"))
    mapping |= {"filters": filters} if (filters := _filters(said, columns)) else {}
    formats = [form for form in said.get("formats", ()) if form]
    if formats:
        mapping["time_formats"] = in_order(formats, order=said.get("date_order") or None)
    return mapping | _meanings(said, before=before, mapping=mapping)


def roles_of(mapping: dict[str, Any], *, columns: Sequence[FileColumn]) -> dict[int, str]:
    """The role that each column (0-based) is shown with: the first field that names it."""
    roles: dict[int, str] = {}
    for field, named in (mapping.get("columns") or {}).items():
        for called in listed(named) if field != "id" else ():
            for n, column in enumerate(columns):
                if column.is_called(called):
                    roles.setdefault(n, field)
    return roles


def identifying(mapping: dict[str, Any], *, columns: Sequence[FileColumn]) -> set[int]:
    """The columns (0-based) that identify a call: the id, or what the legs of a call share."""
    named = mapping.get("group") if is_by_leg(mapping) else mapping.get("columns", {}).get("id")
    return {n for n, column in enumerate(columns) if any(map(column.is_called, listed(named)))}


def listed(named: Any) -> list[Column]:
    if named is None:
        return []
    return named if isinstance(named, list) else [named]


def _file(said: dict[str, Any], *, before: dict[str, Any]) -> dict[str, Any]:
    """Another sheet has a header and a footer of its own."""
    header, sheet = said.get("header_line"), said.get("sheet")
    if sheet and str(sheet) != str(before.get("sheet", "")):
        return {"sheet": sheet}
    told = {"sheet": before.get("sheet", sheet)} if sheet else {}
    if said.get("footer_regex"):
        told["footer_regex"] = said["footer_regex"]
    if header:
        told["header_line"] = int(header) if header.isdigit() else header
    return told


def _rows(said: dict[str, Any]) -> dict[str, Any]:
    told = {}
    if said.get("kind") == "row-per-leg":
        told["kind"] = "row-per-leg"
    if said.get("wait"):
        told["wait"] = said["wait"]
    if said.get("is_told_again"):
        told["repeats"] = "newest"
    if said.get("duration_unit") not in (None, "", "s"):
        told["duration_unit"] = said["duration_unit"]
    return told


def _columns(
    said: dict[str, Any], *, before: dict[str, Any], columns: Sequence[FileColumn]
) -> dict[str, Any]:
    fields: dict[str, list[Column]] = {}
    for n, column in enumerate(columns):
        if role := said.get(f"role_{n}"):
            fields.setdefault(role, []).append(column.key)
    known = before["columns"]
    shown = {field: _as_before(keys, known.get(field)) for field, keys in fields.items()}
    return _second_uses(known, shown, before=before, columns=columns) | shown


def _second_uses(
    known: dict[str, Any],
    shown: dict[str, Any],
    *,
    before: dict[str, Any],
    columns: Sequence[FileColumn],
) -> dict[str, Any]:
    """Fields that no column showed, since each of theirs had another role already."""
    could_be_seen = set(roles_of(before, columns=columns).values()) | {"id"}
    return {
        field: named
        for field, named in known.items()
        if field not in could_be_seen and field not in shown
    }


def _as_before(keys: list[Column], known: Any) -> Column | list[Column]:
    """The same columns stay as they were written, so those that are joined in their order."""
    return known if set(listed(known)) == set(keys) else unlisted(keys)


def _own_id(before: dict[str, Any]) -> dict[str, Any]:
    """Calls of legs can have an id beside what their legs share; the form does not show it."""
    is_kept = is_by_leg(before) and "id" in before["columns"]
    return {"id": before["columns"]["id"]} if is_kept else {}


def _filters(said: dict[str, Any], columns: Sequence[FileColumn]) -> list[dict[str, Any]]:
    filters = []
    for n in range(said["filter_count"]):
        place, test = said.get(f"filter_{n}_column"), said.get(f"filter_{n}_test")
        words = said.get(f"filter_{n}_words", "")
        if not place or not test or int(place) >= len(columns):
            continue
        value = words if test == "matches" else words_in(words)
        filters.append({"column": columns[int(place)].key, test: value})
    return filters


def words_in(text: str) -> list[str]:
    """Words parted by semicolons; nothing at all means an empty cell."""
    return [word.strip() for word in text.split(";")]


def _meanings(
    said: dict[str, Any], *, before: dict[str, Any], mapping: dict[str, Any]
) -> dict[str, Any]:
    """What the words of the outcome and of the forwarding mean.

    Words that the sample lacks stay, unless another column tells the outcome now.
    """
    told = {}
    for field, key in (("outcome", "outcomes"), ("forwarded_to", "forwarded")):
        if field not in mapping["columns"]:
            continue
        is_same = mapping["columns"][field] == before["columns"].get(field)
        chosen: dict[str, str] = said["meanings"].get(field, {})
        spoken_of = {word.casefold() for word in chosen}
        others = {w: m for w, m in before.get(key, {}).items() if w.casefold() not in spoken_of}
        meant = {word: meaning for word, meaning in chosen.items() if meaning}
        told[key] = (others if is_same or not before["columns"].get(field) else {}) | (
            meant if is_same else {}
        )
    return {key: words for key, words in told.items() if words}
