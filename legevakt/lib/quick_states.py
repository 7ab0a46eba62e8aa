"""The models' state in a migration, without drawing up all that is related for each change.

Django renders a changed model anew together with every model that can be reached from it. Here
nearly all can be reached from nearly all, and that took most of the time of migrating.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState

add_model, add_field = ProjectState.add_model, ProjectState.add_field
reload_model = ProjectState.reload_model
# Of hundreds of thousands of fields nearly all stay: looking through them again and again for what
# does not took a third of the time.
SELDOM = (50_000, 20, 100)


@contextmanager
def quick_states() -> Iterator[None]:
    """What is new, a model or a field, renders its model alone; a constraint or index nothing.

    So does what Django renders with its neighbours only, and all the others later (`delay`):
    what changes no relation, as most alterations, removals and triggers.

    What knows the state's models through each other, RunPython, has them all rendered anew
    before it runs (`is_delayed`), as Django does after its own delayed changes.
    """
    changed: dict[str, Callable[..., None]] = {
        "add_model": _add_model,
        "add_field": _add_field,
        "_append_option": _append_option,
        "reload_model": _reload_model,
    }
    with ExitStack() as stack:
        for name, method in changed.items():
            stack.enter_context(patch.object(ProjectState, name, method))
        stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(*SELDOM)
        yield


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    with _rendering_alone(self, model_state.app_label, model_state.name_lower):
        add_model(self, model_state)


def _add_field(
    self: ProjectState, app_label: str, model_name: str, *field: Any, **options: Any
) -> None:
    with _rendering_alone(self, app_label, model_name):
        add_field(self, app_label, model_name, *field, **options)


@contextmanager
def _rendering_alone(state: ProjectState, app_label: str, model_name: str) -> Iterator[None]:
    """Django finds nothing rendered, so renders nothing; afterwards the one model is."""
    apps = state.__dict__.pop("apps", None)  # a cached property: absent until first rendered
    yield
    if apps is not None:
        state.__dict__["apps"] = apps
        _render_alone(state, app_label, model_name)


def _render_alone(state: ProjectState, app_label: str, model_name: str) -> None:
    state.apps.unregister_model(app_label, model_name)  # to no effect where it is new
    state.apps.render_multiple([state.models[app_label, model_name]])
    state.is_delayed = True


def _reload_model(
    self: ProjectState, app_label: str, model_name: str, *, delay: bool = False
) -> None:
    if not delay:
        reload_model(self, app_label, model_name)
    elif "apps" in self.__dict__:
        _render_alone(self, app_label, model_name)


def _append_option(
    self: ProjectState, app_label: str, model_name: str, option_name: str, added: Any
) -> None:
    """A constraint or an index changes no field: the rendered model is only told of it."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], added]
    if "apps" in self.__dict__:
        rendered = self.apps.get_model(app_label, model_name)._meta
        setattr(rendered, option_name, options[option_name])
