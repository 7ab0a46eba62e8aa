"""The overview in people's words: a card a number, a sentence for what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from callstats.models import CallImport
from callstats.queries import Definition, Tally
from legevakt.lib.periods import Period
from municipalities.models import Central
from reporting.dashboard import words
from reporting.dashboard.queries import CentralFigures, ImportCounts, Month
from reporting.dashboard.series import Series, hours_series, percent_of, trend_series
from reporting.models import AnnualReport


@dataclass(frozen=True)
class Card:
    """One number with what it rests on. `is_met` is None where there is no percentage."""

    heading: str
    value: str
    is_met: bool | None
    verdict: str
    sentence: str
    completeness: str
    is_complete: bool
    url: str
    link: str


@dataclass(frozen=True)
class Section:
    """One central: two answer cards, the unanswered, what is missing, and two series."""

    central: Central
    indicator: str
    definition_url: str
    through: str
    has_figures: bool
    last_month: Card
    rolling: Card
    unanswered: list[Card]
    missing: list[str]
    trend: Series
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


class Fact(NamedTuple):
    """A name and its value on the page that explains a number."""

    name: str
    value: str


def section(figures: CentralFigures) -> Section:
    """The central's section of the overview."""
    definition = figures.definition
    return Section(
        central=figures.central,
        indicator=indicator_name(definition),
        definition_url=reverse("definition", args=[definition.id]),
        through=words.through(figures.feed_ends_at) if figures.feed_ends_at else "",
        has_figures=any(month.state != "no_data" for month in figures.months),
        last_month=_last_month_card(figures),
        rolling=rolling_card(
            figures,
            url=reverse("trend", args=[figures.central.slug]),
            link=_("The months behind it"),
        ),
        unanswered=_unanswered_cards(figures),
        missing=missing_sentences(figures.last_twelve),
        trend=trend_series(figures),
        hours=hours_series(figures),
    )


def indicator_name(definition: Definition) -> str:
    """The definition's name in the language of the page."""
    return definition.name.get(get_language() or "nn", definition.name["nn"])


def month_card(*, month: Month, definition: Definition, url: str, link: str) -> Card:
    """The month's share of calls answered in time."""
    return _answer_card(
        tally=month.level,
        state=month.state,
        definition=definition,
        heading=words.month_name(month.period),
        url=url,
        link=link,
    )


def rolling_card(figures: CentralFigures, *, url: str, link: str) -> Card:
    """The last twelve months' share: numerators and denominators summed."""
    return _answer_card(
        tally=figures.rolling,
        state=_rolling_state(figures),
        definition=figures.definition,
        heading=_("last twelve months"),
        url=url,
        link=link,
    )


def figure_url(*, central: Central, month: Month) -> str:
    """Where the month's number is explained."""
    return reverse("figure", args=[central.slug, f"{month.period.starts_on:%Y-%m}"])


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


def figure_facts(month: Month, definition: Definition) -> list[Fact]:
    """Everything that is published beside the percentage (indicator reference, section 5.2)."""
    level = month.level
    second = _("Answered within %(limit)s") % {
        "limit": words.limit(definition.second_threshold_seconds)
    }
    unanswered = percent_of(level.unanswered, whole=level.offered)
    return [
        Fact(_("Calls"), words.number(level.offered)),
        Fact(_("Answered"), words.number(level.answered)),
        Fact(_("Not answered"), _count_and_share(level.unanswered, unanswered)),
        Fact(
            second,
            _count_and_share(
                level.within_second, percent_of(level.within_second, whole=level.denominator)
            ),
        ),
        Fact(_("Median wait of answered calls"), words.duration(level.median_seconds)),
        Fact(_("Nine of ten were answered within"), words.duration(level.p90_seconds)),
        Fact(_("Longest wait of an answered call"), words.duration(level.longest_seconds)),
        Fact(_("Calls with unknown wait"), words.number(level.unknown_waits)),
        Fact(_("Calls in the doubled hour, time uncertain"), words.number(level.ambiguous_times)),
        Fact(
            _("Hung up before the queue (not in the denominator)"),
            words.number(level.before_queue),
        ),
    ]


def band_facts(month: Month) -> list[Fact]:
    """The unanswered calls by how long they waited."""
    names = {
        "0-5": _("up to 5 seconds"),
        "5-30": _("5 to 30 seconds"),
        "30-120": _("30 seconds to 2 minutes"),
        "120-600": _("2 to 10 minutes"),
        "600-": _("more than 10 minutes"),
        "unknown": _("unknown wait"),
    }
    bands = month.level.bands
    return [Fact(names[band], words.number(bands[band])) for band in names if band in bands]


