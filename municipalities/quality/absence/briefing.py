"""Health, environment and safety, a topic of the minimum agenda: absence and HSE deviations.

Only what may be shown goes into the facts: hidden figures are not frozen either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import percent
from municipalities.meetings.topics.prepared import Asked, Facts, Page, PreparedTopic
from municipalities.quality.absence import presenters, rules
from municipalities.quality.absence.hse import hse_months, hse_table
from municipalities.quality.absence.queries import year_of
from municipalities.quality.absence.rules import Hidden, Shares, ShownQuarter
from municipalities.quality.asked import known_day

SHARES = ("total", "certified", "self_certified", "short", "long")
QUARTERS = 4


def facts(asked: Asked) -> dict[str, Any]:
    """The last four quarters that are over, as they may be shown; None is not reported."""
    today = known_day(asked)
    found = year_of(cooperation=asked.cooperation, year=today.year, today=today)
    told = [(today.year - 1, n, shown) for n, shown in found.before.items()]
    told += [(today.year, n, shown) for n, shown in found.quarters.items()]
    return {
        "cooperation": asked.cooperation.slug,
        "quarters": [
            {"year": year, "quarter": quarter, "shown": _written(shown)}
            for year, quarter, shown in told[-QUARTERS:]
        ],
        "hse": hse_months(cooperation=asked.cooperation, today=today + timedelta(days=1)),
    }


def page(facts: Facts) -> Page:
    """The latest quarter in a sentence, and the tables; earlier facts have no `hse`."""
    quarters = [(each, _read(each["shown"])) for each in facts["quarters"]]
    return Page(
        lead=_lead(quarters),
        tables=(_table(quarters), *_hse_tables(facts)),
        notes=(presenters.how_hidden(),),
        url=reverse("absence", args=[facts["cooperation"]]),
        link_label=_("To the sickness absence"),
    )


def _hse_tables(facts: Facts) -> tuple[Table, ...]:
    months = facts.get("hse")
    return (hse_table(months),) if months else ()


def _lead(quarters: list[tuple[Mapping[str, Any], ShownQuarter | None]]) -> str:
    known = [(told, shown) for told, shown in quarters if shown]
    if not known:
        return _("No quarter is reported.")
    told, shown = known[-1]
    return _("%(percent)s in %(quarter)s.") % {
        "percent": presenters.percent_words(shown.together),
        "quarter": _name(told),
    }


def _table(quarters: list[tuple[Mapping[str, Any], ShownQuarter | None]]) -> Table:
    return Table(
        caption=_("Sickness absence of the agreed days"),
        headings=(
            _("Quarter"),
            _("Unit"),
            _("In all"),
            _("Certified by a doctor"),
            _("Self-certified"),
            _("1–16 days"),
            _("17 days and more"),
        ),
        rows=tuple(row for told, shown in quarters for row in _rows(told, shown)),
        text_columns="2",
    )


def _rows(told: Mapping[str, Any], shown: ShownQuarter | None) -> Iterator[Row]:
    name = _name(told)
    if shown is None:
        yield Row((name, presenters.not_reported(), "–", "–", "–", "–", "–"))
        return
    for each in shown.units:
        yield Row((name, each.unit, *_cells(each)))
    yield Row((name, _("all units"), *_cells(shown.together)))


def _cells(shares: Shares) -> Iterator[str]:
    for name in SHARES:
        is_split = name in ("short", "long")
        value = getattr(shares, name)
        if shares.hidden or (is_split and shares.split_hidden):
            yield _("hidden")
        else:
            yield "–" if value is None else percent(value)


def _name(told: Mapping[str, Any]) -> str:
    return _("Quarter %(quarter)s, %(year)s") % {
        "quarter": told["quarter"],
        "year": told["year"],
    }


def _written(shown: ShownQuarter | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    return {
        "units": [_written_shares(each) for each in shown.units],
        "together": _written_shares(shown.together),
    }


def _written_shares(shares: Shares) -> dict[str, Any]:
    told = asdict(shares)
    return told | {name: None if told[name] is None else str(told[name]) for name in SHARES}


def _read(told: Mapping[str, Any] | None) -> ShownQuarter | None:
    if told is None:
        return None
    units = tuple(_read_shares(each) for each in told["units"])
    return ShownQuarter(units, _read_shares(told["together"]))


def _read_shares(told: Mapping[str, Any]) -> Shares:
    read: dict[str, Any] = {
        name: None if told[name] is None else Decimal(told[name]) for name in SHARES
    }
    why: dict[str, Any] = {
        name: Hidden(told[name]) if told[name] else None for name in ("hidden", "split_hidden")
    }
    return rules.Shares(unit=told["unit"], employees=told["employees"], **read, **why)


TOPIC = PreparedTopic(
    code="health-and-safety",
    title=gettext_lazy("Health, environment, safety and sickness absence"),
    covers=("Health, environment, safety and sickness absence",),
    facts=facts,
    page=page,
)
