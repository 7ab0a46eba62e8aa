"""Files that belong to an agreement, a decision or a hearing, and whether they are public."""

from __future__ import annotations

from pathlib import Path

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation, OfCooperationQuerySet
from municipalities.documents.rules import LONGEST_NAME


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

    objects = OfCooperationQuerySet.as_manager()

    class Meta(Disclosable.Meta):
        triggers = [pgtrigger.Protect(name="document_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return settings.DOCUMENTS_DIR / f"{self.sha256}.bin"
