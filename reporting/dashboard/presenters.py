"""The overview in people's words: a section a central, a sentence for what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.models import CallImport
from callstats.queries import Note, Tag, name_of, state_tags, state_words
from legevakt.lib import words
from legevakt.lib.periods import Period
from municipalities.models import Central
from reporting.dashboard.cards import Card, last_month_card, rolling_card, unanswered_cards
from reporting.dashboard.queries import CentralFigures, Month
from reporting.dashboard.series import hours_series, trend_series
from reporting.models import AnnualReport
from reporting.statistics.series import Series, indicator_name


@dataclass(frozen=True)
class MonthLife:
    """Whether a month is open, checked, published or provisional, and where that is told."""

    month: str
    tags: list[Tag]
    url: str


@dataclass(frozen=True)
class Section:
    """One central: two answer cards, the unanswered, what is missing, two series, its notes."""

    central: Central
    indicator: str
    definition_url: str
    through: str
    statistics_url: str
    has_figures: bool
    last_month: Card
    life: MonthLife | None
    rolling: Card
    unanswered: list[Card]
    missing: list[str]
    trend: Series
    notes: Sequence[Note]
    hours: Series


@dataclass(frozen=True)
class ImportLine:
    """One of the latest imports, for those who may see imports."""

    source: str
    state: str
    colour: str
    created_at: str
    rows: str
    url: str


def section(figures: CentralFigures) -> Section:
    """The central's section of the overview."""
    definition = figures.definition
    return Section(
        central=figures.central,
        indicator=indicator_name(definition),
        definition_url=reverse("definition", args=[definition.id]),
        through=words.through(figures.feed_ends_at) if figures.feed_ends_at else "",
        statistics_url=reverse("statistics", args=[figures.central.slug]),
        has_figures=any(month.state != "no_data" for month in figures.months),
        last_month=last_month_card(figures),
        life=month_life(central=figures.central, month=figures.last_month),
        rolling=rolling_card(
            figures,
            url=reverse("trend", args=[figures.central.slug]),
            link=_("The months behind it"),
        ),
        unanswered=unanswered_cards(figures),
        missing=missing_sentences(figures.last_twelve),
        trend=trend_series(figures),
        notes=figures.notes,
        hours=hours_series(figures),
    )


def month_life(*, central: Central, month: Month) -> MonthLife | None:
    """The state of a month that is stored; None for one that is not."""
    if month.life is None:
        return None
    return MonthLife(
        month=words.month_name(month.period),
        tags=state_tags(state=month.life, revision=month.revision, tally=month.level),
        url=reverse("period", args=[central.slug, name_of(month.period)]),
    )


def missing_sentences(months: list[Month]) -> list[str]:
    """What the figures lack, latest first; empty where nothing is missing.

    Months in a row without any figures are told of in one sentence.
    """
    groups = groupby(reversed(months), key=lambda month: (month.state, _is_without_figures(month)))
    sentences: list[str] = []
    for (state, is_without_figures), found in groups:
        lacking = [month for month in found if _is_lacking(month)]
        if is_without_figures:
            sentences.append(_without_figures(lacking, state=state))
        else:
            sentences += [_missing_hours(month) for month in lacking]
    return sentences


def import_line(row: CallImport) -> ImportLine:
    """One import as the overview tells of it."""
    colours = {"completed": "success", "completed_with_errors": "warning", "failed": "danger"}
    rows = ngettext("%(count)s row", "%(count)s rows", row.received)
    refused = ngettext("%(count)s refused", "%(count)s refused", row.rejected)
    parts = [rows % {"count": words.number(row.received)}]
    if row.rejected:
        parts.append(refused % {"count": words.number(row.rejected)})
    return ImportLine(
        source=row.source.name,
        state=str(row.state_label),
        colour=colours.get(row.state, "neutral"),
        created_at=words.short_moment(row.created_at),
        rows=", ".join(parts),
        url=reverse("import", args=[row.pk]),
    )


def newest_approved(reports: list[AnnualReport]) -> AnnualReport | None:
    """The latest report that everybody in the cooperation may read."""
    return next((report for report in reports if report.state == "issued"), None)


def drafts(reports: list[AnnualReport], *, today: date) -> list[AnnualReport]:
    """The reports that wait for approval."""
    return [
        report
        for report in reports
        if report.state in ("draft", "checked") and report.year < today.year
    ]


def _is_without_figures(month: Month) -> bool:
    return month.state in ("no_data", "waiting")


def _is_lacking(month: Month) -> bool:
    return month.is_waiting or month.level.hours_with_feed < month.level.hours_in_period


def _without_figures(months: list[Month], *, state: str) -> str:
    latest, earliest = months[0], months[-1]
    span = Period(earliest.period.starts_on, latest.period.ends_on)
    name = words.months_span(span) if len(months) > 1 else words.month_name(latest.period)
    return f"{capfirst(name)}: {state_words(state).lower()}."


def _missing_hours(month: Month) -> str:
    missing = month.level.hours_in_period - month.level.hours_with_feed
    return ngettext(
        "%(month)s: %(count)s hour of %(whole)s has no data.",
        "%(month)s: %(count)s hours of %(whole)s have no data.",
        missing,
    ) % {
        "month": capfirst(words.month_name(month.period)),
        "count": words.number(missing),
        "whole": words.number(month.level.hours_in_period),
    }
