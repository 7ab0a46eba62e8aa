"""The forms of a pool and of those who share it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.cooperations.models import Cooperation
from municipalities.costs.pools.models import Pool, PoolMember
from municipalities.register.models import Municipality


class AskedOfDatabase(forms.ModelForm):
    """A form whose constraints the database itself judges, with words.py for what it refuses.

    Django's own judgement of an exclusion constraint finds the changed row in its own way.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.validate_constraints = lambda exclude=None: None


class PoolForm(AskedOfDatabase):
    """Everything that is said of a pool; its short name is chosen once."""

    class Meta:
        model = Pool
        fields = [
            "name",
            "slug",
            "kind",
            "is_bilateral",
            "unit",
            "proration",
            "instalments_a_year",
            "deviation_rule",
            "overspend_percent",
            "starts_date",
            "ends_date",
        ]
        field_classes = {"starts_date": DateField, "ends_date": DateField}
        help_texts = {
            "slug": _("Small letters, digits and hyphens. It stands in addresses and commands."),
            "is_bilateral": _("For daytime legevakt that only some municipalities have."),
            "overspend_percent": _("Leave empty where the agreement says nothing of it."),
        }

    def __init__(self, *args, cooperation: Cooperation, **kwargs):
        super().__init__(*args, **kwargs)
        self.cooperation = cooperation
        if self.instance.pk:
            for name in ("slug", "is_bilateral"):
                del self.fields[name]

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if self.cooperation.pools.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another pool of the cooperation has that short name."))
        return slug

    def clean(self):
        told = super().clean()
        starts, ends = told.get("starts_date"), told.get("ends_date")
        if starts and ends and ends <= starts:
            self.add_error("ends_date", _("The pool would end before it begins."))
        return told


class MemberForm(AskedOfDatabase):
    """When a municipality shares a pool, which part of it, and whom it carries over."""

    class Meta:
        model = PoolMember
        fields = ["municipality", "joined_date", "left_date", "area", "predecessors"]
        field_classes = {"joined_date": DateField, "left_date": DateField}
        widgets = {"predecessors": forms.CheckboxSelectMultiple()}
        labels = {
            "municipality": _("Municipality"),
            "predecessors": _("Carries over the inhabitants and the usage of"),
        }
        help_texts = {
            "left_date": _("The first day on which it does not share."),
            "area": _(
                "Only where not all of the municipality shares; then its inhabitants are"
                " given by hand."
            ),
            "predecessors": _("After a merger: the municipalities that it came from."),
        }

    def __init__(self, *args, pool: Pool, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.pool = pool
        taking_part = pool.cooperation.participants.values("municipality")
        self.fields["municipality"].queryset = Municipality.objects.filter(
            pk__in=taking_part
        ).order_by("number", "pk")
        others = pool.members.filter(left_date__isnull=False).exclude(pk=self.instance.pk)
        self.fields["predecessors"].queryset = others.select_related("municipality")
        self.fields["predecessors"].label_from_instance = lambda each: each.municipality.name
        if not others:
            del self.fields["predecessors"]
        if self.instance.pk:
            del self.fields["municipality"]

    def clean(self):
        told = super().clean()
        joined, left = told.get("joined_date"), told.get("left_date")
        if joined and left and left <= joined:
            self.add_error("left_date", _("It would leave before it joins."))
        self._check_order(told, joined=joined, left=left)
        return told

    def _check_order(self, told, *, joined: date | None, left: date | None) -> None:
        """Whom one carries over has left when one joins, so that nobody carries itself over."""
        for each in told.get("predecessors") or ():
            if joined and each.left_date > joined:
                self.add_error("predecessors", self._carried(each.municipality.name))
        for each in self.instance.successors.all() if self.instance.pk else ():
            if left is None or left > each.joined_date:
                self.add_error("left_date", self._carried(self.instance.municipality.name))

    @staticmethod
    def _carried(name: str) -> str:
        told = _("%(municipality)s must have left when the one that carries it over joins.")
        return told % {"municipality": name}


class AreaPopulationForm(forms.Form):
    """Inhabitants of the part of a municipality that shares."""

    counted_date = DateField(label=_("Counted on"), help_text=_("A 1 January."))
    inhabitants = forms.IntegerField(label=_("Inhabitants"), min_value=1, max_value=10_000_000)
    source = forms.CharField(label=_("Where the figure is from"), max_length=200)

    def clean_counted_date(self):
        day = self.cleaned_data["counted_date"]
        if (day.month, day.day) != (1, 1):
            raise forms.ValidationError(_("Inhabitants are counted on 1 January."))
        return day
