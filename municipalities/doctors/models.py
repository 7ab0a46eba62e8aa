"""The doctors' duty in the legevakt, shifts owed and delivered, and exemptions."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import municipality_lives, never_overlap, refused_unless, within_reach
from municipalities.access import permissions
from municipalities.access.models import Membership, User
from municipalities.access.rules import Permission, roles_with
from municipalities.cooperations.models import Cooperation, OfCooperationQuerySet
from municipalities.doctors.rules import Ground
from municipalities.register.models import Municipality


class Decider(models.TextChoices):
    """Who decides on an exemption by the agreement."""

    CONTRACT = "contract", _("the municipality that the doctor has a contract with")
    HOST = "host", _("the host municipality")


@pghistory.track()
class DutyTerms(models.Model):
    """What the agreement says of the doctors' duty: who decides, who is consulted, who pays."""

    cooperation = models.OneToOneField(
        Cooperation, on_delete=models.CASCADE, related_name="duty_terms"
    )
    decider = models.CharField(
        _("exemptions are decided by"),
        max_length=8,
        choices=Decider.choices,
        default=Decider.CONTRACT,
    )
    consulted = models.CharField(_("who is consulted"), max_length=160, blank=True)
    undelivered = models.CharField(_("what undelivered duty costs"), max_length=240, blank=True)

    objects = OfCooperationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.cooperation}"


@pghistory.track()
class DutyShare(models.Model):
    """How large a part of the duty a municipality owes, and its doctors' posts; half-open."""

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="duty_shares"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    posts = models.PositiveSmallIntegerField(_("posts for general practitioners"))
    share_percent = models.DecimalField(
        _("share of the duty, per cent"), max_digits=5, decimal_places=2
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share_percent__gte=0, share_percent__lte=100),
                name="duty_share_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="duty_share_ends_after_start",
            ),
            never_overlap(
                name="duty_share_is_one_at_a_time",
                same=["cooperation_id", "municipality_id"],
                start="valid_from",
                end="valid_to",
            ),
            within_reach("valid_from", "valid_to", name="duty_share_days_are_within_reach"),
        ]
        triggers = [municipality_lives("valid_from", name="duty_share_is_of_one_that_exists")]

    def __str__(self) -> str:
        return f"{self.municipality} {self.share_percent}"


@pghistory.track()
class ShiftCount(models.Model):
    """Shifts that a municipality owed and delivered in half-open days, as imported.

    `hired` were filled by hired doctors, `unfilled` by nobody; both are among what was owed and
    not delivered.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="shift_counts"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"))
    owed = models.PositiveIntegerField(_("owed"))
    delivered = models.PositiveIntegerField(_("delivered"))
    hired = models.PositiveIntegerField(_("filled by hired doctors"), default=0)
    unfilled = models.PositiveIntegerField(_("not filled"), default=0)
    source = models.CharField(_("source"), max_length=200)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__gt=F("starts_date")), name="shifts_end_after_start"
            ),
            never_overlap(
                name="shifts_are_counted_once",
                same=["cooperation_id", "municipality_id"],
                start="starts_date",
                end="ends_date",
            ),
            within_reach("starts_date", "ends_date", name="shift_days_are_within_reach"),
        ]
        triggers = [municipality_lives("starts_date", name="shifts_are_of_one_that_exists")]

    def __str__(self) -> str:
        return f"{self.municipality} {self.starts_date}"


class DoctorQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DoctorQuerySet:
        """All for who runs the duty; else those of the municipality that one decides for.

        Where the host decides by the agreement, who decides there sees all.
        """
        runs = permissions.cooperations_where(user=user, permission=Permission.MANAGE_DUTY)
        return self.filter(Q(cooperation__in=runs) | _decides_in_own(user) | _decides_as_host(user))

    def decided_by(self, user: User) -> DoctorQuerySet:
        """Those on whose exemptions the user decides, by what the agreement says."""
        by_host = Q(cooperation__duty_terms__decider=Decider.HOST)
        return self.filter((~by_host & _decides_in_own(user)) | (by_host & _decides_as_host(user)))


def _decides_in_own(user: User) -> Q:
    return Q(Exists(_deciding(user).filter(municipality=OuterRef("municipality"))))


def _decides_as_host(user: User) -> Q:
    as_host = Q(municipality=F("cooperation__host"))
    agreed = Q(cooperation__duty_terms__decider=Decider.HOST)
    return Q(Exists(_deciding(user).filter(as_host, agreed)))


def _deciding(user: User) -> models.QuerySet[Membership]:
    """The user's memberships that decide on exemptions in the doctor's cooperation."""
    return Membership.objects.filter(
        user=user.pk,
        user__is_active=True,
        role__in=roles_with(Permission.DECIDE_EXEMPTIONS),
        cooperation=OuterRef("cooperation"),
    )


@pghistory.track()
class Doctor(models.Model):
    """A doctor with a contract with a municipality, for as long as the contract lasts."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="doctors")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    starts_date = models.DateField(_("contract from"))
    ends_date = models.DateField(_("contract to"), null=True, blank=True)

    objects = DoctorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gt=F("starts_date")),
                name="doctor_ends_after_start",
            ),
            within_reach("starts_date", "ends_date", name="doctor_days_are_within_reach"),
        ]
        triggers = [municipality_lives("starts_date", name="doctor_is_of_one_that_exists")]

    def __str__(self) -> str:
        return self.name


