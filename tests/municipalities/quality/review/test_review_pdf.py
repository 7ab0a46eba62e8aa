"""The report to the councils, in both written forms, read back as text and checked as PDF/UA."""

from io import BytesIO

import pdfua
import pikepdf
import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from legevakt.lib.pdf import PdfError
from municipalities.quality.review import operations
from municipalities.quality.review.points import points
from municipalities.quality.review.words import text_of
from tests.factories import quality
from tests.municipalities.costs.statements.test_statement_pdf import words_of


@pytest.fixture
def signed(cooperation, host_director):
    review = quality.judged_review(cooperation=cooperation, measure="Ny rutine for natta")
    operations.summarise(review=review, summary="Året var godt.\n\nMeir øving.")
    return operations.sign(review=review, by=host_director, at=quality.AT)


@pytest.fixture
def address(cooperation):
    return reverse("review_pdf", args=[cooperation.slug, 2025])


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["nn", "nb"])
def test_the_report_is_accessible_and_whole(
    signed, address, auditor, as_person, language, tmp_path
):
    content = as_person(auditor).get(address, {"language": language}).content
    path = tmp_path / "review.pdf"
    path.write_bytes(content)

    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []
    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang) == language
    text = words_of(content)
    with translation.override(language):
        ours = (gettext("Told to the councils"), gettext("The duty to plan"))
        last = text_of(points()["9c"])
    for words in ("Ny rutine for natta", "Meir øving.", "Fedje", last, *ours):
        assert words in text


def test_there_is_none_before_the_review_is_signed(cooperation, address, auditor, as_person):
    quality.begun_review(cooperation=cooperation)

    assert as_person(auditor).get(address).status_code == 404


def test_a_failure_leads_back_to_the_page(signed, address, auditor, as_person, monkeypatch):
    def fails(*_args, **_told):
        raise PdfError("no fonts")

    monkeypatch.setattr("municipalities.quality.review.document.write_pdf", fails)

    answer = as_person(auditor).get(address)

    assert answer["Location"].endswith("/reviews/2025/")
