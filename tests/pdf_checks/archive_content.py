"""Fonts and pages against ISO 19005-2: what is drawn can be drawn, and read, for ever."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

ACTIONS = {"/GoTo", "/URI"}
HIDING = 1 | 2 | 32 | 256  # Invisible, Hidden, NoView, ToggleNoView
PRINTED = 4
MOST_SAVED_STATES = 28


def fonts(document: Pdf) -> Iterator[str]:
    for font in document.objects:
        if not isinstance(font, Dictionary) or font.get("/Type") != Name.Font:
            continue
        name = font.get("/BaseFont", "?")
        if font.Subtype == Name.Type0:
            yield from _unicode(font, name=str(name))
            continue
        descriptor = font.get("/FontDescriptor", Dictionary())
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"6.2.11.4.1: {name} is not embedded"
        if font.Subtype == Name.CIDFontType2 and "/CIDToGIDMap" not in font:
            yield f"6.2.11.3.2: {name} has no map to its glyphs"


def _unicode(font: Dictionary, *, name: str) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield f"6.2.11.7.2: {name} has no Unicode"
        return
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        code, _, text = line.strip("<> ").partition("> <")
        if text and bytes.fromhex(code) and bytes.fromhex(text)[:2] in (b"\0\0", b"\xfe\xff"):
            yield f"6.2.11.7.2: {name} says nothing for {code}"


def pages(document: Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            depth += {"q": 1, "Q": -1}.get(str(operator), 0)
            if depth > MOST_SAVED_STATES:
                yield f"6.1.13: page {number} saves more than {MOST_SAVED_STATES} states"
                break
            if str(operator) in {"Tj", "TJ"} and _draws_nothing(operands[0]):
                yield f"6.2.11.8: page {number} draws a missing glyph"
        if "/AA" in page or "/PresSteps" in page:
            yield f"6.5.2, 6.10: page {number} acts by itself"
        for note in page.get("/Annots", []):
            yield from _annotation(note, page=number)


def _draws_nothing(operand: object) -> bool:
    parts = operand if isinstance(operand, Array) else [operand]
    codes = [bytes(each) for each in parts if isinstance(each, pikepdf.String)]
    return any(code[at : at + 2] == b"\0\0" for code in codes for at in range(0, len(code), 2))


def _annotation(note: Dictionary, *, page: int) -> Iterator[str]:
    flags = int(note.get("/F", 0))
    if flags & HIDING or not flags & PRINTED:
        yield f"6.3.2: an annotation of page {page} is not printed"
    if note.Subtype != Name.Link and "/AP" not in note:
        yield f"6.3.3: an annotation of page {page} has no appearance"
    if "/A" in note and str(note.A.S) not in ACTIONS:
        yield f"6.5.1: page {page} has the action {note.A.S}"
