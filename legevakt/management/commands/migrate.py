"""Migrate as Django does, in a fraction of the time."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from legevakt.lib.quick_states import quick_states


class Command(migrate.Command):
    """Django's own command; only how the models' state is drawn up differs."""

    def handle(self, *args: Any, **options: Any) -> None:
        with quick_states():
            super().handle(*args, **options)
