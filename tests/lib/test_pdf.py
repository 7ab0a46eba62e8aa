"""Real documents through the real rendering process, read back with pikepdf and pdfua."""

from io import BytesIO
from itertools import pairwise

import pdfua
import pikepdf
import pytest

from legevakt.lib import pdf
from legevakt.lib.pdf import process
from tests.pdf_checks import archive, preflight

SAMPLE = """<!DOCTYPE html><html lang="nn"><head><title>x</title>
<link rel="stylesheet" href="/static/documents/print.css">
<style>@page { size: A4; @top-left { content: string(chapter) }
  @bottom-right { content: "Side " counter(page) " av " counter(pages) } }
  h2 { string-set: chapter content(); break-before: page }
  nav a::after { content: leader('.') target-counter(attr(href), page) }
  th, td { border: 1px solid #333; background: #eee }</style></head><body>
<h1>Årsrapport for legevakta på Øya</h1>
<nav><ul><li><a href="#one">Telefonen vart svart</a></li>
<li><a href="#two">Økonomi</a></li></ul></nav>
<h2 id="one">Telefonen vart svart</h2>
<p>Sjå <a href="https://lovdata.no/">forskrifta hjå Lovdata</a>. Blåbær, sjø, ærleg.</p>
<svg width="200" height="80" viewBox="0 0 200 80" role="img" aria-labelledby="c-t">
<title id="c-t">Del svart innan to minutt</title><desc>Tre månader</desc>
<rect x="5" y="10" width="30" height="60" fill="#0062ba"/><text x="5" y="78">jan.</text></svg>
<h2 id="two">Økonomi</h2><h3>Per kommune</h3>
<table><caption>Folketal</caption><thead><tr><th>Kommune</th><th>Folketal</th></tr></thead>
<tbody>%s</tbody></table></body></html>""" % ("<tr><th>Alver</th><td>30 000</td></tr>" * 60)


def written(html, base, **options):
    return pdf.write_pdf(html, language="nn", title="Årsrapport 2025", base=base, **options)


def body(inner):
    return f'<html lang="nn"><body>{inner}</body></html>'


@pytest.fixture(autouse=True)
def drawn_anew():
    process.drawn.forget()


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static files")
    (folder / "documents").mkdir()
    (folder / "documents" / "print.css").write_text("body { font-family: sans-serif }")
    return folder


@pytest.fixture(scope="module")
def sample(static_folder):
    return written(SAMPLE, static_folder)


@pytest.fixture
def opened(sample):
    with pikepdf.open(BytesIO(sample)) as document:
        yield document


def elements(node, parents=()):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, parents
            yield from elements(kid, (*parents, str(kid.S)))


def test_the_accessibility_checker_finds_nothing(sample, tmp_path):
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample)

    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []


def test_the_file_is_sound(opened):
    assert list(opened.check_pdf_syntax()) == []


def test_the_document_says_its_language_and_title(opened):
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == "Årsrapport 2025"
        assert metadata["pdfuaid:part"] == "1"
    assert str(opened.Root.Lang) == "nn"
    assert str(opened.docinfo.Title) == "Årsrapport 2025"
    assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_every_header_cell_has_the_scope_of_its_place(opened):
    cells = [(e, p) for e, p in elements(opened.Root.StructTreeRoot) if e.S == "/TH"]

    assert len(cells) > 60
    for cell, parents in cells:
        assert cell.A.Scope == ("/Column" if "/THead" in parents else "/Row")


def test_heading_levels_are_not_skipped(opened):
    kinds = [str(e.S) for e, _ in elements(opened.Root.StructTreeRoot)]
    levels = [int(kind[2]) for kind in kinds if kind in ("/H1", "/H2", "/H3")]

    assert levels == [1, 2, 2, 3]
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


def test_all_content_is_owned_by_the_tree_or_an_artifact(opened):
    artifacts = 0
    for page in opened.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            artifacts += name == "BDC" and operands[0] == "/Artifact"
            assert depth > 0 or name not in ("Tj", "TJ", "f", "f*", "S", "B", "Do", "sh"), name
    assert artifacts >= len(opened.pages)


def test_links_are_named_by_their_words_and_are_printed(opened):
    links = [note for page in opened.pages for note in page.get("/Annots", [])]

    assert {str(link.Contents) for link in links} == {
        "Telefonen vart svart",
        "Økonomi",
        "forskrifta hjå Lovdata",
    }
    assert all(int(link.F) & 4 for link in links)


def test_norwegian_letters_can_be_read_out(sample, tmp_path):
    text = extracted_text(sample)

    assert "Blåbær, sjø, ærleg." in text
    assert "Side 2 av" in text


def extracted_text(content):
    """The text by way of the fonts' ToUnicode tables, as a screen reader reads it."""
    found = []
    with pikepdf.open(BytesIO(content)) as document:
        for page in document.pages:
            tables = {name: to_unicode(font) for name, font in page.Resources.Font.items()}
            table = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    table = tables[str(operands[0])]
                strings = operands if str(operator) == "Tj" else []
                strings = list(operands[0]) if str(operator) == "TJ" else strings
                for part in strings:
                    if isinstance(part, pikepdf.String):
                        code = bytes(part).hex()
                        found += [table.get(code[i : i + 4], "") for i in range(0, len(code), 4)]
    return "".join(found)


