"""What people upload by mistake, to every profile: no log at all, or one that broke on the way."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making.cases import (
    Case,
    gzipped,
    lines,
    noise,
    of_profile,
    whole,
    zipped,
)

LOGIN = lines(
    "<!DOCTYPE html>",
    "<html><head><title>Log in</title></head>",
    "<body><p>Your session has ended.</p></body></html>",
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
XZ = b"\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4F\x00\x00\x00\x00"


def for_profile(
    profile: str, *, good: str, mapping: str | None, login: dict[str, Any]
) -> list[Case]:
    """`good`: a file the profile reads. `login`: code and place of a web page instead of it."""
    return of_profile(
        profile, *_nothing(), *_packed(good), *_no_text(good), _login(login), mapping=mapping
    )


def _nothing() -> list[dict[str, Any]]:
    return [
        whole("empty.csv", b"", "empty_file", "The export was started and never written."),
        whole("blank.csv", b" \t\r\n\r\n   \n", "empty_file", "Only blanks and ends of lines."),
        whole(
            "only_bom.csv",
            b"\xef\xbb\xbf",
            "empty_file",
            "Three bytes that are no text: a spreadsheet's export of nothing.",
        ),
    ]


def _packed(good: str) -> list[dict[str, Any]]:
    code = "archive_not_supported"
    return [
        whole("log.gz", gzipped(good.encode()), code, "A good log, packed: it is not opened."),
        whole(
            "bomb.gz",
            gzipped(gzipped(bytes(32 << 20))),
            code,
            "32 MB of zeros packed twice: whoever unpacks it fills the memory.",
        ),
        whole("log.xz", XZ + noise(40), code, "Packed by another program."),
    ]


def _no_text(good: str) -> list[dict[str, Any]]:
    middle = good.index("\n", len(good) // 2) + 1
    torn = good[:middle] + "\x00\x00" + good[middle:]
    return [
        whole("report.pdf", PDF, "not_text", "A printed report: a picture of figures."),
        whole("screen.png", PNG, "not_text", "A screen shot of the report."),
        whole("noise.bin", noise(400), "not_text", "Random bytes.", place={"line": 1}),
        whole(
            "utf16_without_bom.csv",
            good.encode("utf-16-le"),
            "not_text",
            "Two bytes a letter and nothing that says so.",
            place={"line": 1},
        ),
        whole(
            "nul_bytes.csv",
            torn,
            "not_text",
            "NUL bytes where a disk was full: what was between them is lost.",
            place={"line": good.count("\n", 0, middle) + 1},
        ),
        whole(
            "never_written.csv",
            bytes(512),
            "not_text",
            "A file whose room was set aside and never filled.",
            place={"line": 1},
        ),
    ]


def _login(expected: dict[str, Any]) -> dict[str, Any]:
    return whole("login.html", LOGIN, wrong="A web page, saved instead of the export.", **expected)


def zip_of(good: str, *, code: str) -> dict[str, Any]:
    """A zip is told from a workbook only where workbooks are read."""
    return whole("log.zip", zipped({"log.csv": good}), code, "A zip with the log in it.")
