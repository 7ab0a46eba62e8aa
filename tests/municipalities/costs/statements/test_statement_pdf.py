"""The statement on paper, in both written forms, read back as text and checked as PDF/UA."""

import re
import subprocess
from io import BytesIO

import pdfua
import pikepdf
import pytest
from django.urls import reverse

from legevakt.lib.pdf import PdfError
from legevakt.lib.translation_checks import FOREIGN
from municipalities.access.rules import Role
from tests.conftest import person
from tests.factories import billing, costs

FIGURES = ("11 111 111", "769 210", "692 289", "76 921", "173 073", "773 / 32 160", "6,92")


@pytest.fixture
def browser(db, as_person):
    """Tydal's director, when the year of the reference is settled."""
    year = costs.settled_year()
    billing.billed(year.pool.cooperation)
    billing.claims_of_instalment(year)
    billing.claims_of_settlement(costs.approved_settlement(pool_year=year))
    user = person(
        cooperation=year.pool.cooperation,
        municipality=costs.municipality("Tydal"),
        role=Role.PARTNER_DIRECTOR,
    )
    return as_person(user)


def fetched(browser, **query):
    return browser.get(reverse("statement_pdf", args=["vaernes", "5033", 2025]), query)


def words_of(content):
    """The text of every page by poppler, with one kind of space and no line breaks."""
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    return re.sub(r"\s+", " ", told)


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["nn", "nb"])
def test_the_statement_is_accessible_and_has_the_figures(browser, language, tmp_path):
    content = fetched(browser, language=language).content
    path = tmp_path / "statement.pdf"
    path.write_bytes(content)

    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []
    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang) == language
        assert "Tydal" in str(document.docinfo["/Title"])
    told = words_of(content)
    for figure in FIGURES:
        assert figure in told
    words = set(re.findall(r"[^\W\d_]+", told.lower()))
    assert not words & set(FOREIGN[language].split())


def test_where_no_pdf_can_be_made_the_page_says_so(browser, monkeypatch):
    def broken(*_, **__):
        raise PdfError

    monkeypatch.setattr("municipalities.costs.statements.pdf_views.write_pdf", broken)

    answer = fetched(browser)

    assert answer.status_code == 302
    assert answer["Location"] == reverse("statement", args=["vaernes", "5033", 2025])


def test_it_is_in_the_written_form_of_the_municipality_unless_told(browser, monkeypatch):
    written = []
    monkeypatch.setattr(
        "municipalities.costs.statements.pdf_views.write_pdf",
        lambda html, **told: written.append(told["language"]) or b"%PDF-",
    )

    for query in ({}, {"language": "nb"}, {"language": "en"}):
        fetched(browser, **query)

    assert written == ["nn", "nb", "nn"]  # Tydal is neutral
