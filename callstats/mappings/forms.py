"""The forms of the wizard: which sample, and what it means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from callstats.feeds.models import Source
from callstats.imports.messages import of_file
from callstats.mappings import beginnings, fields, file_fields, words
from callstats.mappings.assembling import mapping_of
from callstats.mappings.models import MappingDraft
from callstats.mappings.profiles import is_mapped_by_columns
from callstats.mappings.queries import Queues
from callstats.mappings.sample_files import BYTES_LIMIT
from callstats.mappings.seeing import fingerprint
from callstats.mappings.trying import Trial
from callstats.sources import mapping_checks


class SampleForm(forms.Form):
    """A file as the telephone system exports it, and with what to begin."""

    file = forms.FileField(
        label=_("Sample of the call log"),
        allow_empty_file=True,
        help_text=_(
            "A file as the telephone system exports it, at most 20 MB. A day's calls are enough."
            " It is deleted when you are done, and after 24 hours at the latest."
        ),
    )
    start = forms.ChoiceField(label=_("Begin with"))

    def __init__(self, *args, source: Source, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = beginnings.choices(source)
        if not is_mapped_by_columns(source):
            del self.fields["start"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size == 0:
            raise forms.ValidationError(of_file("empty_file", {}))
        if file.size > BYTES_LIMIT:
            params = {"limit": BYTES_LIMIT, "size": file.size}
            raise forms.ValidationError(of_file("file_too_large", params))
        return file


class DraftForm(forms.Form):
    """What every draft asks: which page was seen, the order of the date, the unknown queues."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, draft: MappingDraft, trial: Trial, queues: Queues, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft, self.trial, self.queues = draft, trial, queues
        self.fields["seen"].initial = fingerprint(draft)
        if trial.doubt:
            self.fields["date_order"] = fields.date_order(draft, trial.doubt)
        self.fields |= fields.of_queues(queues, chosen=draft.choices.get("queues", {}))

    def clean_seen(self):
        if self.cleaned_data["seen"] != fingerprint(self.draft):
            raise forms.ValidationError(
                _("The settings were changed in another window. Load this page again.")
            )
        return self.cleaned_data["seen"]

    def mapping(self) -> dict[str, Any]:
        """The draft's mapping with what is said now."""
        order = self.cleaned_data.get("date_order")
        return self.draft.mapping | ({"date_order": order} if order else {})

    def choices(self) -> dict[str, Any]:
        """What is said beside the mapping."""
        targets = {
            queue: self.cleaned_data.get(f"queue_{n}", "")
            for n, queue in enumerate(self.queues.unknown)
        }
        return {
            "date_order": self.cleaned_data.get("date_order", ""),
            "queues": {queue: target for queue, target in targets.items() if target},
        }

    def one_kind(self, prefix: str) -> list[forms.BoundField]:
        """The fields whose names begin so, in order."""
        return [self[name] for name in self.fields if name.startswith(prefix)]


class MappingForm(DraftForm):
    """All of a mapping: how the file is written, what its columns, words and rows are."""

    def __init__(self, *args, draft: MappingDraft, trial: Trial, **kwargs):
        super().__init__(*args, draft=draft, trial=trial, **kwargs)
        given = {"mapping": draft.mapping, "trial": trial}
        self.fields |= file_fields.of_file(**given, sheets=draft.choices.get("sheets", []))
        self.fields |= file_fields.of_values(draft.mapping, zone=draft.source.zone)
        self.fields |= fields.of_columns(**given)
        self.fields |= fields.of_rows(draft.mapping)
        self.fields |= fields.of_filters(**given)
        self.fields |= fields.of_words(**given)

    def clean_header_line(self):
        text = self.cleaned_data["header_line"].strip()
        if text and not mapping_checks.is_header_line(int(text) if text.isdigit() else text):
            raise forms.ValidationError(_("Write the number of a line, a pattern, or none."))
        return text

    def clean_footer_regex(self):
        text = self.cleaned_data["footer_regex"]
        if text and not mapping_checks.is_pattern(text):
            raise forms.ValidationError(_("The pattern cannot be understood."))
        return text

    def clean_other_formats(self):
        told = [line.strip() for line in self.cleaned_data["other_formats"].split(";")]
        given = [form for form in told if form]
        if given and not file_fields.are_formats(given):
            raise forms.ValidationError(
                _("Write each format as in %(example)s, with day and month in one order.")
                % {"example": words.FORMAT_SHOWN}
            )
        return given

    def clean(self):
        cleaned = super().clean()
        for n in range(fields.filter_count(self.draft.mapping)):
            pattern = cleaned.get(f"filter_{n}_words", "")
            is_pattern = cleaned.get(f"filter_{n}_test") == "matches"
            if is_pattern and not mapping_checks.is_pattern(pattern):
                self.add_error(f"filter_{n}_words", _("The pattern cannot be understood."))
        return cleaned

    def mapping(self) -> dict[str, Any]:
        said = self.cleaned_data
        return mapping_of(
            said
            | {
                "formats": said["other_formats"] or said["time_format"].splitlines(),
                "filter_count": fields.filter_count(self.draft.mapping),
                "meanings": self._meanings(),
            },
            before={"columns": {}} | self.draft.mapping,
            columns=self.trial.columns,
        )

    def _meanings(self) -> dict[str, dict[str, str]]:
        return {
            field: {
                word: self.cleaned_data[f"{field}_{n}"]
                for n, word in enumerate(self.trial.words[field])
            }
            for field in self.trial.words
        }


def form_of(draft: MappingDraft) -> type[DraftForm]:
    """The form that the source's profile needs."""
    return MappingForm if is_mapped_by_columns(draft.source) else DraftForm
