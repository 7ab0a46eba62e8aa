"""What a prepared page of a topic is: facts that can be frozen, and the words that tell of them.

Facts are taken once and told in any language, as often as one likes: a page of live figures and
the minutes of ten years ago go through the same `page`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from legevakt.lib.tables import Table
from municipalities.cooperations.models import Cooperation
from municipalities.register.models import Municipality

Facts = Mapping[str, Any]  # JSON: texts, numbers, lists; days as ISO 8601, amounts as text


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose facts, and of which days (half-open): since the last meeting of the forum, to now.

    With a `partner` the meeting is between the host and that one.
    """

    cooperation: Cooperation
    partner: Municipality | None
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure that is looked at first; `color` is a tag's: success, warning, danger, neutral."""

    label: str
    value: str
    detail: str = ""
    state: str = ""
    color: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A table that a page draws too, as Vega-Lite with its data; a document has the table alone.

    `key` is unique among the page's charts, `summary` what is seen in one.
    """

    key: str
    table: Table
    spec: dict[str, Any]
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Facts in the words of the active language: a sentence first, then figures, then tables.

    Both a page and a PDF show it. `notes` say what is missing, or how it is counted. `url` leads to
    where the figures live.
    """

    lead: str
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    url: str = ""
    link_label: str = ""


@dataclass(frozen=True, kw_only=True)
class PreparedTopic:
    """A topic that prepares its own page.

    `covers` is the English text of the minimum topics (obligations/principles.json) that it is
    for. `page` must tell facts of every earlier shape: they are kept for ever.
    """

    code: str
    title: str | Promise
    covers: tuple[str, ...]
    facts: Callable[[Asked], dict[str, Any]]
    page: Callable[[Facts], Page]


def prepared_topics() -> dict[str, PreparedTopic]:
    """Every prepared topic by its code, in the order of settings.PREPARED_TOPICS."""
    found = [import_string(path) for path in settings.PREPARED_TOPICS]
    return {each.code: each for each in found}


def code_for(topic: str) -> str:
    """The code of the page that covers a minimum topic; empty where none does."""
    return next((each.code for each in prepared_topics().values() if topic in each.covers), "")
