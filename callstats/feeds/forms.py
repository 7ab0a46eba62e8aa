"""The forms for setting up a source."""

from __future__ import annotations

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from callstats.feeds.checks import SetupError, check_zone
from callstats.feeds.models import Source
from callstats.feeds.profile_words import WORDS
from municipalities.models import Central, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission

MOST_SILENT_MINUTES = 60 * 24 * 31


def profile_choices() -> list[tuple[str, str]]:
    """The profiles by their titles."""
    return [(name, str(words.title)) for name, words in WORDS.items()]


class HowItIsRead(forms.Form):
    """What new and old sources have in common."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As people speak of it: Puzzel at the central, the old exchange."),
    )
    profile = forms.ChoiceField(label=_("How its files are read"), choices=profile_choices)
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=40,
        initial="Europe/Oslo",
        help_text=_("For files whose times have no offset."),
    )

    def clean_zone(self) -> str:
        """A name of the IANA list."""
        zone = self.cleaned_data["zone"]
        try:
            check_zone(zone)
        except SetupError as error:
            raise forms.ValidationError(
                _("The time zone %(zone)s is not known. Write it as Europe/Oslo."),
                params={"zone": zone},
            ) from error
        return zone


class NewSourceForm(HowItIsRead):
    """A telephone system of a central; its queues are asked for on the next page."""

    slug = forms.SlugField(
        label=_("Short name"),
        max_length=50,
        required=False,
        help_text=_(
            "Letters, digits, - and _. It stands in addresses and never changes. Left empty, it is"
            " made from the name."
        ),
    )
    central = forms.ModelChoiceField(
        label=_("Central"), queryset=Central.objects.none(), empty_label=_("Choose …")
    )
    is_sandbox = forms.BooleanField(
        label=_("Only for trying out a feed"),
        required=False,
        help_text=_("A sandbox: what comes in is checked and stored as usual, but never counted."),
    )
    field_order = ["name", "slug", "central", "profile", "zone", "is_sandbox"]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        centrals = Central.objects.counted().filter(
            cooperation__in=cooperations_where(user=user, permission=Permission.MANAGE_FEEDS)
        )
        self.fields["central"].queryset = centrals.order_by("name", "pk")
        if len(centrals) == 1:
            self.initial.setdefault("central", centrals[0])

    def clean_slug(self) -> str:
        """The short name that was written, if nobody has it."""
        slug = self.cleaned_data["slug"]
        if slug and Source.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("The short name is taken. Choose another."))
        return slug

    def clean(self) -> dict:
        """An empty short name is made from the name."""
        cleaned = super().clean() or self.cleaned_data
        if "slug" in cleaned and "name" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = free_slug(cleaned["name"])
        return cleaned


class SourceForm(HowItIsRead):
    """The settings of a source that is there."""

    is_expected = forms.BooleanField(
        label=_("It should be sending"),
        required=False,
        help_text=_(
            "Then an hour it does not tell of is an hour without data. Take it away for a single"
            " log, or when the system is taken out of use."
        ),
    )
    silent_after_minutes = forms.IntegerField(
        label=_("Tell me when it has been silent for (minutes)"),
        required=False,
        min_value=5,
        max_value=MOST_SILENT_MINUTES,
        help_text=_(
            "The head of the legevakt gets an e-mail, once for each silence; it is looked for every"
            " minute. A system that sends all the time: 60. A file each night: 1500. Empty: nobody"
            " is told."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profile"].help_text = _(
            "Change it only when the system's export has changed: another profile may know the"
            " same calls by other ids, and then they are counted twice."
        )

    def clean(self) -> dict:
        """Only what should be sending can fall silent."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("silent_after_minutes") and not cleaned.get("is_expected"):
            self.add_error(
                "silent_after_minutes",
                _("A system that need not send cannot fall silent. Leave this empty."),
            )
        return cleaned


def free_slug(name: str) -> str:
    """A short name made from the name, with a number where it is taken."""
    first = slugify(name.replace("ø", "o").replace("Ø", "O").replace("æ", "ae"))[:40] or "source"
    taken = set(Source.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (first, *numbered) if slug not in taken)
