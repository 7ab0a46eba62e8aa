"""A definition in people's words. The definition files are written in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from callstats.calls.models import Outcome
from callstats.indicators.definitions import Definition, Term
from callstats.indicators.words import (
    EXCLUSION_NAMES,
    PROFILES,
    STATISTIC_NAMES,
    parameter_words,
)
from legevakt.lib import words
from municipalities.models import LineClass


class Pair(NamedTuple):
    """A parameter and its value."""

    name: str
    value: str


class Card(NamedTuple):
    """A definition in the list."""

    id: str
    name: str
    statement: str


class Group(NamedTuple):
    """The definitions of a profile, and what it is for."""

    profile: str
    title: str
    sentence: str
    cards: list[Card]


def name(definition: Definition) -> str:
    """The definition's name in the language of the page."""
    return _in_language(definition.name)


def stored_name(content: Mapping[str, Any]) -> str:
    """The name in a copy frozen with a figure, whatever today's schema asks; "" without one."""
    texts = content.get("name") or {}
    return texts.get(get_language() or "nn") or next(iter(texts.values()), "")


def statement(definition: Definition) -> str:
    """What the definition counts, in one sentence."""
    return _in_language(definition.statement)


def groups(definitions: Sequence[Definition]) -> list[Group]:
    """The definitions by profile, the national one first."""
    return [
        Group(
            profile=profile,
            title=str(title),
            sentence=str(sentence),
            cards=[
                Card(each.id, name(each), statement(each))
                for each in definitions
                if each.profile == profile
            ],
        )
        for profile, (title, sentence) in PROFILES.items()
    ]


def parameters(definition: Definition) -> list[Pair]:
    """Every parameter with its value: what the files decide first, then the recorded choices."""
    return [
        *_target(definition),
        *_statistic(definition),
        Pair(_("Second threshold, seconds"), str(definition.second_threshold_seconds)),
        Pair(_("Lines"), _labels(LineClass, definition.line_classes)),
        Pair(_("Numerator"), terms(definition.numerator)),
        Pair(_("Denominator"), terms(definition.denominator)),
        Pair(_("Approved rules that it honours"), _exclusions(definition)),
        *(Pair(*pair) for pair in parameter_words(definition.parameters)),
    ]


def review(definition: Definition) -> list[Pair]:
    """Who wrote it, who has read it, and when."""
    reviewed_on = definition.reviewed_on
    return [
        Pair(_("Written by"), definition.author),
        Pair(_("Reviewed by"), definition.reviewer or _("not reviewed yet")),
        Pair(_("Reviewed on"), words.day(date.fromisoformat(reviewed_on)) if reviewed_on else "–"),
    ]


def terms(found: Iterable[Term]) -> str:
    """The calls that are counted, and by how long they took."""
    return "; ".join(_term(term) for term in found)


def _term(term: Term) -> str:
    shown = {"calls": _labels(Outcome, term.outcomes)}
    if term.edge is None:
        return shown["calls"]
    shown["limit"] = words.limit(term.edge)
    if term.within_seconds is not None:
        return _("%(calls)s, within %(limit)s") % shown
    if term.rung_back_within_seconds is not None:
        return _("%(calls)s, and rung back within %(limit)s of arrival") % shown
    return _("%(calls)s, after more than %(limit)s") % shown


def _target(definition: Definition) -> list[Pair]:
    if definition.target_percent is None:
        return []
    return [Pair(_("Target"), words.percent(definition.target_percent))]


def _statistic(definition: Definition) -> list[Pair]:
    if definition.statistic is None:
        return []
    return [Pair(_("Statistic"), str(STATISTIC_NAMES[definition.statistic]))]


def _exclusions(definition: Definition) -> str:
    return ", ".join(str(EXCLUSION_NAMES[kind]) for kind in definition.excludes) or _(
        "none: every call counts"
    )


def _labels(choices, values: Iterable[str]) -> str:
    return ", ".join(str(choices(value).label) for value in values)


def _in_language(texts: dict[str, str]) -> str:
    return texts.get(get_language() or "nn", texts["nn"])
