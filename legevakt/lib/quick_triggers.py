"""Triggers added by a migration without drawing up every model anew for each of them."""

from __future__ import annotations

from django.db.migrations.state import ProjectState
from pgtrigger import migrations


class AddTrigger(migrations.AddTrigger):
    """As pgtrigger's own. A trigger changes no field, so nothing of the state is out of date.

    Drawing up a model and all that is related to it took most of the time of a migration.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]