def to_unicode(font):
    table, inside = {}, False
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        if "beginbfchar" in line or "endbfchar" in line:
            inside = "begin" in line
        elif inside:
            code, text = line.strip().strip("<>").split("> <")
            table[code.lower()] = bytes.fromhex(text).decode("utf-16-be")
    return table


def test_the_same_document_gives_the_same_bytes(static_folder):
    html = body("<h1>Same</h1>")

    assert written(html, static_folder) == written(html, static_folder)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/a.png",
        "https://example.no/a.png",
        "data:image/png;base64,AAAA",
        "../secret.png",
        "%2e%2e/secret.png",
        "missing.png",
        "/media/a.png",
    ],
)
def test_only_static_files_are_fetched(address, static_folder):
    (static_folder.parent / "secret.png").write_bytes(b"secret")

    with pytest.raises(pdf.PdfError, match="Error fetching"):
        written(body(f'<h1>x</h1><img src="{address}" alt="x">'), static_folder)


def test_a_symbolic_link_out_of_the_static_folder_is_not_followed(static_folder, tmp_path):
    (tmp_path / "secret.css").write_text("body { color: red }")
    (static_folder / "out.css").symlink_to(tmp_path / "secret.css")

    with pytest.raises(pdf.PdfError, match="outside the folder"):
        written(
            f'<html lang="nn"><link rel="stylesheet" href="out.css">{body("x")}</html>',
            static_folder,
        )


def test_a_picture_without_alternative_text_fails(static_folder):
    (static_folder / "dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    )

    with pytest.raises(pdf.PdfError, match="no required alt"):
        written(body('<img src="dot.svg">'), static_folder)


def test_a_drawing_without_a_title_fails(static_folder):
    drawing = '<svg width="9" height="9"><rect width="9" height="9"/></svg>'

    with pytest.raises(pdf.PdfError, match="no text alternative"):
        written(body(drawing), static_folder)


def test_a_document_without_a_language_fails(static_folder):
    with pytest.raises(pdf.PdfError, match="lang"):
        written("<html><body><h1>x</h1></body></html>", static_folder)


@pytest.mark.parametrize(("link", "words"), [("#gone", "No anchor #gone"), ("/a", "whole address")])
def test_a_link_to_nowhere_fails(link, words, static_folder):
    with pytest.raises(pdf.PdfError, match=words):
        written(body(f'<p><a href="{link}">x</a></p>'), static_folder)


def test_a_rendering_that_takes_too_long_is_ended(static_folder):
    with pytest.raises(pdf.PdfError, match=r"more than 0\.05 seconds"):
        written(body("<h1>x</h1>"), static_folder, time_limit_seconds=0.05)


def test_a_rendering_that_needs_too_much_memory_is_ended(static_folder):
    limit = 250 * 1024**2
    assert written(body("<h1>x</h1>"), static_folder, memory_limit_bytes=limit)
    with pytest.raises(pdf.PdfError):
        written(body("<p>x</p>" * 30_000), static_folder, memory_limit_bytes=limit)


def test_missing_libraries_are_named_by_their_packages(monkeypatch, static_folder):
    monkeypatch.setattr("legevakt.lib.pdf.libraries.LIBRARIES", {"libpango-x": ("no-such.so.9",)})

    with pytest.raises(pdf.PdfUnavailable, match="libpango-x") as raised:
        written(body("x"), static_folder)

    assert raised.value.packages == ("libpango-x",)


def test_nothing_is_missing_where_a_pdf_was_made(sample):
    assert pdf.missing_libraries() == ()


def test_the_file_is_fit_for_the_archive(opened):
    assert archive.findings_of(opened) == []


def test_another_validator_finds_nothing_against_the_archive(sample, tmp_path):
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample)

    assert preflight.findings_of(path, folder=tmp_path) == []


def test_both_checks_of_the_archive_notice_a_schema_that_is_not_described(opened, tmp_path):
    told = opened.Root.Metadata.read_bytes()
    began = told.index(b"<rdf:Description xmlns:pdfaExtension")
    opened.Root.Metadata = opened.make_stream(
        told[:began] + told[told.index(b"</rdf:RDF>") :], Type="/Metadata", Subtype="/XML"
    )
    path = tmp_path / "undescribed.pdf"
    opened.save(path)

    with pikepdf.open(path) as document:
        assert archive.findings_of(document) == ["6.6.2.3: no extension schema for pdfuaid"]
    (found,) = preflight.findings_of(path, folder=tmp_path)
    assert "http://www.aiim.org/pdfua/ns/id/" in found


def test_a_drawing_is_read_out_with_its_description(opened):
    figures = [e for e, _ in elements(opened.Root.StructTreeRoot) if e.S == "/Figure"]

    assert [str(each.Alt) for each in figures] == ["Del svart innan to minutt. Tre månader"]
