"""A file against ISO 19005-2 (PDF/A-2a), written from the standard and not from our code.

No free validator of PDF/A-2 can be had from PyPI, npm or Debian. This covers the clauses that a
document of ours could break; `preflight.py` asks a validator for what the parts of the standard
have in common.
"""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.pdf_checks.archive_content import fonts, pages

STANDARD_TYPES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4
    H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code
    Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"""
FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"}
IDENTIFIED = {
    "pdfaid:part": "2",
    "pdfaid:conformance": "A",
    "pdfuaid:part": "1",
}


def findings_of(document: Pdf) -> list[str]:
    """What breaks the standard, each with its section; empty where nothing was found."""
    return [
        *_file(document),
        *_metadata(document),
        *_colours(document),
        *_objects(document),
        *fonts(document),
        *pages(document),
        *_structure(document),
    ]


def _file(document: Pdf) -> Iterator[str]:
    if document.is_encrypted or "/Encrypt" in document.trailer:
        yield "6.1.3: encrypted"
    if len(document.trailer.get("/ID", [])) != 2:
        yield "6.1.3: no file identifier"
    for name in ("/AA", "/OpenAction", "/NeedsRendering", "/OCProperties", "/AcroForm"):
        if name in document.Root:
            yield f"6.4, 6.5, 6.9: the catalog has {name}"
    if "/EmbeddedFiles" in document.Root.get("/Names", {}):
        yield "6.8: embedded files"


def _metadata(document: Pdf) -> Iterator[str]:
    stream = document.Root.Metadata
    if "/Filter" in stream:
        yield "the metadata are compressed (part 1, 6.7.2)"
    with document.open_metadata() as metadata:
        for name, value in IDENTIFIED.items():
            if metadata.get(name) != value:
                yield f"6.6.4: {name} is {metadata.get(name)}"
        same = {"dc:title": "/Title", "pdf:Producer": "/Producer"}
        for name, key in same.items():
            if metadata.get(name) != str(document.docinfo.get(key, "")):
                yield f"6.6.3: {name} is not that of the Info dictionary"
    if b"<pdfaSchema:prefix>pdfuaid<" not in stream.read_bytes():
        yield "6.6.2.3: no extension schema for pdfuaid"


def _colours(document: Pdf) -> Iterator[str]:
    intents = [each for each in document.Root.get("/OutputIntents", []) if each.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"6.2.3: {len(intents)} output intents"
        return
    profile = intents[0].DestOutputProfile.read_bytes()
    kind, space, signature = profile[12:16], profile[16:20], profile[36:40]
    if (kind, space, signature) != (b"mntr", b"RGB ", b"acsp") or intents[
        0
    ].DestOutputProfile.N != 3:
        yield f"6.2.3: the profile is {kind!r} of {space!r}"


def _objects(document: Pdf) -> Iterator[str]:
    for each in document.objects:
        if isinstance(each, Stream):
            yield from _stream(each)
        if not isinstance(each, Dictionary | Stream):
            continue
        if str(each.get("/S", "")) in {"/JavaScript", "/Launch", "/Sound", "/Movie", "/Rendition"}:
            yield f"6.5.1: an action {each.S}"
        if each.get("/Type") == Name.ExtGState and {"/TR", "/HTP"} & set(each.keys()):
            yield "6.2.5: a transfer function or halftone"


def _stream(each: Stream) -> Iterator[str]:
    filters = each.get("/Filter", Array())
    for name in filters if isinstance(filters, Array) else [filters]:
        if str(name) not in FILTERS:
            yield f"6.1.7.2: the filter {name}"
    if "/F" in each:
        yield "6.1.7.1: a stream outside of the file"
    if each.get("/Subtype") == Name.Image and bool(each.get("/Interpolate", False)):
        yield "6.2.8: an interpolated image"
    if each.get("/Subtype") == Name.PS or "/PS" in each or "/Ref" in each or "/OPI" in each:
        yield "6.2.9: PostScript or a reference in an XObject"


def _structure(document: Pdf) -> Iterator[str]:
    if not document.Root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "6.7.2.2: not marked as tagged"
    if not str(document.Root.get("/Lang", "")):
        yield "6.7.4: no language"
    if "/ParentTree" not in document.Root.get("/StructTreeRoot", Dictionary()):
        yield "6.7.3: no structure tree"
        return
    mapped = {name[1:] for name in document.Root.StructTreeRoot.get("/RoleMap", {})}
    used = {str(each.S)[1:] for each in elements_of(document.Root.StructTreeRoot)}
    for kind in sorted(used - set(STANDARD_TYPES.split()) - mapped):
        yield f"6.7.3.4: {kind} is no standard type"


def elements_of(node: Dictionary) -> Iterator[Dictionary]:
    """Every structure element below the node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements_of(kid)
