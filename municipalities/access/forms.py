"""The form for giving a person a role."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from municipalities.access.rules import Role, may_be_held
from municipalities.access.words import ROLE_NAMES
from municipalities.cooperations.models import Cooperation
from municipalities.register.models import Municipality

WRONG_MUNICIPALITY = {
    True: _("This role belongs to a partner municipality."),
    False: _("This role belongs to the host municipality."),
}


class RoleForm(forms.Form):
    """A person, by e-mail address, and the role on behalf of a participant."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Of pages and e-mails; the person can change it."),
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none()
    )
    role = forms.ChoiceField(label=_("Role"), choices=[(r.value, ROLE_NAMES[r]) for r in Role])

    def __init__(self, *args, cooperation: Cooperation, **kwargs):
        super().__init__(*args, **kwargs)
        self.cooperation = cooperation
        self.initial.setdefault("language", cooperation.language)
        self.fields["municipality"].queryset = (
            Municipality.objects.filter(participations__cooperation=cooperation)
            .distinct()
            .order_by("number", "pk")
        )

    def clean(self):
        """A host's role is held on behalf of the host, a partner's on behalf of a partner."""
        cleaned = super().clean()
        role, municipality = cleaned.get("role"), cleaned.get("municipality")
        if role and municipality:
            is_host = municipality.pk == self.cooperation.host_id
            if not may_be_held(role=Role(role), is_host=is_host):
                self.add_error("municipality", WRONG_MUNICIPALITY[is_host])
        return cleaned
