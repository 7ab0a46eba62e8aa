"""Settlement of a pool's year: frozen when approved, corrected by a new one that names the old."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legevakt.lib.amounts import amount_field
from legevakt.lib.constraints import frozen_while, refused_unless, stays_once
from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.costs.accounts.models import Accounts, OfPoolYearQuerySet
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.register.models import Municipality


class SettlementKind(models.TextChoices):
    """A preliminary one may come before the accounts are closed; a final one after."""

    PRELIMINARY = "preliminary", _("preliminary settlement")
    FINAL = "final", _("final settlement")


class SettlementState(models.TextChoices):
    """draft → sent to the partners for comment → approved; or dropped."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent for comment")
    APPROVED = "approved", _("approved")
    DROPPED = "dropped", _("dropped")


class SettlementQuerySet(OfPoolYearQuerySet):
    def visible_to(self, user: User) -> SettlementQuerySet:
        """Settlements of pools that the user may see; what was never sent, for the host's own."""
        whole = permissions.cooperations_where(user=user, permission=Permission.VIEW_ALL_COSTS)
        return self.filter(
            Q(sent_at__isnull=False) | Q(pool_year__pool__cooperation__in=whole),
            pool_year__pool__in=Pool.objects.visible_to(user),
        )


ADDS_UP = """
    NEW.state <> 'approved'
    OR NEW.net = (SELECT coalesce(sum(l.amount), 0) FROM municipalities_settlementline l
                  WHERE l.settlement_id = NEW.id)
"""
YEAR_IS_CLOSED = """
    NEW.state <> 'approved' OR NEW.kind <> 'final'
    OR EXISTS (SELECT FROM municipalities_poolyear y
               WHERE y.id = NEW.pool_year_id AND y.closed_at IS NOT NULL)
"""
FIGURES = (
    "pool_year_id",
    "number",
    "kind",
    "corrects_id",
    "accounts_id",
    "gross",
    "own_revenue",
    "overhead",
    "fund",
    "rounding",
    "net",
    "capital",
    "function_290",
    "terms",
    "prepared_by_id",
)
SENT_AND_CHANGED = (
    "OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft' OR {})".format(
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIGURES)
    )
)
STATE_OF_ROW = "(SELECT s.state FROM municipalities_settlement s WHERE s.id = {row}.settlement_id)"


