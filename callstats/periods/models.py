"""What was counted for a central and a period, and each indicator's figure of it."""

from __future__ import annotations

from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.periods import Period
from municipalities.models import Central, User


class PeriodState(models.TextChoices):
    """The life of a period. What was published is corrected by a new revision, never changed."""

    OPEN = "open", _("open")
    CHECKED = "checked", _("checked")
    PUBLISHED = "published", _("published")


class IndicatorPeriodQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> IndicatorPeriodQuerySet:
        """Figures of the centrals that the user may see."""
        return self.filter(central__in=Central.objects.visible_to(user))

    def of(self, *, central: Central, period: Period) -> IndicatorPeriodQuerySet:
        """The period's revisions, the latest first."""
        return self.filter(
            central=central, starts_on=period.starts_on, ends_on=period.ends_on
        ).order_by("-revision")

    def months(self) -> IndicatorPeriodQuerySet:
        """Only months; a year begins on the same day as its January."""
        return self.filter(ends_on__lte=F("starts_on") + LONGEST_MONTH)

    def years(self) -> IndicatorPeriodQuerySet:
        return self.filter(ends_on__gt=F("starts_on") + LONGEST_MONTH)

    def in_force(self) -> IndicatorPeriodQuerySet:
        """Of each period the revision that counts: the last published, or else the only one.

        A later revision that is under way does not count before it is published.
        """
        later = IndicatorPeriod.objects.filter(
            central=models.OuterRef("central"),
            starts_on=models.OuterRef("starts_on"),
            ends_on=models.OuterRef("ends_on"),
            revision__gt=models.OuterRef("revision"),
            state=PeriodState.PUBLISHED,
        )
        counts = Q(revision=1) | Q(state=PeriodState.PUBLISHED)
        return self.filter(counts, ~models.Exists(later))


LONGEST_MONTH = timedelta(days=31)
FIGURES_STAY = """
    IF EXISTS (
        SELECT FROM callstats_indicatorperiod p
        WHERE p.state = 'published'
          AND p.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.period_id END,
                       CASE WHEN TG_OP <> 'DELETE' THEN NEW.period_id END)
    ) THEN
        RAISE EXCEPTION 'published_figures_stay: the period is published'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
"""


@pgtrigger.register(
    pgtrigger.Protect(
        name="published_stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__state="published"),
    )
)
@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange("state", "reason"))
)
class IndicatorPeriod(models.Model):
    """A month or year of a central: open → checked → published, and revised by a later revision.

    `observed` is what was counted in one pass over the hours (rules.Observed), from which every
    indicator's figure is made; `imports` tells of the deliveries behind it. Days are half-open.
    """

    central = models.ForeignKey(Central, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        _("state"), max_length=9, choices=PeriodState.choices, default=PeriodState.OPEN
    )
    observed = models.JSONField()
    imports = models.JSONField(default=dict)
    computed_at = models.DateTimeField()
    code_version = models.CharField(max_length=40)
    asked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("why it is revised"), max_length=400, blank=True)
    revised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    provisional_reason = models.CharField(
        _("why it is published though incomplete"), max_length=400, blank=True
    )

    objects = IndicatorPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "starts_on", "ends_on", "revision"],
                name="indicator_period_has_its_revision_once",
            ),
            models.UniqueConstraint(
                fields=["central", "starts_on", "ends_on"],
                condition=~Q(state="published"),
                name="indicator_period_is_under_way_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="indicator_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="open", checked_at__isnull=True, published_at__isnull=True)
                | Q(state="checked", checked_at__isnull=False, published_at__isnull=True)
                | Q(state="published", checked_at__isnull=False, published_at__isnull=False),
                name="indicator_state_has_its_moments",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | (Q(revision__gt=1) & ~Q(reason="")),
                name="indicator_revision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.central} {self.period} r{self.revision}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def is_published(self) -> bool:
        return self.state == PeriodState.PUBLISHED

    @property
    def is_year(self) -> bool:
        return self.ends_on - self.starts_on > LONGEST_MONTH


@pgtrigger.register(
    pgtrigger.Trigger(
        name="published_figures_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=FIGURES_STAY,
    )
)
@pghistory.track(
    pghistory.UpdateEvent(
        row=pghistory.Old, condition=pghistory.AnyChange("numerator", "denominator")
    )
)
class IndicatorFigure(models.Model):
    """One indicator's figure of a period, with the definition it was computed by in full.

    The percentage is never stored: always numerator, denominator and what they rest on. `parts`
    holds numerators and denominators by hour of the week, number, kind of day and municipality
    (rules.Parts), of the national indicator only.
    """

    period = models.ForeignKey(
        IndicatorPeriod, on_delete=models.CASCADE, related_name="figures", db_index=False
    )
    definition_id = models.CharField(_("definition"), max_length=40)
    definition = models.JSONField()
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    figures = models.JSONField()
    parts = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "definition_id"], name="indicator_is_computed_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(numerator__lte=F("denominator")),
                name="indicator_numerator_within_denominator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id}: {self.numerator}/{self.denominator}"
