"""Kroner in the database."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise


def amount_field(verbose_name: str | Promise = "", **options) -> models.DecimalField:
    """Kroner and øre, exact, up to a hundred billion."""
    return models.DecimalField(verbose_name, max_digits=13, decimal_places=2, **options)
