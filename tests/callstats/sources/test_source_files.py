import io
import zipfile

import pytest

from callstats.sources.files import decode, read_bytes, read_text
from callstats.sources.frames import Unreadable


def code_of(path, **options) -> str:
    with pytest.raises(Unreadable) as error:
        read_text(path, **options)
    return error.value.code


def file_with(tmp_path, data: bytes):
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (zip_bomb(), "spreadsheet_not_supported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "spreadsheet_not_supported"),
        (b"\x1f\x8b\x08rest", "archive_not_supported"),
        (b"%PDF-1.7", "not_text"),
        (b"\x89PNG\r\n", "not_text"),
        (b"a;b\n1;\x00\n", "not_text"),
        ("a;b\n".encode("utf-16-le"), "not_text"),
        ("a;b\n1;Kø\n".encode("latin-1"), "wrong_encoding"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path, data, code):
    assert code_of(file_with(tmp_path, data)) == code


def test_a_directory_and_a_missing_file_are_named(tmp_path):
    assert code_of(tmp_path) == "not_a_file"
    assert code_of(tmp_path / "gone") == "file_missing"


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "big"
    with path.open("wb") as stream:
        stream.write(b"text")
        stream.truncate(2 * 1024**3)

    with pytest.raises(Unreadable) as error:
        read_bytes(path)

    assert error.value.params == {"limit": 45 * 1024**2, "size": 2 * 1024**3}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(encoding):
    assert decode("Kø;Ære\n".encode(encoding)) == "Kø;Ære\n"


def test_windows_1252_is_read_only_where_it_is_allowed():
    data = "a\nKø €\n".encode("cp1252")

    assert decode(data, fallback="windows-1252") == "a\nKø €\n"
    assert decode(data, encoding="windows-1252") == "a\nKø €\n"
    with pytest.raises(Unreadable) as error:
        decode(data)
    assert error.value.params == {"encoding": "utf-8", "line": 2}


def test_utf8_read_as_windows_1252_is_named_rather_than_garbled():
    with pytest.raises(Unreadable) as error:
        decode("a\nKø\n".encode(), encoding="windows-1252")

    assert error.value.params == {"encoding": "windows-1252", "line": 2, "found": "utf-8"}
