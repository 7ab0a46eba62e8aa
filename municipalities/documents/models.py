"""Files that belong to an agreement, a decision or a hearing, and whether they are public."""

from __future__ import annotations

from pathlib import Path

import pghistory
import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation, OfCooperationQuerySet
from municipalities.documents.rules import LONGEST_NAME

# What a document may belong to, and the field that names it.
OWNERS = (
    ("AgreementVersion", "document"),
    ("Delegation", "letter"),
    ("Evidence", "document"),
    ("Decision", "document"),
    ("Hearing", "documents"),
    ("HearingAnswer", "document"),
    ("RequirementCheck", "document"),
    ("MeetingDocument", "document"),
    ("Proposal", "document"),
    ("ReviewPoint", "document"),
)


class Disclosable(models.Model):
    """Public, unless a paragraph of law exempts it (offentleglova, forvaltningslova)."""

    is_exempt = models.BooleanField(_("exempt from public disclosure"), default=False)
    exemption_basis = models.CharField(
        _("legal ground for the exemption"), max_length=120, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(is_exempt=False, exemption_basis="")
                | (Q(is_exempt=True) & ~Q(exemption_basis="")),
                name="%(class)s_exemption_has_its_ground",
            )
        ]


class DocumentQuerySet(OfCooperationQuerySet):
    def visible_to(self, user: User) -> DocumentQuerySet:
        """Documents of what the user may see; any for those who manage agreements, and the own.

        What belongs to nothing, or only to a draft that was replaced, is for nobody else.
        """
        manages = permissions.cooperations_where(user=user, permission=Permission.MANAGE_AGREEMENT)
        allowed = Q(cooperation__in=manages) | Q(uploaded_by=user.pk)
        for name, field in OWNERS:
            owners = apps.get_model("municipalities", name).objects.visible_to(user)
            allowed |= Q(pk__in=owners.filter(**{f"{field}__isnull": False}).values(field))
        sees = permissions.cooperations_where(user=user, permission=Permission.VIEW_AGREEMENT)
        return self.filter(allowed, cooperation__in=sees)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Document(Disclosable):
    """A file as it was handed in; it never changes. The bytes lie under their SHA-256."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta(Disclosable.Meta):
        triggers = [pgtrigger.Protect(name="document_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return settings.DOCUMENTS_DIR / f"{self.sha256}.bin"
