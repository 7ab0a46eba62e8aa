"""The forms of doctors and exemptions. None takes a reason in free text, and none a document."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField, HappenedField, HappenedForm
from municipalities.doctors.exempting import Ruling, Scope
from municipalities.doctors.models import GROUNDS, Exemption
from municipalities.doctors.rules import RIGHTS

DAY = timedelta(days=1)
WITHDRAWN_WHY = [
    ("asked", _("the doctor has asked for it")),
    ("passed", _("the ground has passed")),
    ("moved", _("the doctor's contract has changed")),
    ("wrong", _("the decision was wrong")),
]
CASE_NUMBER = RegexValidator(
    r"^[A-ZÆØÅ]{0,6} ?\d{1,6}(?:[/.\- ]\d{1,8}){0,4}$",
    _("Write the case number alone, for example 2025/1234-5."),
)


class CaseNumberField(forms.CharField):
    """A number of the archive: no room for a reason."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Case number"),
            max_length=40,
            validators=[CASE_NUMBER],
            help_text=_("For example 2025/1234-5. No reasons here."),
        )


class ScopeForm(forms.Form):
    """Days with the last one that counts, and how large a part."""

    starts_date = DateField(label=_("First day"))
    last_day = DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Left empty, there is no end."),
    )
    share_percent = forms.IntegerField(
        label=_("Part of the duty (%)"), min_value=1, max_value=100, initial=100
    )

    @staticmethod
    def scope_of(exemption: Exemption) -> dict[str, object]:
        ends = exemption.ends_date
        return {
            "starts_date": exemption.starts_date,
            "last_day": ends - DAY if ends else None,
            "share_percent": exemption.share_percent,
        }

    @property
    def scope(self) -> Scope:
        told = self.cleaned_data
        last = told["last_day"]
        return Scope(
            share_percent=told["share_percent"],
            starts_date=told["starts_date"],
            ends_date=last + DAY if last else None,
        )


class DoctorForm(forms.Form):
    """A doctor with a contract."""

    name = forms.CharField(label=_("Name"), max_length=120)
    starts_date = DateField(label=_("Contract from"))

    def __init__(self, *args, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"] = forms.ModelChoiceField(
            label=_("Contract with"), queryset=municipalities, empty_label=_("Choose …")
        )
        if len(municipalities) == 1:
            self.initial.setdefault("municipality", municipalities[0])


class EndDoctorForm(forms.Form):
    """The contract's last day."""

    last_day = DateField(
        label=_("The contract's last day"),
        help_text=_("An exemption that lasts longer ends then too."),
    )


class ApplicationForm(HappenedForm, ScopeForm):
    """What the doctor applies for."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[("", _("Choose …")), *GROUNDS],
        help_text=_("The ground alone. No diagnosis, certificate or reason is kept here."),
    )
    applied_date = HappenedField(label=_("Applied for on"))
    field_order = ("ground", "applied_date")


class DecisionForm(HappenedForm, ScopeForm):
    """A decision on an application, with the scope it is granted in."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("granted", _("Granted")), ("refused", _("Not granted"))],
        widget=forms.RadioSelect,
    )
    is_condition_unmet = forms.BooleanField(
        label=_("The condition of the right is not met"),
        required=False,
        help_text=_("Needed to refuse a right. Why it is not met stands in the decision alone."),
    )
    consulted_date = HappenedField(label=_("Consulted on"), required=False)
    decided_date = HappenedField(label=_("Decided on"))
    reference = CaseNumberField()
    told_date = HappenedField(
        label=_("The doctor was told on"),
        help_text=_("The deadline for an appeal is three weeks later."),
    )
    field_order = (
        *("outcome", "is_condition_unmet", "starts_date", "last_day", "share_percent"),
        *("consulted_date", "decided_date", "reference", "told_date"),
    )

    def __init__(self, *args, exemption: Exemption, consulted: str, **kwargs):
        super().__init__(*args, **kwargs)
        if exemption.ground not in RIGHTS:
            del self.fields["is_condition_unmet"]
        if consulted:
            text = _("By the agreement: %(who)s") % {"who": consulted}
            self.fields["consulted_date"].required = True
            self.fields["consulted_date"].help_text = text

    @property
    def ruling(self) -> Ruling:
        told = self.cleaned_data
        return Ruling(
            is_granted=told["outcome"] == "granted",
            reference=told["reference"],
            decided_date=told["decided_date"],
            told_date=told["told_date"],
            consulted_date=told["consulted_date"],
            is_condition_unmet=told.get("is_condition_unmet", False),
        )


class AppealForm(HappenedForm):
    """The day the appeal came in."""

    appealed_date = HappenedField(label=_("Appealed on"))


class OutcomeForm(ScopeForm):
    """What the appeal led to; the scope counts where it is granted."""

    outcome = forms.ChoiceField(
        label=_("Outcome of the appeal"),
        choices=[
            ("upheld", _("The decision stands")),
            ("granted", _("Changed: granted as follows")),
            ("refused", _("Changed: refused")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome",)


class WithdrawForm(forms.Form):
    """From when it is no longer in force, and which kind of reason."""

    from_date = DateField(label=_("Not in force from"))
    why = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose …")), *WITHDRAWN_WHY])

    def __init__(self, *args, needs_reference: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if needs_reference:
            self.fields["from_date"].label = _("Withdrawn on")
            self.fields["reference"] = CaseNumberField()

    @property
    def reason(self) -> str:
        return str(dict(WITHDRAWN_WHY)[self.cleaned_data["why"]])
