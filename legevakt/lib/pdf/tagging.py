"""What WeasyPrint 70 leaves open for PDF/UA-1 and PDF/A-2a in one file, closed with pikepdf.

- header cells get a scope (Kozea/WeasyPrint#2508);
- running headers and footers become artifacts (Kozea/WeasyPrint#1836);
- link annotations get words for `Contents`, and the Print flag;
- the language and the title of the document are set in all the places a reader looks;
- the file claims both standards: WeasyPrint writes one at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from legevakt.lib.pdf.errors import PdfError
from legevakt.lib.pdf.metadata import packet

PRINT_FLAG = 4  # annotation flag bit 3, ISO 32000-1 table 165
OWN_HOST = "static.invalid"


def finish(pdf: bytes, *, language: str, title: str, link_texts: dict[str, str]) -> bytes:
    """The same pages, with the tags mended; the same input gives the same bytes.

    Raises PdfError for a figure without words or a link that leads nowhere outside the page.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        used = _mend_elements(document=document)
        for page in document.pages:
            _mark_artifacts(document=document, page=page, used=used[page.obj.objgen])
            _describe_links(page=page, link_texts=link_texts)
        _name_document(document=document, language=language, title=title)
        written = BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def _mend_elements(*, document: Pdf) -> dict[tuple[int, int], set[int]]:
    """Sets scopes; returns for each page the marked content the structure tree owns."""
    used: dict[tuple[int, int], set[int]] = defaultdict(set)
    silent = 0
    for element, parents in _elements(document.Root.StructTreeRoot):
        kind = element.get("/S")
        if kind == Name.TH:
            _set_scope(cell=element, in_head=Name.THead in parents)
        silent += kind == Name.Figure and not str(element.get("/Alt", "")).strip()
        if "/Pg" in element:
            used[element.Pg.objgen] |= _content_ids(element=element)
    if silent:
        raise PdfError(f"{silent} figure(s) have no text alternative: an SVG needs its <title>")
    return used


def _elements(root: Object) -> Iterator[tuple[Object, tuple[Object, ...]]]:
    """Every structure element below `root`, with the kinds of the elements it lies in."""
    waiting: list[tuple[Object, tuple[Object, ...]]] = [(root, ())]
    while waiting:
        node, parents = waiting.pop()
        if "/S" in node:
            yield node, parents
            parents = (*parents, node.S)
        waiting += [(kid, parents) for kid in _kids(node) if isinstance(kid, Dictionary)]


def _kids(node: Object) -> list[Any]:
    """The elements, and the numbers of the marked content, right below `node`."""
    kids: Any = node.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _content_ids(*, element: Object) -> set[int]:
    kids = _kids(element)
    referred = [kid.MCID for kid in kids if isinstance(kid, Dictionary) and "/MCID" in kid]
    return {int(kid) for kid in [*kids, *referred] if not isinstance(kid, Dictionary)}


def _set_scope(*, cell: Object, in_head: bool) -> None:
    attributes = cell.get("/A", Dictionary(O=Name.Table))
    attributes.Scope = Name.Column if in_head else Name.Row
    cell.A = attributes


def _mark_artifacts(*, document: Pdf, page: Page, used: set[int]) -> None:
    instructions: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = instruction.operator
        if str(operator) == "BDC" and not _is_owned(instruction.operands[1], used=used):
            artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
            instructions.append(pikepdf.ContentStreamInstruction(artifact, operator))
        else:
            instructions.append(instruction)
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def _is_owned(properties: Any, *, used: set[int]) -> bool:
    is_content = isinstance(properties, Dictionary) and "/MCID" in properties
    return not is_content or int(properties.MCID) in used


def _describe_links(*, page: Page, link_texts: dict[str, str]) -> None:
    for annotation in page.get("/Annots", []):
        if annotation.get("/Subtype") != Name.Link:
            continue
        target = str(annotation.A.URI) if "/A" in annotation else str(annotation.Dest)
        if OWN_HOST in target:
            raise PdfError(f"a link in a document needs a whole address: {target}")
        annotation.Contents = link_texts.get(target, target)
        annotation.F = int(annotation.get("/F", 0)) | PRINT_FLAG


def _name_document(*, document: Pdf, language: str, title: str) -> None:
    document.Root.Lang = language
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    document.docinfo["/Title"] = title
    producer = str(document.docinfo["/Producer"])
    told = packet(title=title, language=language, producer=producer)
    document.Root.Metadata = document.make_stream(told, Type=Name.Metadata, Subtype=Name.XML)
