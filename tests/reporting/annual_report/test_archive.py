"""The report's file as PDF/UA-1 and PDF/A-2a: a real report, read back by others' programs."""

import re
import subprocess
from io import BytesIO
from itertools import pairwise

import pdfua
import pikepdf
import pytest
from django.utils import translation

from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.document.drawing import pdf_of
from reporting.annual_report.document.written import Written
from reporting.annual_report.figures import figures_for
from tests.factories import costs
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year
from tests.pdf_checks import archive, preflight

pytestmark = pytest.mark.pdf
TEXTS = {"goals": "Vi vil svare raskare.\n\nFleire skal øve saman."}
HEADING = re.compile(r"^H[1-6]$")


@pytest.fixture(scope="module")
def kept():
    """What was rendered by the first test of each language."""
    return {}


@pytest.fixture
def figures(cooperation, central):
    """Calls of the year, and its costs settled."""
    calls_in_year(central=central)
    year = costs.settled_year(cooperation=cooperation, parts={"equal": 100})
    costs.approved_settlement(pool_year=year)
    return figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)


@pytest.fixture(params=["nn", "nb"])
def language(request):
    return request.param


@pytest.fixture
def content(kept, figures, language):
    """The file. It says nothing of ids, so that one does for all tests of a language."""
    if language not in kept:
        written = Written(texts=TEXTS)
        kept[language] = pdf_of(figures=figures, language=language, written=written)
    return kept[language]


@pytest.fixture
def path(content, tmp_path):
    found = tmp_path / "report.pdf"
    found.write_bytes(content)
    return found


@pytest.fixture
def opened(content):
    with pikepdf.open(BytesIO(content)) as document:
        yield document


def elements(document):
    return list(archive.elements_of(document.Root.StructTreeRoot))


def by_poppler(program, path, *options):
    done = subprocess.run([program, *options, str(path)], capture_output=True, check=True)
    return done.stdout.decode()


def test_nothing_of_the_archive_standard_is_broken(opened):
    assert archive.findings_of(opened) == []


def test_apache_preflight_finds_nothing(path, tmp_path):
    assert preflight.findings_of(path, folder=tmp_path) == []


def test_the_checker_of_accessibility_finds_nothing(path):
    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []


def test_the_file_is_sound(opened):
    assert list(opened.check_pdf_syntax()) == []


def test_it_claims_both_standards_in_one_file(opened):
    with opened.open_metadata() as metadata:
        claimed = metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]
    assert claimed == ("2", "A", "1")


def test_all_fonts_are_embedded_and_can_be_read(path):
    rows = by_poppler("pdffonts", path).splitlines()[2:]

    assert rows
    for row in rows:
        embedded, _subset, unicode = row.split()[-5:-2]
        assert (embedded, unicode) == ("yes", "yes"), row


def test_another_reader_finds_title_tags_and_language(path, opened, figures, language):
    told = by_poppler("pdfinfo", path)

    assert re.search(r"Tagged: +yes", told)
    assert figures["cooperation"]["name"] in re.search(r"Title: +(.+)", told)[1]
    assert str(opened.Root.Lang) == language
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_headings_come_in_order(opened, path):
    levels = [int(str(e.S)[2]) for e in elements(opened) if HEADING.match(str(e.S)[1:])]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    read = re.findall(r"^ *H([1-6])\b", by_poppler("pdfinfo", path, "-struct"), re.MULTILINE)
    assert [int(level) for level in read] == levels


def test_the_outline_has_every_chapter_with_its_sections(opened, figures, language):
    with opened.open_outline() as outline:
        tops = {item.title: [kid.title for kid in item.children] for item in outline.root}
    with translation.override(language):
        economy = CHAPTERS["economy"]
        sections = [each.title for each in economy.sections(figures)]
        found = next(title for title in tops if title.endswith(f" {economy.title}"))
    assert tops[found] == sections
    assert sum(1 for title in tops if re.match(r"\d+ ", title)) >= 4


def test_every_chart_is_read_out_as_its_own_description(opened, figures, language):
    spoken = [str(e.Alt) for e in elements(opened) if e.S == "/Figure"]

    assert len(spoken) >= 4, "three of the central, one of the economy"
    with translation.override(language):
        chart = CHAPTERS["economy"].sections(figures)[0].page.charts[0]
    assert any(chart.table.caption in each and chart.summary in each for each in spoken)
    assert all(len(each) > 60 for each in spoken)


def test_every_table_has_heads_with_scopes(opened):
    heads = [e for e in elements(opened) if e.S == "/TH"]

    assert heads
    assert {str(head.A.Scope) for head in heads} == {"/Column", "/Row"}


@pytest.mark.parametrize("language", ["nn"], indirect=True)  # poppler takes its time for this
def test_what_was_written_is_read_in_its_place(path):
    told = by_poppler("pdfinfo", path, "-struct-text")

    assert "Vi vil svare raskare." in told
    assert told.index("Vi vil svare raskare.") < told.index("Fleire skal øve saman.")
