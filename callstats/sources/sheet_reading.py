"""Workbooks are opened in a process of their own, with little memory: a damaged one ends that

process and not the one that serves people. Run as a module it is that process.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import polars as pl

from callstats.sources.frames import Unreadable
from callstats.sources.sheet_files import MAX_UNPACKED, check_workbook
from callstats.sources.sheet_opening import Sheet, read_sheet

# 25 million cells and calamine's own; address space, of which Polars reserves much unused.
_MEMORY = 6 * 1024**3
_SECONDS = 120
_MODULE = "callstats.sources.sheet_reading"
_ROOT = Path(__file__).parents[2]

__all__ = ["Sheet", "sheet_in", "visible_sheets"]


def sheet_in(data: bytes, *, wanted: str | int | None = None, lists_all: bool = False) -> Sheet:
    """The sheet of that name or 1-based number, else the first visible one that is not empty.

    `lists_all` fills `visible`. Raises Unreadable: as `check_workbook`, no_sheet (sheet),
    empty_file; broken_spreadsheet also where opening takes too long or too much memory.
    """
    check_workbook(data)
    asked = json.dumps({"wanted": wanted, "lists_all": lists_all})
    command = [sys.executable, "-m", _MODULE, asked]
    try:
        ended = subprocess.run(  # noqa: S603 (our own module; the file goes in as input)
            command, input=data, capture_output=True, cwd=_ROOT, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("broken_spreadsheet") from None
    if ended.returncode:
        raise Unreadable("broken_spreadsheet")
    return _unpacked(ended.stdout)


def visible_sheets(data: bytes) -> list[str]:
    """The names of the sheets that a person sees. Raises as `sheet_in`."""
    return sheet_in(data, lists_all=True).visible


def _unpacked(told: bytes) -> Sheet:
    start, _, table = told.partition(b"\n")
    head = json.loads(start)
    if "code" in head:
        raise Unreadable(head["code"], **head["params"])
    frame = pl.read_ipc(io.BytesIO(table))
    return Sheet(
        name=head["name"],
        cells=frame.select(r"^c\d+$"),
        numbers=_told(frame, "n"),
        unvalued=_told(frame, "f"),
        is_1904=head["is_1904"],
        visible=head["visible"],
    )


def _told(frame: pl.DataFrame, letter: str) -> pl.DataFrame | None:
    told = frame.select(f"^{letter}\\d+$")
    return _lettered(told, "c") if told.width else None


def _lettered(frame: pl.DataFrame, letter: str) -> pl.DataFrame:
    return frame.rename({name: f"{letter}{name[1:]}" for name in frame.columns})


def _packed(sheet: Sheet) -> bytes:
    """Raises Unreadable archive_too_large (limit): a text may be used by many cells."""
    frame = sheet.cells
    for letter, more in (("n", sheet.numbers), ("f", sheet.unvalued)):
        if more is not None:
            frame = frame.hstack(_lettered(more, letter))
    if frame.estimated_size() > MAX_UNPACKED:
        raise Unreadable("archive_too_large", limit=MAX_UNPACKED)
    kept = io.BytesIO()
    frame.write_ipc(kept)
    head = {"name": sheet.name, "visible": sheet.visible, "is_1904": sheet.is_1904}
    return _head(head) + kept.getvalue()


def _head(told: dict[str, object]) -> bytes:
    return json.dumps(told).encode() + b"\n"


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))  # should nobody wait any more
    asked = json.loads(sys.argv[1])
    try:
        answer = _packed(read_sheet(sys.stdin.buffer.read(), **asked))
    except Unreadable as error:
        answer = _head({"code": error.code, "params": error.params})
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
