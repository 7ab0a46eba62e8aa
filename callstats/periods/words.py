"""The life of a period in people's words: its state, the next step, and what an error means."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callstats.indicators.rules import ServiceLevel, Tally, is_complete
from callstats.indicators.words import state_words
from callstats.periods.lines import Line
from callstats.periods.models import IndicatorPeriod, PeriodState
from callstats.periods.names import name_of
from callstats.periods.operations import PeriodError
from legevakt.lib import words

STATE_COLORS = {
    PeriodState.OPEN: "neutral",
    PeriodState.CHECKED: "info",
    PeriodState.PUBLISHED: "success",
}
ERRORS = {
    "not_over": gettext_lazy("The period is not over. Check it when its last day has passed."),
    "not_checked": gettext_lazy(
        "It is not checked, or late data have changed it since. The head of the legevakt must"
        " look at the figures again and check them before they can be published."
    ),
    "has_changed": gettext_lazy(
        "The figures have changed since you opened the page. Look at what is new, and check again."
    ),
    "incomplete": gettext_lazy(
        "Too few hours have data. Write why it is published all the same, or wait until the"
        " missing logs are imported."
    ),
    "months_not_published": gettext_lazy(
        "The twelve months of the year must be published first, and none may be under revision."
        " Publish them in the list, and then the year."
    ),
    "already_published": gettext_lazy(
        "It is published already. Open a revision to change it; what is published stays as it is."
    ),
    "not_published": gettext_lazy(
        "It is not published, so there is nothing to revise. Import the data that are missing:"
        " the figures follow by themselves."
    ),
    "no_reason": gettext_lazy("Write why it is revised. The reason is shown with the figures."),
}


class Tag(NamedTuple):
    """A state in a word, with its colour."""

    label: str
    color: str


class Step(NamedTuple):
    """What is to be done next, and where; no `url` where somebody else must do it."""

    label: str
    url: str = ""


def error_words(error: PeriodError) -> str:
    """What stops it, and how to go on."""
    return str(ERRORS[error.code])


def is_provisional(tally: Tally) -> bool:
    """Whether too few hours have data for the figure to be more than provisional."""
    least = settings.INDICATOR_LEAST_COMPLETENESS_PERCENT
    return not is_complete(tally, least_percent=least)


def state_tag(state: str, *, revision: int) -> Tag:
    """Open, checked, published, or revised: published more than once."""
    known = PeriodState(state)
    if known == PeriodState.PUBLISHED and revision > 1:
        label = _("revised, revision %(number)s") % {"number": revision}
        return Tag(label, STATE_COLORS[known])
    return Tag(str(known.label), STATE_COLORS[known])


def state_tags(
    *, state: str, revision: int, tally: Tally, is_being_revised: bool = False
) -> list[Tag]:
    """The state, and whether it is provisional or a revision is under way."""
    found = [state_tag(state, revision=revision)]
    if is_being_revised:
        found.append(Tag(_("revision under way"), "warning"))
    if is_provisional(tally):
        found.append(Tag(_("provisional"), "warning"))
    return found


def next_step(line: Line, *, today: date, may_check: bool, may_publish: bool) -> Step:
    """The one thing that takes the period further."""
    latest = line.latest
    if today < latest.ends_on:
        return Step(_("ends on %(day)s") % {"day": words.day(latest.ends_on)})
    if latest.is_published:
        return Step(_("nothing: it is published"))
    if latest.state == PeriodState.OPEN:
        check = Step(_("Look at it and check it"), period_url(latest, is_latest=True))
        return check if may_check else Step(_("the head of the legevakt checks it"))
    if not line.has_months:
        return Step(_("its twelve months are published first"))
    publish = Step(_("Publish it"), step_url("period_publish", latest))
    return publish if may_publish else Step(_("the host's director publishes it"))


def period_url(row: IndicatorPeriod, *, is_latest: bool = False) -> str:
    """The period's page; with `is_latest`, of this revision rather than of the one that counts."""
    url = step_url("period", row)
    return f"{url}?revision={row.revision}" if is_latest and row.revision > 1 else url


def step_url(name: str, row: IndicatorPeriod) -> str:
    return reverse(name, args=[row.central.slug, name_of(row.period)])


def value_words(level: ServiceLevel) -> str:
    """The percentage, or the seconds of a statistic, or why there is none."""
    if level.state != "figures":
        return state_words(level.state)
    if level.percent is None:
        return words.duration(level.value_seconds)
    return words.percent(level.percent)


def parts_words(level: ServiceLevel) -> str:
    """What the percentage rests on."""
    if level.state == "no_data":
        return "–"
    return part_of(level.numerator, level.denominator)


def part_of(part: int, whole: int) -> str:
    """A count of a count, never without its whole."""
    return _("%(part)s of %(whole)s") % {"part": words.number(part), "whole": words.number(whole)}
