"""The gap in one or two sentences: how many calls, when most of them, or why it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.gaps.blocks import Block, Rest
from callstats.gaps.queries import Gap
from callstats.gaps.rules import Lack, calls_short, calls_to_spare
from callstats.gaps.words import block_name
from callstats.indicators.uncertainty import Judgement, judged, wilson
from legevakt.lib import words


def title(gap: Gap) -> str:
    """What the page answers."""
    is_met = gap.counted.tally.meets_target(gap.definition.target)
    told = {
        "target": words.percent(gap.definition.target),
        "period": words.period_name(gap.period),
    }
    if is_met is None:
        return _("The target of %(target)s: %(period)s") % told
    if is_met:
        return _("Where calls waited too long: %(period)s") % told
    return _("Why below %(target)s: %(period)s") % told


def headline(gap: Gap) -> list[str]:
    """The answer, of a period with figures."""
    tally, target = gap.counted.tally, gap.definition.target
    counts = (tally.numerator, tally.denominator)
    sentences = []
    if judged(*counts, target) == Judgement.TOO_FEW:
        sentences.append(_too_few(*counts, target_percent=target))
    sentences.append(_in_calls(*counts, target_percent=target))
    return [*sentences, _weakest(gap.hours, target_percent=target)]


def told_blocks(hours: Sequence[Lack]) -> list[Lack]:
    """The blocks of hours that are told by themselves, the largest shortfall first."""
    return [each for each in hours if isinstance(each.key, Block)]


def _in_calls(numerator: int, denominator: int, *, target_percent: int) -> str:
    target = {"target": words.percent(target_percent)}
    short = calls_short(numerator, denominator, target_percent)
    if short:
        return ngettext(
            "%(count)s more call in time would have met the target of %(target)s.",
            "%(count)s more calls in time would have met the target of %(target)s.",
            short,
        ) % (target | {"count": words.number(short)})
    spare = calls_to_spare(numerator, denominator, target_percent)
    if not spare:
        return _("The target of %(target)s was met, with no call to spare.") % target
    return ngettext(
        "The target of %(target)s was met, with %(count)s call to spare.",
        "The target of %(target)s was met, with %(count)s calls to spare.",
        spare,
    ) % (target | {"count": words.number(spare)})


def _weakest(hours: Sequence[Lack], *, target_percent: int) -> str:
    blocks = told_blocks(hours)
    if all(each.key == Rest.MET for each in hours):
        return _("Every hour of the week that had calls met the target.")
    if not blocks:
        return _("No hours of the week can be pointed out: there are too few calls in each.")
    weakest = blocks[0]
    lacking = calls_short(weakest.numerator, weakest.denominator, target_percent)
    return ngettext(
        "%(block)s alone lacked %(count)s call.", "%(block)s alone lacked %(count)s calls.", lacking
    ) % {"block": capfirst(block_name(weakest.key)), "count": words.number(lacking)}


def _too_few(numerator: int, denominator: int, *, target_percent: int) -> str:
    low, high = wilson(numerator, denominator) or (0.0, 1.0)
    return _(
        "Too few calls to judge by the target of %(target)s: with %(count)s calls, chance alone "
        "may have placed the share anywhere between %(low)s and %(high)s."
    ) % {
        "target": words.percent(target_percent),
        "count": words.number(denominator),
        "low": words.percent(Decimal(round(100 * low))),
        "high": words.percent(Decimal(round(100 * high))),
    }
