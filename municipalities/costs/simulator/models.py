"""Simulations that somebody saved, to be opened by their link."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.access.models import User
from municipalities.costs.pools.models import OfPoolQuerySet, Pool


class SavedSimulation(models.Model):
    """The keys that were set side by side, and what they were tried on; never the result.

    `asked` is what the simulator's page is called with, so that the link shows the same form.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="simulations")
    name = models.CharField(_("name"), max_length=80)
    asked = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfPoolQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
