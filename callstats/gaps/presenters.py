"""The page that explains a gap: its number, chart and tables; what to do where there are none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from callstats.gaps.addresses import address_of
from callstats.gaps.headlines import told_blocks
from callstats.gaps.queries import Gap
from callstats.gaps.tables import TABLES
from callstats.gaps.words import block_name
from callstats.indicators import presenters as indicators
from callstats.indicators.uncertainty import Judgement, judged
from callstats.indicators.words import completeness_words, state_words
from legevakt.lib import words
from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.periods import DAY
from legevakt.lib.tables import FORMATS, Table

CHART = Path(__file__).parent / "blocks.vl.json"
MOST_BARS = 8
CARD_STATES = {Judgement.MET: "met", Judgement.BELOW: "below", Judgement.TOO_FEW: "unknown"}


@dataclass(frozen=True)
class Section:
    """A table of the page and the addresses of its files, by format."""

    key: str
    table: Table
    downloads: list[tuple[str, str]]


@dataclass(frozen=True)
class Nothing:
    """Why there is nothing to explain, and the next step."""

    title: str
    text: str
    action_label: str = ""
    action_url: str = ""


def card(gap: Gap) -> dict[str, str]:
    """The period's share, as the figure card takes it."""
    tally, definition = gap.counted.tally, gap.definition
    judgement = judged(tally.numerator, tally.denominator, definition.target)
    sentence = _("%(part)s of %(whole)s calls were answered within %(limit)s")
    return {
        "label": f"{indicators.name(definition)}, {words.period_name(gap.period)}",
        "value": "" if tally.percent is None else words.percent(tally.percent),
        "state": CARD_STATES[judgement] if judgement else "unknown",
        "state_text": _verdict(judgement, target=words.percent(definition.target)),
        "detail": sentence
        % {
            "part": words.number(tally.numerator),
            "whole": words.number(tally.denominator),
            "limit": words.limit(definition.limit_seconds),
        },
        "note": completeness_words(tally),
    }


def sections(gap: Gap) -> list[Section]:
    """Every table of the page, the hours of the week first."""
    url = reverse("why_period", args=[gap.central.slug, address_of(gap.period)])
    return [
        Section(
            key=key,
            table=table(gap),
            downloads=[
                (ending.upper(), f"{url}?table={key}&format={ending}") for ending in FORMATS
            ],
        )
        for key, table in TABLES.items()
    ]


def chart(gap: Gap) -> dict[str, Any]:
    """The largest blocks as bars; empty where no hours are told by themselves."""
    blocks = told_blocks(gap.hours)[:MOST_BARS]
    if not blocks:
        return {}
    spec = localise(
        load_spec(CHART), texts={"lacking": _("Lacking calls")}, language=get_language() or "nn"
    )
    rows = [
        {"block": capfirst(block_name(each.key)), "lacking": float(each.shortfall)}
        for each in blocks
    ]
    return with_data(spec, data={"blocks": rows})


def missing(gap: Gap) -> list[str]:
    """The months that are not part of the explanation, by why they are not."""
    told = []
    for state, is_waiting in (("no_data", False), ("waiting", True)):
        months = [each.period for each in gap.counted.missing if each.is_waiting == is_waiting]
        if months:
            told.append(f"{state_words(state)}: {', '.join(map(words.month_name, months))}.")
    return told


def nothing(gap: Gap, *, may_view_imports: bool) -> Nothing:
    """What is said instead of an explanation."""
    if gap.counted.state == "waiting":
        return Nothing(
            _("The call log is here; the figures are being computed."),
            _("Open this page again in some minutes."),
        )
    if gap.counted.state == "no_calls":
        return Nothing(
            _("Nobody called in the period, as far as the log tells."),
            _("If somebody should have called, see which hours the call log tells of."),
            *figure_link(gap),
        )
    if may_view_imports:
        step = _("Bring in the call log of the period, and the explanation comes by itself.")
        leads = (_("See the imports"), reverse("imports"))
        return Nothing(_("No call log covers the period."), step, *leads)
    step = _("The head of the legevakt brings in the call log; then the explanation is here.")
    return Nothing(_("No call log covers the period."), step)


def figure_link(gap: Gap) -> tuple[str, str]:
    """Label and address of the page that says how the number came to be."""
    if len(gap.period.months()) == 1:
        label = _("How %(month)s is counted") % {"month": words.month_name(gap.period)}
        return label, reverse("figure", args=[gap.central.slug, address_of(gap.period)])
    return _("Month by month, the last two years"), reverse("trend", args=[gap.central.slug])


def note_url(gap: Gap) -> str:
    """Where a note on the days of the period is written, its days filled in."""
    days = {"starts_on": gap.period.starts_on, "last_day": gap.period.ends_on - DAY}
    return f"{reverse('annotation_new', args=[gap.central.slug])}?{urlencode(days)}"


def _verdict(judgement: Judgement | None, *, target: str) -> str:
    texts = {
        Judgement.MET: _("Meets the target of %(target)s"),
        Judgement.BELOW: _("Below the target of %(target)s"),
        Judgement.TOO_FEW: _("Too few calls to judge"),
    }
    return texts[judgement] % {"target": target} if judgement else ""
