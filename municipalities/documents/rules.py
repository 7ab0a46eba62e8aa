"""Which files may be handed in: told by their first bytes, not by their name alone."""

from __future__ import annotations

from pathlib import PurePath

MOST_BYTES = 25 * 1024 * 1024
LONGEST_NAME = 200
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (f"{OFFICE}.wordprocessingml.document", ZIP),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet", ZIP),
    ".odt": ("application/vnd.oasis.opendocument.text", ZIP),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".msg": ("application/vnd.ms-outlook", OLE),
}


class NotTaken(ValueError):
    """The file is empty, too large, of another kind, or not what its name says: `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def media_type_of(*, name: str, size: int, first_bytes: bytes) -> str:
    """The media type by name and content. Raises NotTaken.

    >>> media_type_of(name="avtale.pdf", size=9, first_bytes=b"%PDF-1.7\\n")
    'application/pdf'
    """
    if size == 0:
        raise NotTaken("empty")
    if size > MOST_BYTES:
        raise NotTaken("too_large")
    suffix = f".{name.lower().rpartition('.')[2]}".replace(".jpeg", ".jpg")
    if suffix not in KINDS:
        raise NotTaken("unknown_kind")
    media_type, begins = KINDS[suffix]
    if not first_bytes.startswith(begins):
        raise NotTaken("not_as_named")
    return media_type


def name_kept(name: str, *, longest: int = LONGEST_NAME) -> str:
    """The name of a file; of one that is too long its beginning and its suffix.

    >>> name_kept("protokoll frå kommunestyret.pdf", longest=16)
    'protokoll f….pdf'
    """
    if len(name) <= longest:
        return name
    suffix = PurePath(name).suffix
    return f"{name[: longest - len(suffix) - 1]}…{suffix}"
