"""One number a card: the share, what it rests on, and words where there is no share."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from callstats.queries import (
    Definition,
    Judgement,
    Tally,
    address_of,
    completeness_words,
    judged,
    percent,
    state_words,
)
from legevakt.lib import words
from legevakt.lib.periods import Period
from municipalities.models import Central
from reporting.dashboard.queries import CentralFigures, Month

IS_MET = {Judgement.MET: True, Judgement.BELOW: False, Judgement.TOO_FEW: None, None: None}


@dataclass(frozen=True)
class Card:
    """One number with what it rests on. `is_met` is None where there is no percentage.

    `why_url` leads to where its calls were lacking, of a share below the target.
    """

    heading: str
    value: str
    is_met: bool | None
    verdict: str
    sentence: str
    completeness: str
    url: str
    link: str
    why_url: str = ""
    why_link: str = ""


def last_month_card(figures: CentralFigures) -> Card:
    """The number the overview is read for: the last complete month."""
    month = figures.last_month
    return month_card(
        month=month,
        central=figures.central,
        definition=figures.definition,
        url=figure_url(central=figures.central, month=month),
        link=_("How %(month)s is counted") % {"month": words.month_name(month.period)},
    )


def month_card(
    *, month: Month, central: Central, definition: Definition, url: str, link: str
) -> Card:
    """The month's share of calls answered in time."""
    return _answer_card(
        why_url=why_url(central=central, period=month.period),
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
        why_url=why_url(central=figures.central, period=figures.rolling_period),
        tally=figures.rolling,
        state=_rolling_state(figures),
        definition=figures.definition,
        heading=_("last twelve months"),
        url=url,
        link=link,
    )


def unanswered_cards(figures: CentralFigures) -> list[Card]:
    """Calls not answered, of calls offered: the last month and the last twelve."""
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


def figure_url(*, central: Central, month: Month) -> str:
    """Where the month's number is explained."""
    return reverse("figure", args=[central.slug, f"{month.period.starts_on:%Y-%m}"])


def why_url(*, central: Central, period: Period) -> str:
    """Where the period's gap to the target is explained."""
    return reverse("why_period", args=[central.slug, address_of(period)])


def state_sentence(state: str) -> str:
    """Why there is no percentage, as a sentence."""
    return {
        "none_counted": _("Calls came, but none that this indicator counts."),
        "no_calls": _("Nobody called in the period, as far as the log tells."),
        "no_data": _("No call log covers the period."),
        "waiting": _("The call log is here; the figures are being computed."),
    }[state]


def _rolling_state(figures: CentralFigures) -> str:
    state = figures.rolling.state
    if state != "figures" and any(month.is_waiting for month in figures.last_twelve):
        return "waiting"
    return state


def _answer_card(
    *,
    tally: Tally,
    state: str,
    definition: Definition,
    heading: str,
    url: str,
    link: str,
    why_url: str,
) -> Card:
    target = {"target": words.percent(definition.target)}
    judgement = judged(tally.numerator, tally.denominator, definition.target)
    is_below = judgement is Judgement.BELOW
    return Card(
        heading=heading,
        value=state_words(state) if tally.percent is None else words.percent(tally.percent),
        is_met=IS_MET[judgement],
        verdict=_verdict(judgement, target=target, is_close=_rounds_to(tally, definition.target)),
        sentence=_answered_sentence(tally, state=state, seconds=definition.limit_seconds),
        completeness=completeness_words(tally),
        url=url,
        link=link,
        why_url=why_url if is_below else "",
        why_link=_("Why below %(target)s?") % target,
    )


def _unanswered_card(*, tally: Tally, state: str, heading: str, url: str) -> Card:
    share = percent(tally.unanswered, tally.offered)
    sentence = _("%(part)s of %(whole)s calls were not answered") % {
        "part": words.number(tally.unanswered),
        "whole": words.number(tally.offered),
    }
    return Card(
        heading=heading,
        value=state_words(state) if share is None else words.percent(share),
        is_met=None,
        verdict="",
        sentence=state_sentence(state) if share is None else sentence,
        completeness=completeness_words(tally),
        url=url,
        link=_("How it is counted"),
    )


def _answered_sentence(tally: Tally, *, state: str, seconds: int) -> str:
    if tally.percent is None:
        return state_sentence(state)
    return _("%(part)s of %(whole)s calls were answered within %(limit)s") % {
        "part": words.number(tally.numerator),
        "whole": words.number(tally.denominator),
        "limit": words.limit(seconds),
    }


def _rounds_to(tally: Tally, target_percent: int) -> bool:
    """Whether the share is shown as the target, though it may be below it: 79.96 % is 80.0 %."""
    return tally.percent is not None and tally.percent == target_percent


def _verdict(judgement: Judgement | None, *, target: dict[str, str], is_close: bool) -> str:
    if judgement is Judgement.BELOW and is_close:
        return _("Barely below the target of %(target)s") % target
    return {
        None: "",
        Judgement.TOO_FEW: _("Too few calls to judge"),
        Judgement.MET: _("Meets the target of %(target)s") % target,
        Judgement.BELOW: _("Below the target of %(target)s") % target,
    }[judgement]
