"""The form for uploading a call log."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from callstats.feeds.models import Source
from callstats.imports.messages import of_file
from callstats.sources.files import MAX_BYTES as WHOLE_BYTES
from callstats.sources.registry import PROFILES
from municipalities.models import User
from municipalities.rules import Permission


class UploadForm(forms.Form):
    """A file and the source it is from; only sources the person may import to.

    `slug` names the source that is chosen already; one the person may not import to is not.
    """

    source = forms.ModelChoiceField(
        label=_("Telephone system"),
        queryset=Source.objects.none(),
        empty_label=_("Choose …"),
        help_text=_("The system that wrote the log decides how it is read."),
    )
    file = forms.FileField(
        label=_("Call log"),
        allow_empty_file=True,
        help_text=_(
            "The file as the system exports it, at most %(limit)s. Our own format as CSV may be"
            " %(largest)s."
        ),
    )

    def __init__(self, *args, user: User, slug: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        sources = Source.objects.where(user, Permission.IMPORT_CALLS).order_by("name", "pk")
        self.fields["source"].queryset = sources
        told = {"limit": WHOLE_BYTES, "largest": settings.IMPORT_FILE_BYTES_LIMIT}
        self.fields["file"].help_text %= {key: filesizeformat(size) for key, size in told.items()}
        chosen = [each for each in sources if each.slug == slug] or list(sources)
        if len(chosen) == 1:
            self.initial.setdefault("source", chosen[0])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size == 0:
            raise forms.ValidationError(of_file("empty_file", {}))
        limit = self._limit()
        if file.size > limit:
            raise forms.ValidationError(
                of_file("file_too_large", {"limit": limit, "size": file.size})
            )
        return file

    def _limit(self) -> int:
        """Of the chosen source: what its profile reads in parts may be larger."""
        largest = settings.IMPORT_FILE_BYTES_LIMIT
        source = self.cleaned_data.get("source")
        if source is None or hasattr(PROFILES[source.profile].module, "read_parts"):
            return largest
        return min(largest, WHOLE_BYTES)