WITHIN_CONTRACT = """
    NEW.state <> 'granted' OR EXISTS (
        SELECT FROM municipalities_doctor d WHERE d.id = NEW.doctor_id
            AND d.starts_date <= NEW.starts_date
            AND (d.ends_date IS NULL OR NEW.ends_date <= d.ends_date))
"""


class ExemptionState(models.TextChoices):
    """applied for → granted or refused; a granted one can be withdrawn."""

    APPLIED = "applied", _("applied for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


GROUNDS = [
    (Ground.OVER_60.value, _("right: over 60 years")),
    (Ground.PREGNANCY.value, _("right: pregnancy")),
    (Ground.BREASTFEEDING.value, _("right: breastfeeding a child under one year")),
    (Ground.HEALTH.value, _("discretion: health")),
    (Ground.SOCIAL.value, _("discretion: weighty social grounds")),
]


class ExemptionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ExemptionQuerySet:
        return self.filter(doctor__in=Doctor.objects.visible_to(user))

    def decided_by(self, user: User) -> ExemptionQuerySet:
        """Those on which the user decides."""
        return self.filter(doctor__in=Doctor.objects.decided_by(user))

    def in_force(self, day: date) -> ExemptionQuerySet:
        """Granted ones on the day."""
        return self.filter(
            Q(ends_date__isnull=True) | Q(ends_date__gt=day),
            state=ExemptionState.GRANTED,
            starts_date__lte=day,
        )


@pghistory.track()
class Exemption(models.Model):
    """An exemption (fritak) from duty by fastlegeforskriften § 33, half-open in time.

    Only the code of its ground, the days and the decision: never a diagnosis, a certificate or a
    reason. The decision is an enkeltvedtak that can be appealed.
    """

    doctor = models.ForeignKey(Doctor, on_delete=models.CASCADE, related_name="exemptions")
    ground = models.CharField(_("ground"), max_length=13, choices=GROUNDS)
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=ExemptionState.choices,
        default=ExemptionState.APPLIED,
    )
    starts_date = models.DateField(_("from"))
    ends_date = models.DateField(_("to"), null=True, blank=True)
    share_percent = models.PositiveSmallIntegerField(_("part of the duty, per cent"), default=100)
    applied_date = models.DateField(_("applied for on"))
    decided_date = models.DateField(_("decided on"), null=True, blank=True)
    decision_reference = models.CharField(_("decision"), max_length=80, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    consulted_date = models.DateField(_("consulted on"), null=True, blank=True)
    appeal_deadline_date = models.DateField(_("deadline for appeal"), null=True, blank=True)
    appealed_date = models.DateField(_("appealed"), null=True, blank=True)
    appeal_outcome = models.CharField(
        _("outcome of the appeal"),
        max_length=9,
        blank=True,
        choices=[("upheld", _("the decision stands")), ("changed", _("the decision is changed"))],
    )

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gt=F("starts_date")),
                name="exemption_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100),
                name="exemption_is_of_a_part",
            ),
            models.CheckConstraint(
                condition=Q(state="applied", decided_date__isnull=True)
                | (
                    ~Q(state="applied")
                    & Q(decided_date__isnull=False, decided_date__gte=F("applied_date"))
                    & ~Q(decision_reference="")
                ),
                name="exemption_decision_has_its_reference",
            ),
            never_overlap(
                name="exemption_in_force_is_one_at_a_time",
                same=["doctor_id"],
                start="starts_date",
                end="ends_date",
                condition=Q(state="granted"),
            ),
            within_reach(
                *("starts_date", "ends_date", "applied_date", "consulted_date", "decided_date"),
                *("appeal_deadline_date", "appealed_date"),
                name="exemption_days_are_within_reach",
            ),
        ]
        triggers = [
            refused_unless(
                WITHIN_CONTRACT, name="exemption_lies_within_contract", why="outside the contract"
            )
        ]

    def __str__(self) -> str:
        return f"{self.doctor} {self.starts_date}"
