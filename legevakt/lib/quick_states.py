"""The models' state in a migration, without drawing up all that is related for each change.

Django renders a changed model anew together with every model that can be reached from it. Here
nearly all can be reached from nearly all, and that took most of the time of migrating.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState

add_model = ProjectState.add_model


@contextmanager
def quick_states() -> Iterator[None]:
    """A new model is rendered by itself, a new constraint or index renders nothing.

    What knows the state's models through each other, RunPython, has them all rendered anew
    before it runs (`is_delayed`), as Django does after its own delayed changes.
    """
    changed: dict[str, Callable[..., None]] = {
        "add_model": _add_model,
        "_append_option": _append_option,
    }
    with ExitStack() as stack:
        for name, method in changed.items():
            stack.enter_context(patch.object(ProjectState, name, method))
        yield


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    apps = self.__dict__.pop("apps", None)  # a cached property: absent until first rendered
    add_model(self, model_state)
    if apps is not None:
        self.__dict__["apps"] = apps
        apps.render_multiple([model_state])
        self.is_delayed = True


def _append_option(
    self: ProjectState, app_label: str, model_name: str, option_name: str, added: Any
) -> None:
    """A constraint or an index changes no field: the rendered model is only told of it."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], added]
    if "apps" in self.__dict__:
        rendered = self.apps.get_model(app_label, model_name)._meta
        setattr(rendered, option_name, options[option_name])
