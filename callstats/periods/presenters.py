"""A period's page: its figures, what they rest on, and how they came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from callstats.indicators import presenters
from callstats.indicators.definitions import default_definition
from callstats.indicators.rules import ServiceLevel, percent
from callstats.indicators.uncertainty import Judgement, judged, wilson
from callstats.indicators.words import completeness_words
from callstats.periods.behind import ImportsBehind
from callstats.periods.differences import Difference, Told
from callstats.periods.lines import Line
from callstats.periods.models import IndicatorFigure, IndicatorPeriod
from callstats.periods.names import spoken
from callstats.periods.series_breaks import SeriesBreak
from callstats.periods.words import (
    Step,
    Tag,
    next_step,
    part_of,
    parts_words,
    period_url,
    state_tag,
    state_tags,
    value_words,
)
from legevakt.lib import words
from municipalities.models import User


class Fact(NamedTuple):
    """A name and its value."""

    name: str
    value: str


@dataclass(frozen=True)
class LineRow:
    """A period in the list."""

    name: str
    url: str
    value: str
    parts: str
    completeness: str
    tags: list[Tag]
    step: Step


@dataclass(frozen=True)
class FigureRow:
    """A definition's figure of the period; `left_out` are calls that an exclusion takes out."""

    name: str
    definition_id: str
    url: str
    value: str
    numerator: str
    denominator: str
    left_out: str


@dataclass(frozen=True)
class RevisionRow:
    """One revision of a period."""

    name: str
    url: str
    tag: Tag
    published: str
    reason: str


@dataclass(frozen=True)
class Change:
    """A figure then and now."""

    name: str
    before: str
    after: str


def line_row(line: Line, *, today: date, may_check: bool, may_publish: bool) -> LineRow:
    """One line of the list, with its one next step."""
    return LineRow(
        name=capfirst(spoken(line.period)),
        url=period_url(line.counting),
        value=value_words(line.level),
        parts=parts_words(line.level),
        completeness=completeness_words(line.level),
        tags=state_tags(
            state=line.counting.state,
            revision=line.counting.revision,
            tally=line.level,
            is_being_revised=line.is_being_revised,
        ),
        step=next_step(line, today=today, may_check=may_check, may_publish=may_publish),
    )


def card_state(level: ServiceLevel) -> tuple[str, str]:
    """The figure card's state and its words, against the national target."""
    target = default_definition().target
    judgement = judged(level.numerator, level.denominator, target)
    named = {"target": words.percent(target)}
    return {
        Judgement.MET: ("met", _("Meets the target of %(target)s") % named),
        Judgement.BELOW: ("below", _("Below the target of %(target)s") % named),
        Judgement.TOO_FEW: ("unknown", _("Too few calls to tell")),
        None: ("", ""),
    }[judgement]


def counted_facts(level: ServiceLevel) -> list[Fact]:
    """Numerator, denominator and how sure the share is; dashes where nothing is known."""
    is_known = level.state != "no_data"
    interval = wilson(level.numerator, level.denominator)
    return [
        Fact(_("Numerator"), words.number(level.numerator) if is_known else "–"),
        Fact(_("Denominator"), words.number(level.denominator) if is_known else "–"),
        Fact(_("Interval of the share (Wilson, 95 percent)"), _interval(interval)),
    ]


def figure_row(figure: IndicatorFigure) -> FigureRow:
    """One definition's row of “same calls, all definitions”, by the definition that was stored."""
    level = ServiceLevel.from_dict(figure.figures)
    return FigureRow(
        name=presenters.stored_name(figure.definition) or figure.definition_id,
        definition_id=figure.definition_id,
        url=reverse("definition", args=[figure.definition_id]),
        value=value_words(level),
        numerator=words.number(level.numerator),
        denominator=words.number(level.denominator),
        left_out=words.number(level.excluded),
    )


def completeness_facts(level: ServiceLevel, behind: ImportsBehind) -> list[Fact]:
    """What the figure does not know, counted."""
    return [
        Fact(_("Hours with data"), part_of(level.hours_with_feed, level.hours_in_period)),
        Fact(_("Refused rows"), words.number(behind.rejected)),
        Fact(_("Calls with unknown wait"), words.number(level.unknown_waits)),
        Fact(_("Calls in the doubled hour, time uncertain"), words.number(level.ambiguous_times)),
        Fact(
            _("Hung up before the queue (not in the denominator)"),
            words.number(level.before_queue),
        ),
    ]


