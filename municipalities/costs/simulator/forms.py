"""What is tried: whose costs, which amount, and up to three keys beside today's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import AmountField
from municipalities.costs.allocation.keys import Part, PartKind
from municipalities.costs.keys.forms import PercentField
from municipalities.costs.keys.models import PopulationDate, UsageMeasure
from municipalities.costs.pools.models import Pool

TRIED = ("a", "b", "c")
KINDS = (PartKind.EQUAL, PartKind.POPULATION, PartKind.USAGE, PartKind.HOST)
LABELS = {
    PartKind.EQUAL: _("per cent equally"),
    PartKind.POPULATION: _("per cent by inhabitants"),
    PartKind.USAGE: _("per cent by usage"),
    PartKind.HOST: _("per cent by the host alone"),
}
WHOLE = Decimal(100)


class SimulationForm(forms.Form):
    """Sent by GET, so that the address is the simulation and can be shared."""

    pool = forms.ChoiceField(label=_("Costs of"))
    year = forms.IntegerField(label=_("Figures of the year"), min_value=1990, max_value=2200)
    amount = AmountField(label=_("Amount to share, kroner"), required=False, least=Decimal(1))
    population_date = forms.TypedChoiceField(
        label=_("Inhabitants are counted on"),
        choices=PopulationDate.choices,
        coerce=int,
        required=False,
        empty_value=0,
    )
    usage_measure = forms.ChoiceField(
        label=_("Usage is counted in"), choices=UsageMeasure.choices, required=False
    )

    def __init__(self, *args, pools: Sequence[Pool], **kwargs):
        super().__init__(*args, **kwargs)
        self.pools = {pool.slug: pool for pool in pools}
        self.fields["pool"].choices = [(pool.slug, pool.name) for pool in pools]
        for name in TRIED:
            for kind in KINDS:
                self.fields[f"{kind}_{name}"] = PercentField(label=LABELS[kind])
        self.fields["floor"] = AmountField(
            label=_("Nobody pays less than, kroner"), required=False, least=Decimal(0)
        )
        self.fields["cap"] = AmountField(
            label=_("Nobody pays more than, kroner"), required=False, least=Decimal(1)
        )

    def clean(self):
        told = super().clean()
        for name in TRIED:
            given = [told.get(f"{kind}_{name}") for kind in KINDS]
            if any(given) and sum(each or 0 for each in given) != WHOLE:
                self.add_error(
                    f"{KINDS[0]}_{name}",
                    _("The parts of key %(name)s sum to %(total)s. They must sum to 100.")
                    % {"name": name.upper(), "total": _plain(sum(each or 0 for each in given))},
                )
        return told

    @property
    def chosen_pool(self) -> Pool:
        return self.pools[self.cleaned_data["pool"]]

    @property
    def tried(self) -> dict[str, list[Part]]:
        """Name → parts of each key that is given."""
        told = self.cleaned_data
        found = {
            name.upper(): [
                Part(kind, told[f"{kind}_{name}"]) for kind in KINDS if told.get(f"{kind}_{name}")
            ]
            for name in TRIED
        }
        return {name: parts for name, parts in found.items() if parts}

    @property
    def rows(self) -> list[tuple[str, list]]:
        """Each key's fields, for the page."""
        return [(name.upper(), [self[f"{kind}_{name}"] for kind in KINDS]) for name in TRIED]


class SaveForm(forms.Form):
    """A name for a simulation that is kept."""

    name = forms.CharField(label=_("Name"), max_length=80)


def _plain(value: Decimal) -> str:
    return f"{Decimal(value).normalize():f}".replace(".", ",")