def import_facts(counts: ImportCounts) -> list[Fact]:
    """The imports behind a month, as counts only."""
    return [
        Fact(_("Imports"), words.number(counts.imports)),
        Fact(_("Rows received"), words.number(counts.received)),
        Fact(_("New calls"), words.number(counts.created)),
        Fact(_("Corrected calls"), words.number(counts.updated)),
        Fact(_("Already stored"), words.number(counts.unchanged)),
        Fact(_("Refused rows"), words.number(counts.rejected)),
    ]


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
        state=str(row.get_state_display()),
        colour=colours.get(row.state, "neutral"),
        created_at=words.short_moment(row.created_at),
        rows=", ".join(parts),
        url=reverse("import", args=[row.pk]),
    )


def newest_approved(reports: list[AnnualReport]) -> AnnualReport | None:
    """The latest report that everybody in the cooperation may read."""
    return next((report for report in reports if report.state == "approved"), None)


def drafts(reports: list[AnnualReport]) -> list[AnnualReport]:
    """The reports that wait for approval."""
    return [report for report in reports if report.state == "draft"]


def _last_month_card(figures: CentralFigures) -> Card:
    month = figures.last_month
    return month_card(
        month=month,
        definition=figures.definition,
        url=figure_url(central=figures.central, month=month),
        link=_("How %(month)s is counted") % {"month": words.month_name(month.period)},
    )


def _unanswered_cards(figures: CentralFigures) -> list[Card]:
    month = figures.last_month
    return [
        _unanswered_card(
            tally=month.level,
            state=month.state,
            heading=words.month_name(month.period),
            url=figure_url(central=figures.central, month=month),
        ),
        _unanswered_card(
            tally=figures.rolling,
            state=_rolling_state(figures),
            heading=_("last twelve months"),
            url=reverse("trend", args=[figures.central.slug]),
        ),
    ]


def _rolling_state(figures: CentralFigures) -> str:
    state = figures.rolling.state
    if state != "figures" and any(month.is_waiting for month in figures.last_twelve):
        return "waiting"
    return state


def _answer_card(
    *, tally: Tally, state: str, definition: Definition, heading: str, url: str, link: str
) -> Card:
    return Card(
        heading=heading,
        value=words.state(state) if tally.percent is None else words.percent(tally.percent),
        is_met=tally.meets_target(definition.target_percent),
        verdict=_verdict(tally, target_percent=definition.target_percent),
        sentence=_answered_sentence(tally, state=state, seconds=definition.threshold_seconds),
        completeness=completeness_sentence(tally),
        is_complete=tally.hours_with_feed >= tally.hours_in_period,
        url=url,
        link=link,
    )


def _unanswered_card(*, tally: Tally, state: str, heading: str, url: str) -> Card:
    share = percent_of(tally.unanswered, whole=tally.offered)
    sentence = _("%(part)s of %(whole)s calls were not answered") % {
        "part": words.number(tally.unanswered),
        "whole": words.number(tally.offered),
    }
    return Card(
        heading=heading,
        value=words.state(state) if share is None else words.percent(share),
        is_met=None,
        verdict="",
        sentence=state_sentence(state) if share is None else sentence,
        completeness=completeness_sentence(tally),
        is_complete=tally.hours_with_feed >= tally.hours_in_period,
        url=url,
        link=_("How it is counted"),
    )


def state_sentence(state: str) -> str:
    """Why there is no percentage, as a sentence."""
    return {
        "no_calls": _("Nobody called in the period, as far as the log tells."),
        "no_data": _("No call log covers the period."),
        "waiting": _("The call log is here; the figures are being computed."),
    }[state]


def completeness_sentence(tally: Tally) -> str:
    """Hours of which a call log tells, of the period's hours."""
    return _("Data for %(part)s of %(whole)s hours") % {
        "part": words.number(tally.hours_with_feed),
        "whole": words.number(tally.hours_in_period),
    }


def _answered_sentence(tally: Tally, *, state: str, seconds: int) -> str:
    if tally.percent is None:
        return state_sentence(state)
    return _("%(part)s of %(whole)s calls were answered within %(limit)s") % {
        "part": words.number(tally.numerator),
        "whole": words.number(tally.denominator),
        "limit": words.limit(seconds),
    }


def _verdict(tally: Tally, *, target_percent: int) -> str:
    is_met = tally.meets_target(target_percent)
    if is_met is None:
        return ""
    target = {"target": words.percent(target_percent)}
    if is_met:
        return _("Meets the target of %(target)s") % target
    return _("Below the target of %(target)s") % target


def _count_and_share(count: int, share: Decimal | None) -> str:
    if share is None:
        return words.number(count)
    return f"{words.number(count)} ({words.percent(share)})"


def _is_without_figures(month: Month) -> bool:
    return month.state in ("no_data", "waiting")


def _is_lacking(month: Month) -> bool:
    return month.is_waiting or month.level.hours_with_feed < month.level.hours_in_period


def _without_figures(months: list[Month], *, state: str) -> str:
    latest, earliest = months[0], months[-1]
    span = Period(earliest.period.starts_on, latest.period.ends_on)
    name = words.months_span(span) if len(months) > 1 else words.month_name(latest.period)
    return f"{capfirst(name)}: {words.state(state).lower()}."


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
