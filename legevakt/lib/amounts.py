"""Kroner in the database."""

from __future__ import annotations

from typing import Any

from django.db import models


def amount_field(verbose_name: Any = "", **options: Any) -> models.DecimalField:
    """Kroner and øre, exact, up to a hundred billion."""
    return models.DecimalField(verbose_name, max_digits=13, decimal_places=2, **options)
