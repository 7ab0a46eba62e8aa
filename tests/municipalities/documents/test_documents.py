"""Files are kept once under their hash, and given to those who take part."""

import pytest
from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from pghistory.models import Event

from municipalities.agreements import drafting, operations
from municipalities.agreements.models import AgreementVersion
from municipalities.documents.forms import WORDS, DocumentField, DocumentMixin
from municipalities.documents.models import OWNERS, Document
from municipalities.documents.rules import MOST_BYTES, NotTaken, media_type_of, name_kept
from tests.conftest import NOW
from tests.factories.agreements import draft_of
from tests.factories.documents import PDF, kept


def test_who_takes_part_gets_the_bytes_as_a_download(cooperation, partner_director, as_person):
    document = kept(cooperation=cooperation, name="avtale æøå.pdf")
    attached(draft_of(cooperation=cooperation), document)

    browser, url = as_person(partner_director), reverse("document", args=[document.pk])
    assert browser.get(url).status_code == 404
    operations.send(version=AgreementVersion.objects.get(), at=NOW)
    answer = browser.get(url)

    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''avtale%20")


def attached(version, document):
    facts = {"changes": "", "notice_months": 12, "leaves_at_new_year": False}
    drafting.change_facts(
        version=version, dated_date=version.dated_date, document=document, **facts
    )


def test_a_draft_s_document_is_for_those_who_write_it_also_when_replaced_or_dropped(
    cooperation, secretary, partner_director, django_assert_max_num_queries
):
    version = draft_of(cooperation=cooperation)
    documents = [kept(cooperation=cooperation, name=name) for name in ("a.pdf", "b.pdf")]
    for document in documents:
        attached(version, document)
    operations.drop(version=version)
    own = kept(cooperation=cooperation, by=partner_director)

    assert set(Document.objects.visible_to(secretary)) == {*documents, own}
    with django_assert_max_num_queries(1):
        assert set(Document.objects.visible_to(partner_director)) == {own}


def test_whatever_names_a_document_shows_it_to_those_who_see_that_thing():
    named = {
        (model.__name__, field.name)
        for model in apps.get_app_config("municipalities").get_models()
        if not issubclass(model, Event)
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.related_model is Document and not model._meta.auto_created
    }
    assert {each for each in named if each[0] != "HearingDocument"} == set(OWNERS)


def test_the_same_bytes_lie_there_once(cooperation, settings):
    first, second = kept(cooperation=cooperation), kept(cooperation=cooperation, name="b.pdf")

    assert first.path == second.path
    assert len(list(settings.DOCUMENTS_DIR.iterdir())) == 1


def test_a_document_never_changes(cooperation):
    document = kept(cooperation=cooperation)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(name="another.pdf")


def test_an_exemption_has_its_ground(cooperation):
    assert kept(cooperation=cooperation, exemption_basis="offentleglova § 13").is_exempt
    with pytest.raises(DatabaseError, match="document_exemption_has_its_ground"):
        Document.objects.bulk_create(
            [Document(cooperation=cooperation, is_exempt=True, size_bytes=1, uploaded_at=NOW)]
        )


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.pdf", b"", "empty"),
        ("program.exe", b"MZ", "unknown_kind"),
        ("page.html", b"<html>", "unknown_kind"),
        ("no-suffix", b"%PDF-1.7", "unknown_kind"),
        ("renamed.pdf", b"MZ not a pdf", "not_as_named"),
        ("renamed.docx", b"%PDF-1.7", "not_as_named"),
    ],
)
def test_what_is_not_taken_says_why(name, content, code):
    with pytest.raises(forms.ValidationError) as told:
        DocumentField(allow_empty_file=True).clean(SimpleUploadedFile(name, content))
    assert told.value.messages == [str(WORDS[code])]


@pytest.mark.parametrize("length", [199, 200, 201, 255])
def test_a_name_is_as_long_as_can_be_stored_and_keeps_its_suffix(length):
    name = "a" * (length - 5) + ".docx"
    kept_as = name_kept(name)

    assert len(kept_as) == min(length, 200)
    assert kept_as.endswith("….docx" if length > 200 else "a.docx")


def test_more_than_25_mb_is_not_taken():
    with pytest.raises(NotTaken, match="too_large"):
        media_type_of(name="a.pdf", size=MOST_BYTES + 1, first_bytes=PDF)


def test_a_form_keeps_what_was_chosen_and_nothing_where_nothing_was(cooperation, secretary):
    chosen = {"document": SimpleUploadedFile("C:\\notat.JPEG", b"\xff\xd8\xff a picture")}
    form = DocumentMixin({"exemption_basis": "offentleglova § 14"}, chosen)
    assert form.is_valid(), form.errors
    document = form.kept_document(cooperation=cooperation, by=secretary, at=NOW)
    assert (document.media_type, document.is_exempt) == ("image/jpeg", True)

    without = DocumentMixin({})
    assert without.is_valid()
    assert without.kept_document(cooperation=cooperation, by=secretary, at=NOW) is None
