"""The fields by which a form takes a document."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.documents import operations
from municipalities.documents.models import Document
from municipalities.documents.rules import NotTaken, media_type_of

SNIFFED_BYTES = 16
WORDS = {
    "empty": _("The file is empty. Choose another."),
    "too_large": _("The file is larger than 25 MB. Make it smaller, or divide it."),
    "unknown_kind": _("Choose a PDF, DOCX, ODT, XLSX, PNG, JPG or MSG file."),
    "not_as_named": _("The file is not what its name says. Save it again, and try once more."),
}


class DocumentField(forms.FileField):
    """A file of a kind that is taken; the clean value has its `media_type`."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file:
            first = file.read(SNIFFED_BYTES)
            file.seek(0)
            try:
                file.media_type = media_type_of(name=file.name, size=file.size, first_bytes=first)
            except NotTaken as error:
                raise forms.ValidationError(WORDS[error.code]) from error
        return file


class DocumentMixin(forms.Form):
    """A form that may take a document: `document`, and the ground if it is not public."""

    document = DocumentField(
        label=_("Document"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, DOCX, ODT, XLSX, PNG, JPG or MSG, at most 25 MB."),
    )
    exemption_basis = forms.CharField(
        label=_("Legal ground, if the document is exempt from public disclosure"),
        max_length=120,
        required=False,
        help_text=_("For example “offentleglova § 13, jf. forvaltningslova § 13”. Empty: public."),
    )

    def kept_document(self, *, cooperation: Cooperation, by: User, at: datetime) -> Document | None:
        """The document of a clean form, stored; None where none was chosen."""
        file = self.cleaned_data.get("document")
        if not file:
            return None
        return operations.keep(
            cooperation=cooperation,
            file=file,
            name=PurePath(file.name).name,
            media_type=file.media_type,
            by=by,
            at=at,
            exemption_basis=self.cleaned_data.get("exemption_basis", ""),
        )
