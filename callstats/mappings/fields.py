"""The fields about columns, rows, words and queues, from a mapping and what it gives."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from callstats.calls.models import ForwardedTo, Outcome
from callstats.mappings import words
from callstats.mappings.assembling import FILTERS_ADDED, identifying, roles_of
from callstats.mappings.dates import ORDERS, Doubt
from callstats.mappings.inputs import AnsweredAtLast, Fields, choice, text
from callstats.mappings.masking import shown
from callstats.mappings.models import MappingDraft
from callstats.mappings.queries import Queues
from callstats.mappings.trying import Trial
from callstats.sources.table_mapping import is_weak
from municipalities.models import LineClass, PublicNumber

MEANINGS = {"outcome": Outcome.choices, "forwarded_to": ForwardedTo.choices}


def of_columns(*, mapping: dict[str, Any], trial: Trial) -> Fields:
    """Of each column: what it is, and whether it identifies the call."""
    roles = roles_of(mapping, columns=trial.columns)
    identify = identifying(mapping, columns=trial.columns)
    made: Fields = {}
    for n, column in enumerate(trial.columns):
        name = {"name": column.name}
        made[f"role_{n}"] = choice(
            gettext("What “%(name)s” is") % name,
            {"": _("not used"), **words.ROLES},
            roles.get(n),
        )
        made[f"id_{n}"] = forms.BooleanField(
            label=gettext("“%(name)s” identifies the call") % name,
            required=False,
            initial=n in identify,
        )
    return made


def of_rows(mapping: dict[str, Any]) -> Fields:
    """How rows become calls, and what no column tells."""
    return {
        "has_no_id": forms.BooleanField(
            label=_("No column identifies a call"),
            required=False,
            initial=is_weak(mapping),
            help_text=_("Calls are then told apart by arrival, queue and wait."),
        ),
        "kind": choice(_("A call is"), words.KINDS, mapping.get("kind") or "row-per-call"),
        "wait": choice(_("How the wait is found"), words.WAITS, mapping.get("wait")),
        "is_told_again": forms.BooleanField(
            label=_("A call can be told several times; the highest version counts"),
            required=False,
            initial=mapping.get("repeats") == "newest",
        ),
        "queue": text(
            _("Queue of every call"),
            mapping.get("queue"),
            _("Only where no column tells the queue: any name, such as lv_116117"),
        ),
        "number": text(
            _("Number of every call"),
            mapping.get("number"),
            _("Only where all calls came to the same number."),
        ),
    }


def filter_count(mapping: dict[str, Any]) -> int:
    """How many filters the form shows: those there are, and an empty one."""
    return len(mapping.get("filters") or []) + FILTERS_ADDED


def of_filters(*, mapping: dict[str, Any], trial: Trial) -> Fields:
    """Rows that are no calls to the central."""
    places = {"": _("no column"), **{str(n): c.name for n, c in enumerate(trial.columns)}}
    made: Fields = {}
    filters = mapping.get("filters") or []
    for n in range(filter_count(mapping)):
        given = filters[n] if n < len(filters) else {}
        at = next(
            (i for i, c in enumerate(trial.columns) if given and c.is_called(given["column"])), ""
        )
        test = next((each for each in words.TESTS if each in given), "not_in")
        value = given.get(test, "")
        made[f"filter_{n}_column"] = choice(_("Column"), places, str(at))
        made[f"filter_{n}_test"] = choice(_("What is done"), words.TESTS, test)
        made[f"filter_{n}_words"] = text(
            _("Words, parted by semicolons"),
            "; ".join(value) if isinstance(value, list) else value,
        )
    return made


def of_words(*, mapping: dict[str, Any], trial: Trial) -> Fields:
    """What each word of the outcome (and of the forwarding) means."""
    known = {"outcome": mapping.get("outcomes"), "forwarded_to": mapping.get("forwarded")}
    made: Fields = {}
    for field, told in trial.words.items():
        meanings = {w.strip().casefold(): m for w, m in (known[field] or {}).items()}
        for n, word in enumerate(told):
            label = shown(word) or gettext("(empty)")
            choices = {"": _without_own_meaning(word, meanings), **dict(MEANINGS[field])}
            made[f"{field}_{n}"] = choice(label, choices, meanings.get(word.casefold()))
    return made


def _without_own_meaning(word: str, meanings: dict[str, str]) -> str:
    """A word can have its meaning by a pattern with stars, as examples have them."""
    starred = sorted((known for known in meanings if "*" in known), key=lambda w: (-len(w), w))
    for known in starred:
        pattern = ".*".join(map(re.escape, known.split("*")))
        if re.fullmatch(pattern, word.casefold(), re.DOTALL):
            meant = (
                Outcome(meanings[known]).label if meanings[known] in Outcome else meanings[known]
            )
            return gettext("by “%(word)s”: %(meaning)s") % {"word": known, "meaning": meant}
    return gettext("choose")


def date_order(draft: MappingDraft, doubt: Doubt) -> forms.ChoiceField:
    """Which of two readings is right; nothing is chosen until a person has."""
    named = [(order, f"{words.ORDERS[order]}: {_as_date(doubt, order)}") for order in ORDERS]
    return AnsweredAtLast(
        label=gettext("Which day is “%(text)s”?") % {"text": doubt.text},
        choices=named,
        widget=forms.RadioSelect,
        initial=draft.choices.get("date_order") or draft.mapping.get("date_order"),
    )


def of_queues(queues: Queues, *, chosen: dict[str, str]) -> Fields:
    """The public number of each queue that has none yet."""
    lines = {f"{line.line_class}:{line.number}": _line(line) for line in queues.lines}
    absent = [each for each in LineClass if each not in {line.line_class for line in queues.lines}]
    new = {f"{each.value}:": gettext("new: %(line)s") % {"line": each.label} for each in absent}
    choices = {"": _("not now"), **lines, **new}
    return {
        f"queue_{n}": choice(shown(queue) or gettext("(no queue)"), choices, chosen.get(queue))
        for n, queue in enumerate(queues.unknown)
    }


def _as_date(doubt: Doubt, order: str) -> str:
    return date_format(doubt.readings[order], "DATETIME_FORMAT")


def _line(line: PublicNumber) -> str:
    kind = line.get_line_class_display()
    return f"{kind} ({line.number})" if line.number else str(kind)
