"""The SQL of a migration as Django writes it, in a fraction of the time; what the linter reads."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import sqlmigrate

from legevakt.lib.quick_states import quick_states


class Command(sqlmigrate.Command):
    """Django's own command; only how the models' state is drawn up differs."""

    def handle(self, *args: Any, **options: Any) -> str:
        with quick_states():
            return super().handle(*args, **options)
