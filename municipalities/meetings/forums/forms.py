"""The forms of a forum and of its members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.access.models import Membership, User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.forums.models import Duty, Forum, ForumKind
from municipalities.meetings.forums.words import WORDS
from municipalities.obligations import words as obligation_words
from municipalities.obligations.models import Obligation
from municipalities.register.models import Municipality

DUTIES = [each for each in Duty.choices if each[0] != Duty.GUEST]


class ForumForm(forms.ModelForm):
    """Everything about a forum but who belongs to it; topics are written one on each line."""

    topics = forms.CharField(
        label=_("Minimum agenda"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One topic on each line. Left out where the forum is evidence for an obligation: then"
            " its topics are the minimum agenda."
        ),
    )
    starts_date = DateField(label=_("From"))

    class Meta:
        model = Forum
        fields = (
            "kind",
            "partner",
            "name",
            "obligation_code",
            "topics",
            "meetings_a_year",
            "notice_days",
            "proposal_days",
            "may_demand",
            "case_prefix",
            "language",
            "starts_date",
        )

    def __init__(self, *args: Any, cooperation: Cooperation, **options: Any) -> None:
        instance = options.get("instance")
        initial = {"topics": "\n".join(instance.topics)} if instance else {}
        super().__init__(*args, **{"initial": initial} | options)
        self.instance.cooperation = cooperation
        partners = Municipality.objects.filter(participations__cooperation=cooperation)
        partner = self.fields["partner"]
        partner.queryset = partners.exclude(pk=cooperation.host_id).distinct().order_by("number")
        partner.label = _("With which participant")
        partner.help_text = _("Only of a yearly meeting between the host and a participant.")
        self.fields["obligation_code"] = forms.ChoiceField(
            label=_("Its meetings are evidence for"),
            required=False,
            choices=[("", _("no obligation")), *_obligations(cooperation)],
        )

    def clean_topics(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["topics"].splitlines()]
        topics = list(dict.fromkeys(line for line in lines if line))
        if any(len(each) > 160 for each in topics):
            raise forms.ValidationError(_("A topic has at most 160 characters. Shorten it."))
        return topics

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        is_bilateral = found.get("kind") == ForumKind.BILATERAL
        if is_bilateral != bool(found.get("partner")):
            self.add_error("partner", WORDS["bilateral_forum_names_the_participant"])
        if found.get("proposal_days", 0) < found.get("notice_days", 0):
            self.add_error("proposal_days", WORDS["items_are_taken_before_the_call"])
        return found

    def validate_constraints(self) -> None:
        """The database does, and is told in words."""

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the forum, clean."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MemberForm(forms.Form):
    """A member: a user, or somebody with a name and an address."""

    user = forms.ModelChoiceField(
        label=_("User"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Choose …"),
        help_text=_("Somebody who has access to the cooperation. Else leave it empty."),
    )
    name = forms.CharField(label=_("Or name"), max_length=120, required=False)
    email = forms.EmailField(label=_("and e-mail address"), required=False)
    municipality = forms.ModelChoiceField(
        label=_("Speaks for"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("no municipality"),
    )
    duty = forms.ChoiceField(label=_("Duty"), choices=DUTIES, initial=Duty.MEMBER.value)
    starts_date = DateField(label=_("From"))

    def __init__(self, *args: Any, forum: Forum, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = users_of(forum)
        self.fields["municipality"].queryset = municipalities_of(forum)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        has_person = bool(found.get("name")) and bool(found.get("email"))
        is_empty = not found.get("name") and not found.get("email")
        if not self.errors and not (is_empty if found.get("user") else has_person):
            self.add_error("user", WORDS["member_is_a_user_or_a_name_with_an_address"])
        return found


class ChangeMemberForm(forms.Form):
    """Another duty, or another municipality."""

    duty = forms.ChoiceField(label=_("Duty"), choices=DUTIES)
    municipality = forms.ModelChoiceField(
        label=_("Speaks for"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("no municipality"),
    )

    def __init__(self, *args: Any, forum: Forum, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].queryset = municipalities_of(forum)


class EndForm(forms.Form):
    """The day from which it is over."""

    ends_date = DateField(label=_("From which day"))
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)


def users_of(forum: Forum) -> QuerySet[User]:
    """Those with a role in the cooperation; of a bilateral forum with one for either of the two."""
    roles = Membership.objects.filter(cooperation=forum.cooperation)
    if forum.partner_id:
        roles = roles.filter(municipality__in=(forum.cooperation.host_id, forum.partner_id))
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("name", "pk")


def municipalities_of(forum: Forum) -> QuerySet[Municipality]:
    """Those that take part in the cooperation; of a bilateral forum the two."""
    found = Municipality.objects.filter(participations__cooperation=forum.cooperation)
    if forum.partner_id:
        found = found.filter(pk__in=(forum.cooperation.host_id, forum.partner_id))
    return found.distinct().order_by("number")


def _obligations(cooperation: Cooperation) -> list[tuple[str, Any]]:
    rows = Obligation.objects.filter(cooperation=cooperation, ends_date__isnull=True)
    return [(each.code, obligation_words.told(each.title)) for each in rows.order_by("title")]
