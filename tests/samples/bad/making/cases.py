"""A bad file, what is wrong with it, and what is to become of it."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Refused = tuple[int, str | None, str]  # line, field, code
MADE_AT = (2025, 11, 10, 12, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Case:
    """`code` and `place` tell a file that is refused whole: the code, and what names the place.

    Without a code the file is read in part: how many calls, what is pending or ignored, and
    every refused row.
    """

    name: str
    profile: str
    data: bytes = field(repr=False)
    wrong: str
    mapping: str | None = None
    code: str | None = None
    place: Mapping[str, Any] = field(default_factory=dict)
    calls: int = 0
    pending: int = 0
    ignored: int = 0
    refused: Sequence[Refused] = ()

    def told(self) -> dict[str, Any]:
        """The case as cases.json has it."""
        told = {"file": self.name, "profile": self.profile, "mapping": self.mapping}
        if self.code:
            return told | {"code": self.code, "place": dict(self.place), "wrong": self.wrong}
        counts = {"calls": self.calls, "pending": self.pending, "ignored": self.ignored}
        return told | counts | {"refused": [list(r) for r in self.refused], "wrong": self.wrong}


def whole(name: str, data: str | bytes, code: str, wrong: str, **facts: Any) -> dict[str, Any]:
    """The facts of a file that gives no calls."""
    return {"name": name, "data": as_bytes(data), "code": code, "wrong": wrong} | facts


def part(
    name: str, data: str | bytes, wrong: str, *refused: Refused, **facts: Any
) -> dict[str, Any]:
    """The facts of a file of which the good rows are stored."""
    return {"name": name, "data": as_bytes(data), "wrong": wrong, "refused": refused} | facts


def of_profile(profile: str, *facts: dict[str, Any], mapping: str | None = None) -> list[Case]:
    """The facts as cases of one profile, in a folder of its name."""
    default = {"profile": profile, "mapping": mapping}
    return [Case(**(default | each | {"name": f"{profile}/{each['name']}"})) for each in facts]


def as_bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def lines(*rows: str) -> str:
    """Rows with a line feed after each."""
    return "".join(f"{row}\n" for row in rows)


def replaced(rows: Sequence[str], changes: Mapping[int, str | None]) -> str:
    """The rows with some lines (1-based) told otherwise, or left out by None."""
    kept = [changes.get(number, row) for number, row in enumerate(rows, 1)]
    return lines(*(row for row in kept if row is not None))


def inserted(rows: Sequence[str], before: int, *others: str) -> str:
    """The rows with others before a line (1-based)."""
    return lines(*rows[: before - 1], *others, *rows[before - 1 :])


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip that is the same whenever it is made."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, MADE_AT)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return kept.getvalue()


def noise(size: int) -> bytes:
    """Bytes without a meaning and without a line feed; the same ones each time."""
    found = random.Random(20251024).randbytes(size)
    return b"\x07" + found.replace(b"\n", b"\x00")
