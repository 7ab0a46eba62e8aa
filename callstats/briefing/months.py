"""A central's months as a table, and drawn against the target."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from callstats.indicators.rules import meets_target, percent
from callstats.indicators.words import state_words
from callstats.periods.words import part_of, state_tag
from legevakt.lib import words
from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.periods import Period
from legevakt.lib.tables import Row, Table
from municipalities.queries import Chart

SPEC = Path(__file__).parent / "months.vl.json"
UNKNOWN = ("no_data", "waiting")


def is_worth_drawing(central: Mapping[str, Any]) -> bool:
    """Whether there are two months with a share: one is read faster in the table."""
    return sum(bool(each.get("denominator")) for each in central["months"]) > 1


def chart(central: Mapping[str, Any], *, target: int) -> Chart:
    """The months' shares as bars, with the target as a line."""
    texts = {
        "share": _("Answered within two minutes"),
        "target": words.percent(target),
        "met": _("Target met"),
        "missed": _("Below target"),
        "no_data": _("no figure"),
    }
    spec = localise(load_spec(SPEC), texts=texts, language=get_language() or "nn")
    shares = [_drawn(each, target=target) for each in central["months"]]
    return Chart(
        key=f"months-{central['slug']}",
        table=table(central),
        spec=with_data(spec, data={"months": shares, "targets": [{"target": target}]}),
        summary=_summary(central, target=target),
    )


def table(central: Mapping[str, Any]) -> Table:
    """Every month with what its share rests on, and last their sum."""
    return Table(
        caption=_("Month by month, %(central)s") % {"central": central["name"]},
        headings=(
            _("Month"),
            _("Answered within two minutes"),
            _("In time"),
            _("Unanswered"),
            _("Data for hours"),
            _("State"),
        ),
        rows=(
            *(_row(_name(each), each, state=_state(each)) for each in central["months"]),
            _row(_("All months"), central["sum"], state="–"),
        ),
    )


def _row(name: str, counted: Mapping[str, Any], *, state: str) -> Row:
    """No data and not computed have no counts; where nobody called the count is 0."""
    share = percent(counted.get("numerator", 0), counted.get("denominator", 0))
    value = state_words(counted["state"]) if share is None else words.percent(share)
    if counted["state"] in UNKNOWN:
        return Row((name, value, "–", "–", _hours(counted), state))
    in_time = part_of(counted["numerator"], counted["denominator"])
    unanswered = words.number(counted["offered"] - counted["answered"])
    return Row((name, value, in_time, unanswered, _hours(counted), state))


def _hours(counted: Mapping[str, Any]) -> str:
    if "hours_in_period" not in counted:
        return "–"
    return part_of(counted["hours_with_feed"], counted["hours_in_period"])


def _state(month: Mapping[str, Any]) -> str:
    if month["state"] in UNKNOWN:
        return "–"
    if "life" not in month:
        return _("published") if month["is_published"] else _("may still change")
    label = state_tag(month["life"], revision=month["revision"]).label
    return f"{label}, {_('provisional')}" if month["is_provisional"] else label


def _drawn(month: Mapping[str, Any], *, target: int) -> dict[str, Any]:
    counts = month.get("numerator", 0), month.get("denominator", 0)
    share = percent(*counts)
    return {
        "month": month["month"],
        "percent": None if share is None else float(share),
        "is_met": meets_target(*counts, target),
    }


def _summary(central: Mapping[str, Any], *, target: int) -> str:
    known = [each for each in central["months"] if each.get("denominator")]
    met = [each for each in known if meets_target(each["numerator"], each["denominator"], target)]
    return ngettext(
        "The target of %(target)s was met in %(met)s of %(known)s month with figures.",
        "The target of %(target)s was met in %(met)s of %(known)s months with figures.",
        len(known),
    ) % {
        "target": words.percent(target),
        "met": words.number(len(met)),
        "known": words.number(len(known)),
    }


def _name(month: Mapping[str, Any]) -> str:
    first = date.fromisoformat(month["month"])
    return capfirst(words.month_name(Period.month(first.year, first.month)))
