"""The first sheet of a workbook as rows of text.

It is opened in a process of its own, with little memory and time: a damaged workbook, or one that
unpacks to more than any memory, ends that process and not the one that serves people. Run as a
script it is that process. No Django here.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import zipfile

import fastexcel

ZIP_START = b"PK\x03\x04"
FORMULA = "="
_MEMORY = 4 * 1024**3  # address space, of which Polars reserves much unused
_SECONDS = 20
_LONGEST_PART = 64 * 1024**2
# A formula that no program has worked out. No letter is taken twice (*+): never slow.
_UNVALUED = re.compile(rb"<c\b([^<]*+)<f\b[^<]*+(?:</f>\s*+)?(?:<v\s*+/>\s*+|<v>\s*+</v>\s*+)?</c>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")


class BrokenSheet(ValueError):
    """The workbook cannot be opened, or is larger than it should be."""


def rows_in_sheet(data: bytes) -> list[list[str]]:
    """Rows from the first of the sheet, cells from column A; «=» where a formula has no value.

    Raises BrokenSheet.
    """
    try:
        ended = subprocess.run(  # noqa: S603 (our own module; the file goes in as input)
            [sys.executable, "-P", __file__],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BrokenSheet from None
    if ended.returncode:
        raise BrokenSheet
    return json.loads(ended.stdout)


def _read(data: bytes) -> list[list[str]]:
    sheet = fastexcel.read_excel(data).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
    used = [column.absolute_index for column in sheet.available_columns()]
    width = max(used, default=-1) + 1
    rows = []
    for values in sheet.to_polars().iter_rows():
        cells = [""] * width
        for place, value in zip(used, values, strict=True):
            cells[place] = value or ""
        rows.append(cells)
    for row, column in _unvalued(data):
        if row < len(rows) and column < width:
            rows[row][column] = FORMULA
    return rows


def _unvalued(data: bytes) -> list[tuple[int, int]]:
    """0-based rows and columns of formulas that no program has worked out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
        if not sheets or archive.getinfo(sheets[0]).file_size > _LONGEST_PART:
            return []
        xml = archive.read(sheets[0])
    places = [_PLACE.search(found[1]) for found in _UNVALUED.finditer(xml)]
    return [(int(at[2]) - 1, _column(at[1])) for at in places if at]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
