"""Good files, and what may befall them on the way: bytes flipped, cut, doubled, spliced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.samples.bad.making import (
    aggregates,
    canonical,
    puzzel,
    queue_log,
    queue_table,
    table_json,
    tables,
    telia,
    threecx,
    workbooks,
)
from tests.samples.bad.making.cases import lines

SPLICED = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b'"',
    b"'",
    b"\n",
    b"\r",
    b";",
    b",",
    b"\t",
    b"|",
    b"-",
    b"=",
    b"[" * 40,
    b"9" * 25,
    b"1e309",
    b"NaN",
    b"NULL",
    b"null",
    b"\\ud800",
    "١".encode(),
    "²".encode(),
    "\u2028".encode(),
    "\u202e".encode(),
    b"0000-00-00 00:00:00",
    b"2025-03-30 02:30:00",
    b"26.10.2025 02:30:00",
)


@dataclass(frozen=True, kw_only=True)
class Good:
    """Files that a profile reads by one mapping."""

    name: str
    profile: str
    files: tuple[bytes, ...]
    mapping: dict[str, Any] | None = None


def good_files(samples: dict[str, tuple[bytes, ...]]) -> list[Good]:
    """`samples`: real and hand-made files by profile, beside those the bad files are made of."""
    plain = (queue_log, queue_table, threecx, puzzel, telia, aggregates)
    told = [
        Good(
            name=maker.PROFILE,
            profile=maker.PROFILE,
            files=(lines(*maker.GOOD).encode(), *samples.get(maker.PROFILE, ())),
        )
        for maker in plain
    ]
    return [*told, *_tables(), *_canonical()]


def _tables() -> list[Good]:
    legs = (
        "Samtale;Tid;Kø;Status;Ventetid",
        "c1;24.10.2025 21:51:03;main;Videre;30",
        "c1;24.10.2025 21:51:33;natt;Besvart;5",
    )
    return [
        Good(
            name="table",
            profile="table",
            files=(
                lines(*tables.GOOD).encode(),
                lines(*tables.GOOD).replace("main", '"a;b"').encode(),
            ),
            mapping=tables.NORWEGIAN,
        ),
        Good(
            name="table of legs",
            profile="table",
            files=(lines(*legs).encode(),),
            mapping=tables.MAPPINGS["legs"],
        ),
        Good(
            name="table of JSON",
            profile="table",
            files=(table_json.changed(0).encode(),),
            mapping=table_json.MAPPINGS["json"],
        ),
    ]


def _canonical() -> list[Good]:
    return [
        Good(name="canonical CSV", profile="canonical", files=(lines(*canonical.CSV).encode(),)),
        Good(
            name="canonical JSON",
            profile="canonical",
            files=(canonical.changed(version=2).encode(), canonical.changed(legs=[]).encode()),
        ),
    ]


def workbook_files() -> Good:
    """Both kinds: packed XML, and the old streams of bytes."""
    return Good(
        name="workbooks",
        profile="table",
        files=(workbooks.xlsx(workbooks.GOOD), workbooks.xls(workbooks.GOOD)),
        mapping=workbooks.WORKBOOK,
    )


@st.composite
def mutated(draw: st.DrawFn, files: tuple[bytes, ...]) -> bytes:
    """One of the files after one to five accidents."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(1, 5))):
        accident = draw(st.sampled_from((_flipped, _cut, _doubled, _put_in, _spliced)))
        data = accident(draw, data, files)
    return data


def _place(draw: st.DrawFn, data: bytes) -> tuple[int, int]:
    begin = draw(st.integers(0, max(len(data) - 1, 0)))
    return begin, begin + draw(st.sampled_from((1, 2, 7, 40, 300)))


def _flipped(draw: st.DrawFn, data: bytes, files: tuple[bytes, ...]) -> bytes:
    begin, _ = _place(draw, data)
    # Most bytes that are no ASCII make the whole file no UTF-8, which is soon said.
    byte = draw(st.one_of(st.integers(32, 126), st.integers(32, 126), st.integers(0, 255)))
    return data[:begin] + bytes([byte]) + data[begin + 1 :]


def _cut(draw: st.DrawFn, data: bytes, files: tuple[bytes, ...]) -> bytes:
    begin, end = _place(draw, data)
    return data[:begin] + (data[end:] if draw(st.booleans()) else b"")


def _doubled(draw: st.DrawFn, data: bytes, files: tuple[bytes, ...]) -> bytes:
    begin, end = _place(draw, data)
    return data[:end] + data[begin:]


def _put_in(draw: st.DrawFn, data: bytes, files: tuple[bytes, ...]) -> bytes:
    begin, end = _place(draw, data)
    rest = data[end:] if draw(st.booleans()) else data[begin:]
    return data[:begin] + draw(st.sampled_from(SPLICED)) + rest


def _spliced(draw: st.DrawFn, data: bytes, files: tuple[bytes, ...]) -> bytes:
    other = draw(st.sampled_from(files))
    begin, end = _place(draw, other)
    at, _ = _place(draw, data)
    return data[:at] + other[begin:end] + data[at:]
