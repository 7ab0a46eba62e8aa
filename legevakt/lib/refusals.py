"""What the database refused, told in words where a form is being filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django import forms
from django.db import IntegrityError, transaction
from django.utils.functional import Promise


def refused_rule(error: IntegrityError) -> str:
    """The name of the constraint or trigger that refused; empty where there is none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


@contextmanager
def told_in(form: forms.Form, words: Mapping[str, str | Promise]) -> Iterator[None]:
    """Run what is inside; a rule of the database that `words` knows becomes the form's error.

    Any other error goes on. Afterwards `form.is_valid()` tells whether it went well.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        rule = refused_rule(error)
        if rule not in words:
            raise
        form.add_error(None, str(words[rule]))
