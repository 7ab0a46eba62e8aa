"""Professional status in words, from facts of any year: what an earlier one lacks is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.briefing import months
from callstats.gaps.addresses import address_of
from callstats.gaps.blocks import Block
from callstats.gaps.days import Kind
from callstats.gaps.words import block_name, kind_name
from callstats.indicators.rules import percent
from callstats.indicators.uncertainty import Judgement, judged
from callstats.indicators.words import state_words
from callstats.periods.words import part_of
from legevakt.lib import words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Row, Table
from municipalities.queries import Facts, Figure, Page

NATIONAL_SECONDS = 120
COLORS = {Judgement.MET: "success", Judgement.BELOW: "danger", Judgement.TOO_FEW: "neutral"}


def page(facts: Facts) -> Page:
    """A sentence for each central, its figures, its months, and where calls were lacking."""
    target, centrals = facts["target_percent"], facts["centrals"]
    drawn = [
        months.chart(each, target=target) for each in centrals if months.is_worth_drawing(each)
    ]
    plain = [months.table(each) for each in centrals if not months.is_worth_drawing(each)]
    lacking = [_lacking(each, target=target) for each in centrals]
    return Page(
        lead=" ".join(_lead(each, facts=facts) for each in centrals)
        or _("The cooperation has no legevaktsentral."),
        figures=tuple(figure for each in centrals for figure in _figures(each, facts=facts)),
        charts=tuple(drawn),
        tables=tuple(table for table in (*plain, *lacking) if table.rows),
        notes=tuple(_notes(facts)),
        **_link(facts),
    )


def _lead(central: Mapping[str, Any], *, facts: Facts) -> str:
    counted = central["sum"]
    told = {
        "central": central["name"],
        "period": words.period_name(_period(facts)),
        "target": words.percent(facts["target_percent"]),
        "limit": _limit(facts),
        "answered": words.number(counted["numerator"]),
        "calls": words.number(counted["denominator"]),
    }
    share = percent(counted["numerator"], counted["denominator"])
    if share is None:
        state = {"state": state_words(counted["state"])}
        return _("%(central)s has no figure for %(period)s: %(state)s.") % (told | state)
    said = _(
        "%(central)s answered %(share)s of all calls within %(limit)s in %(period)s"
        " (%(answered)s of %(calls)s)."
    ) % (told | {"share": words.percent(share)})
    return f"{said} {_verdict(counted, target=facts['target_percent'])}."


def _figures(central: Mapping[str, Any], *, facts: Facts) -> Iterable[Figure]:
    counted, target = central["sum"], facts["target_percent"]
    share = percent(counted["numerator"], counted["denominator"])
    label = _("%(central)s, answered within %(limit)s") % {
        "central": central["name"],
        "limit": _limit(facts),
    }
    if share is None:
        yield Figure(label=label, value="–", state=state_words(counted["state"]), color="neutral")
        return
    judgement = judged(counted["numerator"], counted["denominator"], target)
    yield Figure(
        label=label,
        value=words.percent(share),
        detail=_of_calls(counted["numerator"], counted["denominator"]),
        state=_verdict(counted, target=target),
        color=COLORS[judgement] if judgement else "neutral",
    )
    unanswered = counted["offered"] - counted["answered"]
    yield Figure(
        label=_("%(central)s, unanswered calls") % {"central": central["name"]},
        value=words.number(unanswered),
        detail=_of_calls(unanswered, counted["offered"]),
    )


def _verdict(counted: Mapping[str, Any], *, target: int) -> str:
    texts = {
        Judgement.MET: _("Meets the target of %(target)s"),
        Judgement.BELOW: _("Below the target of %(target)s"),
        Judgement.TOO_FEW: _("Too few calls to judge"),
    }
    judgement = judged(counted["numerator"], counted["denominator"], target)
    return texts[judgement] % {"target": words.percent(target)} if judgement else ""


def _lacking(central: Mapping[str, Any], *, target: int) -> Table:
    """The hours and kinds of day that lacked most calls; empty where the target is met."""
    lacking = central.get("lacking") or {}
    named = [
        *((block_name(_block(each)), each) for each in lacking.get("hours", ())),
        *((kind_name(Kind(each["kind"])), each) for each in lacking.get("days", ())),
    ]
    told = {"central": central["name"], "target": words.percent(target)}
    return Table(
        caption=_("Why %(central)s is below %(target)s: where calls were lacking") % told,
        headings=(_("When"), _("In time"), _("More calls in time that the target wanted")),
        rows=tuple(Row((capfirst(name), _in_time(each), each["calls"])) for name, each in named),
    )


def _in_time(lack: Mapping[str, Any]) -> str:
    if "denominator" not in lack:
        return "–"
    return part_of(lack["numerator"], lack["denominator"])


def _block(hours: Mapping[str, Any]) -> Block:
    return Block(hours["weekday"], hours["from_hour"], hours["to_hour"])


def _notes(facts: Facts) -> Iterable[str]:
    for central in facts["centrals"]:
        calls = (central.get("lacking") or {}).get("calls", 0)
        if calls:
            told = ngettext(
                "%(central)s: %(count)s more call in time would have met the target.",
                "%(central)s: %(count)s more calls in time would have met the target.",
                calls,
            )
            yield told % {"central": central["name"], "count": words.number(calls)}
        if central["sum"].get("is_provisional"):
            yield _("%(central)s: the figures are provisional. Some hours have no data.") % {
                "central": central["name"]
            }
    yield _(
        "Counted by the national definition (%(definition)s): of all calls, also those unanswered."
    ) % {"definition": facts["definition"]}


def _link(facts: Facts) -> dict[str, str]:
    """To why the first central below the target is there, else to the telephony's page."""
    below = next((each for each in facts["centrals"] if each.get("lacking")), None)
    if below is None:
        return {"url": reverse("telephony"), "link_label": _("To the figures of the telephone")}
    return {
        "url": reverse("why_period", args=[below["slug"], address_of(_period(facts))]),
        "link_label": _("Why below %(target)s?")
        % {"target": words.percent(facts["target_percent"])},
    }


def _of_calls(part: int, whole: int) -> str:
    return _("%(answered)s of %(calls)s calls") % {
        "answered": words.number(part),
        "calls": words.number(whole),
    }


def _period(facts: Facts) -> Period:
    return Period(date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"]))


def _limit(facts: Facts) -> str:
    return words.limit(facts.get("limit_seconds", NATIONAL_SECONDS))
