"""A large text file in parts, so that no more than a part of it is in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import polars as pl

from callstats.sources.frames import ParsedCalls, Unreadable
from callstats.sources.silences import longest_silence

# The first part is small, so that the storing begins soon; each next one is twice as large.
FIRST_BYTES = 1024 * 1024
PART_BYTES = 12 * 1024 * 1024
NEWLINE, QUOTE = b"\n", b'"'
# UTF-16 has no byte of its own for a line's end.
_NOT_CUT = (b"\xff\xfe", b"\xfe\xff")


def is_large(path: Path) -> bool:
    """Whether the file is worth reading in parts, and can be: its lines end in line feeds."""
    if not path.is_file() or path.stat().st_size <= FIRST_BYTES:
        return False
    with path.open("rb") as file:
        start = file.read(FIRST_BYTES)
    return not start.startswith(_NOT_CUT) and NEWLINE in start


def read_in_parts(
    path: Path, *, head_lines: int, read: Callable[[bytes], ParsedCalls]
) -> Iterator[ParsedCalls]:
    """What `read` makes of each part; every part begins with the file's first `head_lines`.

    Line numbers are those of the whole file, also of what `read` raises. A pause between two
    parts that is no longer than the pauses within them is no hole.
    """
    before = None
    with path.open("rb") as file:
        head = b"".join(file.readline() for _ in range(head_lines))
        lines = 0
        for body in _bodies(file):
            parsed = _joined(before, _shifted(_read(head + body, read=read, after=lines), lines))
            yield parsed
            before, lines = parsed if parsed.spans else before, lines + body.count(NEWLINE)


def _read(part: bytes, *, read: Callable[[bytes], ParsedCalls], after: int) -> ParsedCalls:
    try:
        return read(part)
    except Unreadable as error:
        line = error.params.get("line")
        moved = {} if line is None else {"line": line + after}
        raise Unreadable(error.code, **error.params | moved) from None


def _bodies(file: BinaryIO) -> Iterator[bytes]:
    """Whole lines, at most about PART_BYTES; a quoted field that runs over lines is not cut."""
    rest, size = b"", FIRST_BYTES
    while block := file.read(size):
        block, size = rest + block, min(2 * size, PART_BYTES)
        cut = block.rfind(NEWLINE) + 1
        if block.count(QUOTE, 0, cut) % 2:
            cut = 0  # the rest of the field comes with the next block
        if cut:
            yield block[:cut]
        rest = block[cut:]
    if rest:
        yield rest


def _shifted(parsed: ParsedCalls, lines: int) -> ParsedCalls:
    shifted = pl.col("line") + lines
    return replace(
        parsed,
        calls=parsed.calls.with_columns(shifted),
        refused=parsed.refused.with_columns(shifted),
        warnings=tuple(
            replace(warning, line=None if warning.line is None else warning.line + lines)
            for warning in parsed.warnings
        ),
    )


def _joined(before: ParsedCalls | None, parsed: ParsedCalls) -> ParsedCalls:
    """The spans reach to those of the part before, if the pause between is no hole.

    That part is the earlier one, or the later where the newest call stands first.
    """
    if before is None or not parsed.spans:
        return parsed
    first, last = before.spans[0][0], before.spans[-1][1]
    spans, longest = list(parsed.spans), longest_silence(parsed.calls["arrived_at"])
    if last < spans[0][0] <= last + longest:
        spans[0] = (last, spans[0][1])
    elif spans[-1][1] < first <= spans[-1][1] + longest:
        spans[-1] = (spans[-1][0], first)
    return replace(parsed, spans=tuple(spans))
