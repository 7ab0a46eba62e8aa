"""The agreements of a cooperation, their versions, and who has adopted them."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.constraints import (
    frozen_while,
    municipality_lives,
    never_overlap,
    refused_unless,
)
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.agreements.rules import ITEMS
from municipalities.cooperations.models import Cooperation, OfCooperationQuerySet, Service
from municipalities.documents.models import Document
from municipalities.register.models import Municipality


class Layer(models.TextChoices):
    """Which agreement it is; the political one requires that the administrative one is made."""

    POLITICAL = "political", _("political agreement on the host cooperation")
    ADMINISTRATIVE = "administrative", _("administrative and professional agreement")
    BILATERAL = "bilateral", _("bilateral agreement")


class Adopter(models.TextChoices):
    """Who adopts it in each municipality."""

    COUNCIL = "council", _("municipal council")
    DIRECTOR = "director", _("chief executive")


@pghistory.track()
class Agreement(models.Model):
    """One agreement through all its versions; a bilateral one is about a service."""

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="agreements"
    )
    layer = models.CharField(_("layer"), max_length=14, choices=Layer.choices)
    title = models.CharField(_("title"), max_length=160)
    adopter = models.CharField(_("adopted by"), max_length=8, choices=Adopter.choices)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # Django's own would be called as ours is: view_agreement
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "layer"],
                condition=~Q(layer="bilateral"),
                name="agreement_of_a_layer_is_one",
            ),
            models.CheckConstraint(
                condition=Q(layer="bilateral", service__isnull=False)
                | (~Q(layer="bilateral") & Q(service__isnull=True)),
                name="bilateral_agreement_has_its_service",
            ),
            models.CheckConstraint(
                condition=~Q(layer="political") | Q(adopter="council"),
                name="political_agreement_is_adopted_by_councils",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class VersionState(models.TextChoices):
    """draft → sent to those who adopt it → in force → replaced by a later, or ended."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent for adoption")
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", _("replaced")
    ENDED = "ended", _("ended")
    DROPPED = "dropped", _("dropped")


class AgreementVersionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> AgreementVersionQuerySet:
        """Versions of the agreements that the user may see.

        A draft, dropped ones too, is for those who write it, until it is sent.
        """
        manages = permissions.cooperations_where(user=user, permission=Permission.MANAGE_AGREEMENT)
        never_sent = Q(state=VersionState.DRAFT) | Q(state=VersionState.DROPPED, sent_at=None)
        return self.filter(
            ~never_sent | Q(agreement__cooperation__in=manages),
            agreement__in=Agreement.objects.visible_to(user),
        )

    def in_force_on(self, day: date) -> AgreementVersionQuerySet:
        """Versions that hold on the day, also those that are replaced or ended later."""
        return self.filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gt=day), in_force_from__lte=day
        )


VERSION_OF_ROW = (
    "(SELECT v.state FROM municipalities_agreementversion v WHERE v.id = {row}.version_id)"
)
ALL_HAVE_ADOPTED = """
    NEW.state NOT IN ('in_force', 'replaced', 'ended')
    OR TG_OP = 'UPDATE' AND OLD.state IN ('in_force', 'replaced', 'ended')
    OR EXISTS (SELECT FROM municipalities_agreementparty p WHERE p.version_id = NEW.id)
    AND NOT EXISTS (
        SELECT FROM municipalities_agreementparty p
        WHERE p.version_id = NEW.id AND NOT EXISTS (
            SELECT FROM municipalities_adoption a
            WHERE a.version_id = p.version_id AND a.municipality_id = p.municipality_id
              AND a.is_adopted))
"""
TEXT_STAYS = " OR ".join(
    [
        "OLD.state = 'draft'",
        " AND ".join(
            f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
            for column in (
                "agreement_id",
                "number",
                "dated_date",
                "changes",
                "notice_months",
                "leaves_at_new_year",
                "document_id",
            )
        ),
    ]
)


