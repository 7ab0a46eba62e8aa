"""Bad workbooks of the profile table: XLSX, XLS, ODS, and what only looks like one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
import xlwt

from tests.samples.bad.making.cases import (
    MADE_AT,
    Case,
    of_profile,
    part,
    whole,
    zipped,
)

PROFILE = "table"
HEAD = ("Id", "Tid", "Kø", "Status", "Ventetid")
MOMENT = 45954.91045138889  # 24.10.2025 21:51:03 of the calendar that begins in 1900
GOOD = (
    HEAD,
    ("a1", MOMENT, "main", "Besvart", 90),
    ("a2", MOMENT + 0.01, "main", "Lagt på", 120),
    ("a3", MOMENT + 0.02, "main", "Besvart", 30),
)
WORKBOOK: dict[str, Any] = {
    "columns": dict(
        zip(("id", "arrived_at", "queue", "outcome", "wait_seconds"), HEAD, strict=True)
    ),
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": {"Besvart": "answered", "Lagt på": "abandoned"},
}
MAPPINGS = {
    "workbook": WORKBOOK,
    "sheet_of_no_workbook": WORKBOOK | {"sheet": "Anrop 2025"},
    "ninth_sheet": WORKBOOK | {"sheet": 9},
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def cases() -> list[Case]:
    return of_profile(
        PROFILE,
        *_broken(),
        *_locked(),
        *_bombs(),
        *_sheets(),
        *_cells(),
        *_times(),
        mapping="workbook",
    )


def xlsx(rows: Sequence[Sequence[Any]], **options: Any) -> bytes:
    """One sheet «Anrop», the same bytes each time; what begins with = is a formula."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, **options}) as book:
        book.set_properties({"created": datetime(*MADE_AT, tzinfo=UTC)})
        sheet = book.add_worksheet("Anrop")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return kept.getvalue()


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Anrop")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def changed(rows: Sequence[Sequence[Any]], row: int, column: int, value: Any) -> list[list[Any]]:
    """Both 1-based."""
    told = [list(each) for each in rows]
    told[row - 1][column - 1] = value
    return told


