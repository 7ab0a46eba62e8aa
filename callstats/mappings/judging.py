"""Whether a draft can be saved, and if not, what is still to be said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from callstats.imports.messages import of_file
from callstats.mappings import words
from callstats.mappings.models import MappingDraft
from callstats.mappings.trying import Trial
from callstats.sources.frames import Unreadable


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """`field` is the form's, if the answer is given in one."""

    text: str
    field: str | None = None


def open_question(*, draft: MappingDraft, trial: Trial) -> OpenQuestion | None:
    """The first thing that keeps the draft from being saved."""
    if trial.doubt and not draft.choices.get("date_order"):
        return OpenQuestion(
            text=_("The dates can be read in two ways. Choose the right one."), field="date_order"
        )
    if trial.failure:
        return OpenQuestion(text=failure_words(trial.failure))
    if not trial.gives_calls:
        return OpenQuestion(text=_("No row of the sample can be stored with these settings."))
    return None


def failure_words(failure: Unreadable) -> str:
    """Why the sample gives no calls, and what to do about it on this page."""
    key = failure.params.get("key")
    if failure.code == "bad_mapping" and key in words.MISSING:
        return str(words.MISSING[key])
    if failure.code == "wrong_date_order":
        return _("Some dates fit only with day and month the other way round.")
    if failure.code == "date_order_unknown":
        return _("The dates can be read in two ways. Choose the right one.")
    return of_file(failure.code, failure.params)