@pghistory.track()
class AgreementVersion(models.Model):
    """A version of the text, with what it says of notice, and its way into force.

    `dated_date` is the text's own date; `in_force_from` up to `in_force_to` its validity,
    half-open. From `sent` on the text is frozen. `notice_months` is twelve unless otherwise agreed
    (§ 20-8); `leaves_at_new_year` means that one leaves only at the turn of the year after it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=8, choices=VersionState.choices, default=VersionState.DRAFT
    )
    dated_date = models.DateField(_("dated"))
    changes = models.CharField(_("what is changed, and why"), max_length=400, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("notice, in months"), default=12)
    leaves_at_new_year = models.BooleanField(
        _("leaving only at the turn of the year"), default=False
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)
    state_informed_date = models.DateField(
        _("the county governor was oriented on"), null=True, blank=True
    )
    state_informed_reference = models.CharField(_("reference"), max_length=80, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    # Of those that are read by queries.counted.
    party_count: int
    adopted_count: int
    rejected_count: int

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="agreement_version_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["draft", "sent"]),
                name="agreement_version_under_way_is_one",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "sent", "dropped"],
                    in_force_from__isnull=True,
                    in_force_to__isnull=True,
                )
                | Q(state="in_force", in_force_from__isnull=False)
                | Q(
                    state__in=["replaced", "ended"],
                    in_force_from__isnull=False,
                    in_force_to__isnull=False,
                ),
                name="agreement_version_in_force_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="agreement_version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True) | Q(in_force_from__gte=F("dated_date")),
                name="agreement_version_is_dated_before_it_is_in_force",
            ),
            never_overlap(
                name="agreement_versions_in_force_do_not_overlap",
                same=["agreement_id"],
                start="in_force_from",
                end="in_force_to",
                condition=Q(in_force_from__isnull=False),
            ),
        ]
        triggers = [
            refused_unless(
                ALL_HAVE_ADOPTED,
                name="agreement_is_adopted_by_all",
                why="somebody has not adopted the version",
            ),
            refused_unless(
                TEXT_STAYS,
                name="sent_agreement_text_stays",
                why="the version is sent for adoption",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.number}"


@pghistory.track()
class Clause(models.Model):
    """A part of the text, and which lettered items of § 20-4 it answers."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("heading"), max_length=160)
    text = models.TextField(_("text"), max_length=20_000)
    items = ArrayField(
        models.CharField(max_length=1, choices=[(item, item) for item in ITEMS]),
        verbose_name=_("answers § 20-4 letter"),
        default=list,
        blank=True,
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="clause_has_its_position",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        triggers = [
            frozen_while(
                f"{VERSION_OF_ROW} <> 'draft'",
                name="sent_clauses_stay",
                why="the version is sent for adoption",
            )
        ]

    def __str__(self) -> str:
        return self.heading


@pghistory.track()
class AgreementParty(models.Model):
    """A municipality that the version binds; exactly one of them is host."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="parties")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_host = models.BooleanField(_("host"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "municipality"], name="agreement_party_is_listed_once"
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(is_host=True), name="agreement_has_one_host"
            ),
        ]
        triggers = [
            frozen_while(
                f"{VERSION_OF_ROW} <> 'draft'",
                name="sent_parties_stay",
                why="the version is sent for adoption",
            ),
            refused_unless(
                "EXISTS (SELECT FROM municipalities_municipality m,"
                " municipalities_agreementversion v WHERE m.id = NEW.municipality_id"
                " AND v.id = NEW.version_id"
                " AND (m.valid_to IS NULL OR m.valid_to > v.dated_date))",
                name="agreement_party_exists",
                why="the municipality number has ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.version}"


@pghistory.track()
class Adoption(models.Model):
    """What a party's council or chief executive decided about a version, and where it stands."""

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.CASCADE, related_name="adoptions"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_adopted = models.BooleanField(_("adopted"))
    decided_date = models.DateField(_("decided on"))
    case_number = models.CharField(_("case number"), max_length=40)
    remark = models.CharField(_("remark"), max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "municipality"], name="agreement_is_decided_once_by_each"
            ),
        ]
        triggers = [
            refused_unless(
                "EXISTS (SELECT FROM municipalities_agreementversion v"
                " WHERE v.id = NEW.version_id AND v.dated_date <= NEW.decided_date)",
                name="adoption_is_after_the_version",
                why="the decision is dated before the version",
            ),
            refused_unless(
                "EXISTS (SELECT FROM municipalities_agreementparty p WHERE"
                " p.version_id = NEW.version_id AND p.municipality_id = NEW.municipality_id)",
                name="adoption_is_by_a_party",
                why="the municipality is no party",
            ),
            frozen_while(
                f"{VERSION_OF_ROW} <> 'sent'",
                name="adoptions_belong_to_a_sent_version",
                why="the version does not wait for adoption",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.case_number}"


@pghistory.track()
class Delegation(models.Model):
    """From a participant's chief executive to the host's: the council's instruction, the letter.

    Kommuneloven § 20-2: the council instructs its own chief executive to delegate.
    """

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, related_name="delegations"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    instructed_date = models.DateField(_("the council's instruction"))
    case_number = models.CharField(_("case number"), max_length=40)
    letter_date = models.DateField(_("letter of delegation"), null=True, blank=True)
    letter = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_date = models.DateField(_("withdrawn"), null=True, blank=True)

    objects = OfCooperationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "municipality"],
                condition=Q(withdrawn_date__isnull=True),
                name="delegation_in_force_is_one",
            ),
            models.CheckConstraint(
                condition=Q(letter_date__isnull=True) | Q(letter_date__gte=F("instructed_date")),
                name="delegation_letter_follows_the_instruction",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_date__isnull=True)
                | Q(withdrawn_date__gte=F("instructed_date")),
                name="delegation_ends_after_start",
            ),
        ]
        triggers = [municipality_lives("instructed_date", name="delegation_is_by_one_that_exists")]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.case_number}"


@pghistory.track()
class Withdrawal(models.Model):
    """A participant's notice that it leaves, and the day it does, computed from the version.

    `version` is the one in force when the notice was received. Cancelled, or in effect when the
    participant's time is ended.
    """

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="withdrawals"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    received_date = models.DateField(_("notice received"))
    case_number = models.CharField(_("case number"), max_length=40)
    leaves_date = models.DateField(_("leaves"))
    is_agreed_by_all = models.BooleanField(_("an earlier day is agreed by all"), default=False)
    cancelled_date = models.DateField(_("cancelled"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "municipality"],
                condition=Q(cancelled_date__isnull=True),
                name="withdrawal_in_force_is_one",
            ),
            models.CheckConstraint(
                condition=Q(leaves_date__gte=F("received_date")),
                name="withdrawal_leaves_after_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.leaves_date}"