def break_sentences(breaks: list[SeriesBreak], *, with_names: bool) -> list[str]:
    """Where one telephone system took over from another; names for those who see imports."""
    with_systems = _("%(day)s: %(after)s took over from %(before)s.")
    without = _("%(day)s: one telephone system took over from another.")
    return [
        (with_systems if with_names else without)
        % {"day": words.moment(each.at), "after": each.after, "before": each.before}
        for each in breaks
    ]


def import_facts(behind: ImportsBehind) -> list[Fact]:
    """The imports behind the figure, as counts only."""
    return [
        Fact(_("Imports"), words.number(behind.imports)),
        Fact(_("Rows received"), words.number(behind.received)),
        Fact(_("New calls"), words.number(behind.created)),
        Fact(_("Corrected calls"), words.number(behind.updated)),
        Fact(_("Already stored"), words.number(behind.unchanged)),
        Fact(_("Refused rows"), words.number(behind.rejected)),
    ]


def life_facts(row: IndicatorPeriod) -> list[Fact]:
    """Who did what, and when; only what has happened."""
    told = [
        Fact(_("Figures as of"), words.moment(row.computed_at)),
        Fact(_("Version of the program"), row.code_version),
    ]
    told += checked_facts(row)
    if row.published_at:
        told.append(Fact(_("Published by"), _who(row.published_by, words.moment(row.published_at))))
    if row.provisional_reason:
        told.append(Fact(_("Why it is published though incomplete"), row.provisional_reason))
    if row.reason:
        told.append(Fact(_("Why it is revised"), row.reason))
        told.append(Fact(_("Revision opened by"), _who(row.revised_by, "")))
    return told


def checked_facts(row: IndicatorPeriod) -> list[Fact]:
    """Who found the figures right, and when; nothing where nobody has."""
    if row.checked_at is None:
        return []
    return [Fact(_("Checked by"), _who(row.checked_by, words.moment(row.checked_at)))]


def revision_row(row: IndicatorPeriod) -> RevisionRow:
    """A revision in the list of them."""
    return RevisionRow(
        name=_("Revision %(number)s") % {"number": row.revision},
        url=f"{period_url(row)}?revision={row.revision}",
        tag=state_tag(row.state, revision=row.revision),
        published=words.moment(row.published_at) if row.published_at else _("not yet"),
        reason=row.reason or _("the first"),
    )


def change(difference: Difference, *, names: dict[str, str]) -> Change:
    """A definition's figure then and now; `names` are the definitions' names by id."""
    return Change(
        name=names.get(difference.definition_id, difference.definition_id),
        before=_told(difference.before),
        after=_told(difference.after),
    )


def beside_change(name: str, before: int, after: int) -> Change:
    """The same of what stands beside the figures."""
    names = {
        "hours_with_feed": _("Hours with data"),
        "unknown_waits": _("Calls with unknown wait"),
        "ambiguous_times": _("Calls in the doubled hour, time uncertain"),
        "before_queue": _("Hung up before the queue (not in the denominator)"),
    }
    return Change(name=names[name], before=words.number(before), after=words.number(after))


def _told(told: Told | None) -> str:
    if told is None:
        return _("not computed")
    if told.value_seconds is not None:
        return f"{words.duration(told.value_seconds)} (n = {words.number(told.denominator)})"
    share = percent(told.numerator, told.denominator)
    parts = part_of(told.numerator, told.denominator)
    return parts if share is None else f"{words.percent(share)} ({parts})"


def _interval(interval: tuple[float, float] | None) -> str:
    if interval is None:
        return "–"
    low, high = (Decimal(100 * end).quantize(Decimal("0.1")) for end in interval)
    return _("%(first)s to %(last)s") % {"first": words.percent(low), "last": words.percent(high)}


def _who(person: User | None, moment: str) -> str:
    name = person.name if person else "–"
    return f"{name}, {moment}" if moment else name