@pghistory.track()
class Settlement(models.Model):
    """gross − own revenue + overhead ± fund = net, shared by the key; less what was a-konto.

    `own_revenue` is positive. `fund` is positive where money goes to the fund, negative where it
    is taken from it; of the whole year, of which an approved one moves what was not moved before.
    `rounding` is what `net` was rounded by to whole units. `terms` is the keys, their parts and
    the basis as they were, so that the settlement explains itself for ever.
    `function_290` is the sum of the accounts' lines on function 290 with what this settlement
    moves; within 30 000 kr of nought it is in order (KOSTRA-kontroll 175).
    """

    pool_year = models.ForeignKey(PoolYear, on_delete=models.PROTECT, related_name="settlements")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=11, choices=SettlementKind.choices)
    state = models.CharField(
        _("state"), max_length=8, choices=SettlementState.choices, default=SettlementState.DRAFT
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    reason = models.CharField(_("why it is corrected"), max_length=400, blank=True)
    accounts = models.ForeignKey(Accounts, on_delete=models.PROTECT, related_name="+")
    gross = amount_field(_("gross costs"))
    own_revenue = amount_field(_("own revenue"))
    overhead = amount_field(_("administration to the host"), default=0)
    fund = amount_field(_("to the fund, or from it"), default=0)
    rounding = amount_field(_("rounding"), default=0)
    net = amount_field(_("to be shared"))
    capital = amount_field(_("of which rent and capital costs"), default=0)
    function_290 = amount_field(_("sum of function 290"), null=True, blank=True)
    terms = models.JSONField(default=dict)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    comments_until = models.DateField(_("comments until"), null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SettlementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool_year", "number"], name="settlement_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["pool_year"],
                condition=Q(state__in=["draft", "sent"]),
                name="settlement_under_way_is_one",
            ),
            models.UniqueConstraint(
                fields=["pool_year", "kind"],
                condition=Q(state="approved", corrects__isnull=True),
                name="settlement_of_a_kind_is_one",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(state="approved"),
                name="settlement_is_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="correction_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    net=F("gross") - F("own_revenue") + F("overhead") + F("fund") + F("rounding")
                ),
                name="settlement_net_is_what_it_is_made_of",
            ),
            models.CheckConstraint(condition=Q(net__gt=0), name="settlement_shares_something"),
            models.CheckConstraint(
                condition=Q(capital__gte=0, capital__lte=F("net")),
                name="settlement_capital_is_part_of_net",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_at__isnull=False, sent_at__isnull=False),
                name="settlement_approved_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | ~Q(approved_by=F("prepared_by")),
                name="settlement_is_approved_by_another",
            ),
        ]
        triggers = [
            refused_unless(ADDS_UP, name="settlement_adds_up", why="the lines miss the net"),
            refused_unless(
                YEAR_IS_CLOSED,
                name="final_settlement_is_of_a_closed_year",
                why="the accounts of the year are open",
            ),
            stays_once(
                "OLD.state = 'approved'",
                name="approved_settlement_stays",
                why="the settlement is approved",
            ),
            stays_once(
                SENT_AND_CHANGED,
                name="settlement_that_is_sent_stays",
                why="the settlement is sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_year} · {self.number}"


class SettlementLineQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> SettlementLineQuerySet:
        """Lines of settlements that the user may see."""
        return self.filter(settlement__in=Settlement.objects.visible_to(user))


class SettlementLine(models.Model):
    """basis → share → amount → a-konto → rest, for one municipality.

    `share` is the exact fraction of the net as text; `steps` the arithmetic. `settled_before` is
    what earlier approved settlements of the year have claimed: a correction claims the rest.
    """

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="lines")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    share = models.CharField(max_length=400)
    steps = models.JSONField(default=list)
    amount = amount_field(_("share"))
    a_konto = amount_field(_("a-konto"))
    paid = amount_field(_("paid"), default=0)
    settled_before = amount_field(_("settled before"), default=0)
    rest = amount_field(_("rest"))

    objects = SettlementLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "municipality"], name="settlement_line_is_one_for_each"
            ),
            models.CheckConstraint(
                condition=Q(rest=F("amount") - F("a_konto") - F("settled_before")),
                name="settlement_rest_is_what_is_left",
            ),
        ]
        triggers = [
            frozen_while(
                f"{STATE_OF_ROW} <> 'draft'",
                name="sent_settlement_lines_stay",
                why="the settlement is sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.rest}"


@pghistory.track()
class SettlementComment(models.Model):
    """What a municipality says of a settlement before it is approved."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="comments")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_accepted = models.BooleanField(_("we have checked it and have no objections"))
    text = models.TextField(_("comment"), max_length=4000, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(text=""), name="objection_says_what"
            )
        ]
        triggers = [
            frozen_while(
                f"{STATE_OF_ROW} <> 'sent'",
                name="comments_belong_to_a_sent_settlement",
                why="the settlement does not wait for comments",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.settlement}"


@pghistory.track(pghistory.InsertEvent())
class FundEntry(models.Model):
    """A movement of a pool's fund (§ 14-10): positive into it; made by an approved settlement."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="fund_entries")
    settlement = models.OneToOneField(
        Settlement, on_delete=models.PROTECT, null=True, blank=True, related_name="fund_entry"
    )
    amount = amount_field(_("amount"))
    text = models.CharField(_("what it is"), max_length=120)
    entered_date = models.DateField(_("entered on"))

    class Meta:
        verbose_name_plural = "fund entries"
        triggers = [
            refused_unless(
                "NEW.amount + (SELECT coalesce(sum(f.amount), 0) FROM municipalities_fundentry f"
                " WHERE f.pool_id = NEW.pool_id AND f.id <> NEW.id) >= 0",
                name="fund_is_not_overdrawn",
                why="the fund holds less than that",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pool}: {self.amount}"


class NoticeAbout(models.TextChoices):
    """What the directors of a municipality are written to about."""

    SENT = "sent", _("sent for comment")
    APPROVED = "approved", _("approved")


class SettlementNotice(models.Model):
    """That a municipality's directors are to be told; `told_at` is the claim to do so, once."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="notices")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, choices=NoticeAbout.choices)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "municipality", "about"], name="settlement_is_told_of_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} · {self.settlement} · {self.about}"
