"""The forms of a hearing: opened, answered, closed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePath

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.decisions.models import Decision
from municipalities.decisions.presenters import short_day
from municipalities.documents.forms import DocumentField, DocumentMixin
from municipalities.documents.models import Document
from municipalities.documents.operations import keep
from municipalities.hearings import queries
from municipalities.hearings.models import Hearing, HearingAnswer, Position
from municipalities.hearings.rules import usual_deadline
from municipalities.register.models import Municipality


class SeveralFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class DocumentsField(DocumentField):
    """Several documents; the clean value is a list."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(DocumentsField, self).clean(each, initial) for each in files]


class DecisionField(forms.ModelChoiceField):
    """A decision by title and day."""

    def label_from_instance(self, obj: Decision) -> str:
        return f"{obj.title} ({obj.municipality.name}, {short_day(obj.decided_date)})"


class HearingForm(forms.Form):
    """What is asked, of whom, and by when. All who take part, but the host, unless chosen."""

    title = forms.CharField(label=_("Title"), max_length=160)
    question = forms.CharField(
        label=_("What is asked"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What the case is, what is proposed, and what you want to hear about."),
    )
    documents = DocumentsField(
        label=_("Documents"),
        required=False,
        allow_empty_file=True,
        help_text=_("One or several: PDF, DOCX, ODT, XLSX, PNG, JPG or MSG, at most 25 MB each."),
    )
    exemption_basis = forms.CharField(
        label=_("Legal ground, if the documents are exempt from public disclosure"),
        max_length=120,
        required=False,
        help_text=_("For example “offentleglova § 13, jf. forvaltningslova § 13”. Empty: public."),
    )
    deadline_date = DateField(
        label=_("Answer by"),
        help_text=_("Who has not answered is reminded once, a week before."),
    )
    municipalities = forms.ModelMultipleChoiceField(
        label=_("Who is asked"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, cooperation: Cooperation, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        askable = queries.askable(cooperation=cooperation, today=today)
        self.fields["municipalities"].queryset = askable
        self.initial.setdefault("deadline_date", usual_deadline(opened_date=today))
        self.initial.setdefault("municipalities", askable.exclude(pk=cooperation.host_id))

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operation takes it, but the documents."""
        names = ("title", "question", "deadline_date", "municipalities")
        return {name: self.cleaned_data[name] for name in names}

    def kept_documents(self, *, cooperation: Cooperation, by: User, at: datetime) -> list[Document]:
        """The documents of a clean form, stored."""
        return [
            keep(
                cooperation=cooperation,
                file=file,
                name=PurePath(file.name).name,
                media_type=file.media_type,
                by=by,
                at=at,
                exemption_basis=self.cleaned_data["exemption_basis"].strip(),
            )
            for file in self.cleaned_data["documents"]
        ]


class ChangeForm(forms.Form):
    """What is asked otherwise, before anybody has answered, and why."""

    title = forms.CharField(label=_("Title"), max_length=160)
    question = forms.CharField(
        label=_("What is asked"), max_length=8_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    deadline_date = DateField(
        label=_("Answer by"),
        help_text=_("When it is moved, each is reminded of the new day, a week before it."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the history."),
    )

    @staticmethod
    def values_of(hearing: Hearing) -> dict:
        """The hearing as the form shows it."""
        return {name: getattr(hearing, name) for name in ("title", "question", "deadline_date")}


class AnswerForm(DocumentMixin):
    """What a municipality answers. Without a new document the one before stays."""

    position = forms.ChoiceField(
        label=_("Answer"), choices=Position.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Remarks"),
        max_length=8_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("All who take part read it."),
    )
    field_order = ("position", "text", "document", "exemption_basis")

    @staticmethod
    def values_of(answer: HearingAnswer) -> dict:
        """The answer as the form shows it."""
        return {"position": answer.position, "text": answer.text}


class CloseForm(forms.Form):
    """What came of it, and the decision that was made, if it is registered."""

    outcome = forms.CharField(
        label=_("Outcome"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What was concluded, and how the answers were taken into account."),
    )
    decision = DecisionField(
        label=_("The decision that was made"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args, cooperation: Cooperation, **kwargs):
        super().__init__(*args, **kwargs)
        rows = cooperation.decisions.select_related("municipality")
        self.fields["decision"].queryset = rows.order_by("-decided_date", "-pk")
