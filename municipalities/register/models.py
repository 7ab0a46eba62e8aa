"""The municipalities of Norway and how many people live in them."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import refused_unless


class WrittenForm(models.TextChoices):
    """The official written form (målform) that a municipality has chosen."""

    NYNORSK = "nn", _("Nynorsk")
    BOKMAL = "nb", _("Bokmål")
    NEUTRAL = "neutral", _("Neutral")


class MunicipalityQuerySet(models.QuerySet):
    def by_name(self) -> MunicipalityQuerySet:
        """In the order of the Norwegian alphabet, Æ Ø Å last, whatever the database's is."""
        as_bytes = Func(F("name"), Value("ÆØÅæøå"), Value("[\\]{|}"), function="translate")
        return self.order_by(Collate(as_bytes, "C"), "valid_from", "pk")

    def valid_on(self, day: date) -> MunicipalityQuerySet:
        """Municipalities that exist on the day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day))


@pghistory.track()
class Municipality(models.Model):
    """One municipality number's time of validity (Klass 131), half-open."""

    number = models.CharField(_("municipality number"), max_length=4)
    name = models.CharField(_("name"), max_length=60)
    county_number = models.CharField(_("county number"), max_length=2)
    county = models.CharField(_("county"), max_length=60)
    written_form = models.CharField(_("written form"), max_length=7, choices=WrittenForm.choices)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "valid_from"], name="municipality_number_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}$"), name="municipality_number_has_4_digits"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="municipality_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        """The language to write to the municipality in; nynorsk where it is neutral."""
        return WrittenForm.BOKMAL if self.written_form == WrittenForm.BOKMAL else "nn"


class FigureStatus(models.TextChoices):
    """Whether Statistics Norway may still change the figure."""

    PROVISIONAL = "provisional", _("provisional")
    FINAL = "final", _("final")


@pghistory.track()
class Population(models.Model):
    """Inhabitants at a date, with where the figure is from.

    A final figure never becomes provisional again, and another one in its place is a revision.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="populations"
    )
    counted_date = models.DateField(_("counted on"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"))
    status = models.CharField(
        _("status"),
        max_length=11,
        choices=FigureStatus.choices,
        default=FigureStatus.FINAL,
        db_default=FigureStatus.FINAL,
    )
    source = models.CharField(_("source"), max_length=200)
    retrieved_date = models.DateField(_("retrieved on"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "counted_date"], name="population_is_counted_once_a_day"
            )
        ]
        triggers = [
            refused_unless(
                "OLD.status <> 'final' OR NEW.status = 'final'",
                name="population_stays_final",
                why="a final figure does not become provisional again",
                operation=pgtrigger.Update,
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.counted_date}: {self.inhabitants}"
