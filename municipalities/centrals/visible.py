"""The central and the row of its checklist that an address names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central
from municipalities.centrals.rows import Row, rows_of
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation


@dataclass(frozen=True)
class VisibleCentral:
    """A central, its cooperation, and whether the reader keeps its register and checklist."""

    cooperation: Cooperation
    central: Central
    may_manage: bool
    today: date

    @property
    def context(self) -> dict:
        """What every page about a central needs."""
        return {
            "cooperation": self.cooperation,
            "central": self.central,
            "may_manage": self.may_manage,
        }

    def row(self, key: str) -> Row:
        """The row of the checklist by its name in addresses, else 404."""
        rows = rows_of(central=self.central, today=self.today)
        found = next((row for row in rows if row.key == key), None)
        if found is None:
            raise Http404
        return found


def visible_central(
    request: HttpRequest, *, cooperation: str, central: str, to_manage: bool = False
) -> VisibleCentral:
    """The central, for who sees the agreement or, `to_manage`, keeps the central; else 404."""
    permission = Permission.MANAGE_CENTRAL if to_manage else Permission.VIEW_AGREEMENT
    visible = visible_cooperation(request, slug=cooperation, permission=permission)
    of_cooperation = visible.cooperation.centrals.filter(is_sandbox=False)
    return VisibleCentral(
        cooperation=visible.cooperation,
        central=get_object_or_404(of_cooperation, slug=central),
        may_manage=visible.may(Permission.MANAGE_CENTRAL),
        today=local_day(timezone.now()),
    )