def rezipped(data: bytes, others: Mapping[str, str | bytes]) -> bytes:
    """The same workbook with some parts of it other than they were."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    return zipped(parts | dict(others))


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def _broken() -> list[dict[str, Any]]:
    good, old, code = xlsx(GOOD), xls(GOOD), "broken_spreadsheet"
    sheet = "xl/worksheets/sheet1.xml"
    torn = member(good, sheet)
    strings = member(good, "xl/sharedStrings.xml")
    return [
        whole("cut.xlsx", good[: len(good) // 2], code, "The download was cut."),
        whole("cut.xls", old[: len(old) // 3], code, "The download of an old workbook was cut."),
        whole(
            "only_a_signature.xls", OLE + bytes(600), code, "The first bytes of an old workbook."
        ),
        whole(
            "flipped.xlsx",
            good.replace(b"PK\x03\x04", b"PK\x03\x05", 3),
            "not_text",
            "The signatures are spoilt: nothing says what it is.",
        ),
        whole(
            "torn_sheet.xlsx",
            rezipped(good, {sheet: torn[: len(torn) // 2]}),
            code,
            "The zip is whole, but the sheet in it ends in the middle.",
        ),
        whole(
            "no_strings.xlsx",
            rezipped(good, {"xl/sharedStrings.xml": strings[:200] + "</sst>"}),
            code,
            "Cells point at texts that are not there.",
        ),
        whole(
            "no_sheets.xlsx",
            rezipped(good, {"xl/workbook.xml": "<workbook/>"}),
            "empty_file",
            "A workbook without a sheet.",
        ),
    ]


def _locked() -> list[dict[str, Any]]:
    package = "EncryptedPackage".encode("utf-16-le")
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    locked = {"mimetype": ODS, "content.xml": b"\x00" * 40, "META-INF/manifest.xml": manifest}
    code = "encrypted_spreadsheet"
    return [
        whole("locked.xlsx", OLE + bytes(500) + package, code, "Locked with a password by Excel."),
        whole("locked.ods", zipped(locked), code, "Locked with a password by LibreOffice."),
    ]


def _bombs() -> list[dict[str, Any]]:
    good, large = xlsx(GOOD), "archive_too_large"
    zeros = zipped({"xl/workbook.xml": "<workbook/>", "xl/media/a.bin": bytes(48 << 20)})
    strings = "xl/sharedStrings.xml"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    entities = member(good, strings).replace("<sst", f"<!DOCTYPE sst [{laughs}]><sst", 1)
    return [
        whole("bomb.xlsx", zeros, large, "48 MB of zeros in some tens of kilobytes."),
        whole(
            "many_parts.xlsx",
            rezipped(good, {f"m/{n}": b"" for n in range(2_000)}),
            large,
            "Two thousand parts: opening them is the attack.",
        ),
        whole(
            "lying_size.xlsx",
            _lying(good, "xl/worksheets/sheet1.xml"),
            "broken_spreadsheet",
            "A part says it unpacks to less than it does.",
        ),
        whole(
            "entities.xlsx",
            rezipped(good, {strings: entities.replace("Lagt på", "&l9;")}),
            "broken_spreadsheet",
            "A billion laughs: entities that grow tenfold nine times over are not followed.",
        ),
        whole(
            "document.docx",
            zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
            "archive_not_supported",
            "A letter about the calls, not the calls.",
        ),
    ]


def _lying(data: bytes, name: str) -> bytes:
    """The central directory tells half of the part's true size."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(name).file_size
    at = data.index(name.encode(), data.index(b"PK\x01\x02"))
    place = data.rindex(b"PK\x01\x02", 0, at) + 24
    return data[:place] + (size // 2).to_bytes(4, "little") + data[place + 4 :]


def _sheets() -> list[dict[str, Any]]:
    good = xlsx(GOOD)
    return [
        whole("empty.xlsx", xlsx([]), "empty_file", "A workbook with nothing on its sheet."),
        whole(
            "no_sheet.xlsx",
            good,
            "no_sheet",
            "The sheet was renamed in the new year.",
            mapping="sheet_of_no_workbook",
            place={"sheet": "Anrop 2025"},
        ),
        whole(
            "ninth_sheet.xlsx",
            good,
            "no_sheet",
            "There is one sheet, not nine.",
            mapping="ninth_sheet",
            place={"sheet": 9},
        ),
        whole(
            "missing_column.xlsx",
            xlsx(changed(GOOD, 1, 5, "Varighet")),
            "missing_columns",
            "A column of the mapping is not on the sheet.",
            place={"columns": ["Ventetid"], "line": 1},
        ),
    ]


def _cells() -> list[dict[str, Any]]:
    outcome, wait = 4, 5
    told: tuple[tuple[str, int, Any, str | None, str, str], ...] = (
        ("lossy_id.xlsx", 1, 1234567890123456789, None, "lossy_id", "A number keeps 15 digits."),
        ("status.xlsx", outcome, "Borte", "outcome", "unknown_outcome", "A word of no list."),
        ("truth.xlsx", outcome, True, "outcome", "unknown_outcome", "True is no outcome."),
        ("minus.xlsx", wait, -120, "wait_seconds", "negative_duration", "Minus."),
        ("words.xlsx", wait, "lenge", "wait_seconds", "invalid_duration", "Long, it says."),
        ("empty_id.xlsx", 1, None, "id", "missing_field", "No id."),
        ("huge_id.xlsx", 1, "a" * 5_000, "id", "unknown_value", "It fits no column."),
    )
    rows = [
        part(name, xlsx(changed(GOOD, 3, at, value)), wrong, (3, field, code), calls=2)
        for name, at, value, field, code, wrong in told
    ]
    formula = xlsx(changed(GOOD, 3, wait, "=E2+30"))
    unvalued = member(formula, "xl/worksheets/sheet1.xml").replace("</f><v>0</v>", "</f>")
    return [
        *rows,
        part(
            "formula.xlsx",
            rezipped(formula, {"xl/worksheets/sheet1.xml": unvalued}),
            "A formula that was never worked out: the cell holds a question.",
            (3, None, "formula_without_value"),
            calls=2,
        ),
        part(
            "status.xls",
            xls(changed(GOOD, 3, outcome, "Borte")),
            "The same in an old workbook.",
            (3, "outcome", "unknown_outcome"),
            calls=2,
        ),
        part(
            "header_again.xlsx",
            xlsx([*GOOD[:2], HEAD, *GOOD[2:], ("a9", "snart", "main", "Besvart", 1)]),
            "Two exports on one sheet: the header is no call, the last row has no time.",
            (6, "arrived_at", "invalid_time"),
            calls=3,
            ignored=1,
        ),
    ]


def _times() -> list[dict[str, Any]]:
    shifted = [(row[0], row[1] - 1462 if at else row[1], *row[2:]) for at, row in enumerate(GOOD)]
    told = (
        ("negative_day.xlsx", -5.5, "invalid_time", "A day before all calendars."),
        ("day_zero.xlsx", 0, "invalid_time", "Excel's January 0th."),
        ("early_day.xlsx", 20000.5, "implausible_time", "A day of 1954."),
        ("late_day.xlsx", 99999.5, "implausible_time", "A day of 2173."),
        ("words.time.xlsx", "i går", "invalid_time", "Yesterday: of which day?"),
    )
    return [
        *(
            part(name, xlsx(changed(GOOD, 3, 2, value)), wrong, (3, "arrived_at", code), calls=2)
            for name, value, code, wrong in told
        ),
        part(
            "of_1904_with_days_of_1900.xlsx",
            xlsx(GOOD, date_1904=True),
            "The book counts from 1904 and its days from 1900: four years too late, all of them.",
            *((line, "arrived_at", "implausible_time") for line in (2, 3, 4)),
        ),
        part(
            "of_1904.xlsx",
            xlsx([*shifted, ("a9", 99999.5, "main", "Besvart", 1)], date_1904=True),
            "A book that counts from 1904 is read by its own calendar; one day is far ahead.",
            (5, "arrived_at", "implausible_time"),
            calls=3,
        ),
    ]
