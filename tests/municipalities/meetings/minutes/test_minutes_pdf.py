"""Minutes on paper, in both written forms, read back as text and checked as PDF/UA."""

import re
from io import BytesIO

import pdfua
import pikepdf
import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from legevakt.lib.pdf import PdfError
from legevakt.lib.translation_checks import FOREIGN
from municipalities.meetings.minutes import operations
from tests.municipalities.costs.statements.test_statement_pdf import words_of
from tests.municipalities.meetings.minutes.conftest import AFTER, OUT

TOLD = (
    "Sak 7/25 Bemanning om natta",
    "Det blir to operatørar om natta.",
    "81.5 prosent",
    "Ole Vara",
)


@pytest.fixture
def url(approved, cooperation):
    return reverse("minutes_pdf", args=[cooperation.slug, approved.meeting_id])


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["nn", "nb"])
def test_the_minutes_are_accessible_and_whole(
    url, approved, auditor, as_person, language, tmp_path
):
    content = as_person(auditor).get(url, {"language": language}).content
    path = tmp_path / "minutes.pdf"
    path.write_bytes(content)

    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []
    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang) == language
        assert "Kommunedirektørmøtet 1/2025" in str(document.docinfo["/Title"])
    text = words_of(content)
    with translation.override(language):
        ours = (gettext("Present and absent"), gettext("Decision"), gettext("Approval"))
    for words in (*TOLD, *ours, approved.sha256):
        assert words in text
    if language == "nn":  # what people wrote is in nynorsk, and stays so in bokmål
        assert not set(re.findall(r"[^\W\d_]+", text.lower())) & set(FOREIGN["nn"].split())


def test_it_is_in_the_language_of_the_minutes_unless_told(url, auditor, as_person, monkeypatch):
    told = []
    monkeypatch.setattr(
        "municipalities.meetings.minutes.document.write_pdf",
        lambda html, **about: told.append((about["language"], about["title"])) or b"%PDF-",
    )

    for query in ({}, {"language": "nb"}, {"language": "en"}):
        as_person(auditor).get(url, query)

    assert [language for language, _ in told] == ["nn", "nb", "nn"]


def test_where_no_pdf_can_be_made_the_page_says_so(url, auditor, as_person, monkeypatch):
    def broken(*_, **__):
        raise PdfError

    monkeypatch.setattr("municipalities.meetings.minutes.document.write_pdf", broken)

    assert as_person(auditor).get(url)["Location"] == url.removesuffix("pdf/")


def test_remarks_and_what_became_of_them_follow_the_approved_minutes_alone(
    out, partner_director, secretary, people, auditor, as_person, monkeypatch, cooperation
):
    told = []
    monkeypatch.setattr(
        "municipalities.meetings.minutes.document.write_pdf",
        lambda html, **_: told.append(html) or b"%PDF-",
    )
    remark = operations.remark(
        minutes=out, item=None, text="Klokka var ti.", by=partner_director, at=OUT
    )
    url = reverse("minutes_pdf", args=[cooperation.slug, out.meeting_id])
    as_person(secretary).get(url)
    operations.answer_remark(remark=remark, answer="Retta.", by=secretary, at=OUT)
    operations.approve(minutes=out, by=partner_director, at=AFTER)

    as_person(auditor).get(url)

    draft, approved = told
    assert "Klokka var ti." not in draft
    assert "Klokka var ti." in approved
    assert "Retta." in approved
