"""Professional status in words, from facts of any year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.gaps.blocks import Block
from callstats.gaps.words import block_name
from callstats.indicators.rules import meets_target, percent
from callstats.indicators.words import state_words
from legevakt.lib import words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Row, Table
from municipalities.queries import Facts, Figure, Page


def page(facts: Facts) -> Page:
    """A sentence for each central, its figure, its months, and where calls were lacking."""
    target = facts["target_percent"]
    centrals = facts["centrals"]
    first = centrals[0]["slug"] if centrals else ""
    return Page(
        lead=" ".join(_lead(each, facts=facts) for each in centrals)
        or _("The cooperation has no legevaktsentral."),
        figures=tuple(_figure(each, target=target) for each in centrals),
        tables=tuple(
            table
            for each in centrals
            for table in (_months(each, target=target), _hours(each))
            if table.rows
        ),
        notes=tuple(_notes(facts)),
        url=reverse("telephony") if first else "",
        link_label=_("To the figures of the telephone"),
    )


def _lead(central: Mapping[str, Any], *, facts: Facts) -> str:
    counted = central["sum"]
    told = {
        "central": central["name"],
        "period": words.period_name(
            Period(date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"]))
        ),
        "target": words.percent(facts["target_percent"]),
        "answered": words.number(counted["numerator"]),
        "calls": words.number(counted["denominator"]),
    }
    share = percent(counted["numerator"], counted["denominator"])
    if share is None:
        return _("%(central)s has no figures for %(period)s.") % told
    told["share"] = words.percent(share)
    if meets_target(counted["numerator"], counted["denominator"], facts["target_percent"]):
        return (
            _(
                "%(central)s answered %(share)s of all calls within two minutes in %(period)s"
                " (%(answered)s of %(calls)s). The target of %(target)s is met."
            )
            % told
        )
    return (
        _(
            "%(central)s answered %(share)s of all calls within two minutes in %(period)s"
            " (%(answered)s of %(calls)s). The target is %(target)s."
        )
        % told
    )


def _figure(central: Mapping[str, Any], *, target: int) -> Figure:
    counted = central["sum"]
    share = percent(counted["numerator"], counted["denominator"])
    detail = _("%(answered)s of %(calls)s calls") % {
        "answered": words.number(counted["numerator"]),
        "calls": words.number(counted["denominator"]),
    }
    if share is None:
        state = state_words(counted["state"])
        return Figure(label=central["name"], value="–", state=state, color="neutral")
    is_met = meets_target(counted["numerator"], counted["denominator"], target)
    return Figure(
        label=central["name"],
        value=words.percent(share),
        detail=detail,
        state=_("Target met") if is_met else _("Below target"),
        color="success" if is_met else "danger",
    )


def _months(central: Mapping[str, Any], *, target: int) -> Table:
    return Table(
        caption=_("Month by month, %(central)s") % {"central": central["name"]},
        headings=(
            _("Month"),
            _("Answered within two minutes"),
            _("Calls"),
            _("Unanswered"),
            _("Data for hours"),
            _("State"),
        ),
        rows=tuple(_month_row(each, target=target) for each in central["months"]),
    )


def _month_row(month: Mapping[str, Any], *, target: int) -> Row:
    name = capfirst(words.month_name(_month_of(month)))
    if month.get("denominator", 0) == 0:
        return Row((name, state_words(month["state"]), "–", "–", _hours_of(month), "–"))
    share = percent(month["numerator"], month["denominator"])
    return Row(
        (
            name,
            "–" if share is None else words.percent(share),
            month["denominator"],
            month["offered"] - month["answered"],
            _hours_of(month),
            _("published") if month["is_published"] else _("may still change"),
        )
    )


def _hours_of(month: Mapping[str, Any]) -> str:
    if "hours_in_period" not in month:
        return "–"
    return _("%(part)s of %(whole)s") % {
        "part": words.number(month["hours_with_feed"]),
        "whole": words.number(month["hours_in_period"]),
    }


def _hours(central: Mapping[str, Any]) -> Table:
    """The hours that lacked most calls; empty where the target is met."""
    lacking = central.get("lacking") or {"hours": []}
    return Table(
        caption=_("Hours that lacked most calls, %(central)s") % {"central": central["name"]},
        headings=(_("Hours"), _("More calls in time that the target wanted")),
        rows=tuple(
            Row((capfirst(block_name(_block(each))), each["calls"])) for each in lacking["hours"]
        ),
    )


def _block(hours: Mapping[str, Any]) -> Block:
    return Block(hours["weekday"], hours["from_hour"], hours["to_hour"])


def _notes(facts: Facts) -> list[str]:
    notes = []
    for central in facts["centrals"]:
        calls = (central.get("lacking") or {}).get("calls", 0)
        if calls:
            told = ngettext(
                "%(central)s: %(count)s more call in time would have met the target.",
                "%(central)s: %(count)s more calls in time would have met the target.",
                calls,
            )
            notes.append(told % {"central": central["name"], "count": words.number(calls)})
    notes.append(
        _(
            "Counted by the national definition (%(definition)s): of all calls, also those"
            " unanswered."
        )
        % {"definition": facts["definition"]}
    )
    return notes


def _month_of(month: Mapping[str, Any]) -> Period:
    first = date.fromisoformat(month["month"])
    return Period.month(first.year, first.month)
