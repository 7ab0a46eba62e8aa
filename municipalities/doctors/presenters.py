"""The duty of a year as the page and the downloads tell it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day, number, percent
from municipalities.doctors import words
from municipalities.doctors.models import DutyTerms
from municipalities.doctors.queries import DutyYear, MunicipalDuty
from municipalities.doctors.rules import percent_of
from municipalities.doctors.shares import WHOLE
from municipalities.doctors.shift_rules import Counts

CHART = Path(__file__).parent / "coverage.vl.json"


@dataclass(frozen=True)
class Card:
    """A key number; `detail` is what it is made of."""

    label: str
    value: str
    unit: str = ""
    detail: str = ""


def said(terms: DutyTerms) -> list[tuple[str, str]]:
    """What the agreement says, in pairs."""
    nothing = _("The agreement says nothing of it here.")
    return [
        (_("Exemptions are decided by"), terms.get_decider_display()),
        (_("Who is consulted first"), terms.consulted or nothing),
        (_("What undelivered duty costs the municipality"), terms.undelivered or nothing),
    ]


def cards(duty: DutyYear) -> list[Card]:
    """The year at a glance."""
    counts = duty.counts
    covered = percent_of(counts.delivered, counts.owed) if counts else None
    of = _("%(part)s of %(whole)s shifts")
    return [
        Card(
            _("Delivered of what was owed"),
            number(covered) if covered is not None else "",
            unit="%" if covered is not None else "",
            detail=of % _parts(counts.delivered, counts.owed) if counts else "",
        ),
        Card(_("Filled by hired doctors"), number(counts.hired) if counts else ""),
        Card(_("Filled by nobody"), number(counts.unfilled) if counts else ""),
        Card(_("Exemptions in force"), _exemptions(duty.exemptions), detail=day(duty.day)),
    ]


def warnings(duty: DutyYear) -> list[str]:
    """What does not fit, and what to do about it."""
    found = []
    if duty.share_sum not in (None, WHOLE):
        found.append(
            _(
                "The shares of those who take part sum to %(sum)s, not to 100 %%. Whoever runs"
                " the duty divides it anew."
            )
            % {"sum": percent(duty.share_sum)}
        )
    if duty.crossing:
        found.append(
            _(
                "Some shifts are counted over the turn of the year. They stand in the year in"
                " which their days begin."
            )
        )
    return found


def duties_table(duty: DutyYear) -> Table:
    """Posts, share and what exemptions leave, by municipality."""
    return Table(
        caption=_("Posts, shares and exemptions on %(day)s") % {"day": day(duty.day)},
        headings=(
            _("Municipality"),
            _("Posts"),
            _("Share of the duty (%)"),
            _("Exemptions in force"),
            _("Posts left after exemptions"),
            _("Left of the posts (%)"),
        ),
        rows=tuple(Row(_duty_cells(each)) for each in duty.municipalities),
    )


def shifts_table(duty: DutyYear) -> Table:
    """Shifts by municipality, and all together."""
    told = [(each.municipality.name, each.counts) for each in duty.municipalities]
    return Table(
        caption=_("Shifts in %(year)s") % {"year": duty.year},
        headings=(
            _("Municipality"),
            _("Shifts owed"),
            _("Delivered by own doctors"),
            _("Filled by hired doctors"),
            _("Filled by nobody"),
            _("Delivered of what was owed (%)"),
        ),
        rows=tuple(Row((name, *_count_cells(counts))) for name, counts in told)
        + ((Row((_("All"), *_count_cells(duty.counts))),) if duty.counts else ()),
    )


def coverage_chart(duty: DutyYear) -> dict[str, Any]:
    """Own doctors, hired doctors and nobody, each of what the municipality owed."""
    names = {
        "delivered": _("own doctors"),
        "hired": _("hired doctors"),
        "unfilled": _("nobody"),
    }
    parts = [
        {
            "name": each.municipality.name,
            "part": label,
            "order": order,
            "share": getattr(each.counts, name) / each.counts.owed,
        }
        for each in duty.municipalities
        if each.counts and each.counts.owed
        for order, (name, label) in enumerate(names.items())
    ]
    if not parts:
        return {}
    texts = {"share": _("Share of the shifts owed"), **names}
    spec = localise(load_spec(CHART), texts=texts, language=_language())
    return with_data(spec, data={"parts": parts})


def coverage_summary(duty: DutyYear) -> str:
    """Who has delivered least of what was owed."""
    told = [each for each in duty.municipalities if each.coverage_percent is not None]
    if not told:
        return ""
    least = min(told, key=lambda each: each.coverage_percent or Decimal(0))
    return _("Least of it: %(municipality)s, which delivered %(percent)s of what it owed.") % {
        "municipality": least.municipality,
        "percent": percent(least.coverage_percent or Decimal(0)),
    }


def _duty_cells(duty: MunicipalDuty) -> tuple[Cell, ...]:
    known = (
        duty.municipality.name,
        words.NOT_KNOWN if duty.posts is None else duty.posts,
        _or_dash(duty.share_percent),
    )
    if duty.is_hidden:
        return (*known, words.few(), _("not shown"), _("not shown"))
    left = duty.posts_left
    share = None if left is None else percent_of(left, duty.posts or 0)
    return (*known, duty.exemptions, _or_dash(left), _or_dash(share))


def _count_cells(counts: Counts | None) -> tuple[Cell, ...]:
    if counts is None:
        return (words.NOT_KNOWN,) * 5
    return (*counts, _or_dash(percent_of(counts.delivered, counts.owed)))


def _or_dash(value: Decimal | None) -> Cell:
    return words.NOT_KNOWN if value is None else value


def _exemptions(count: int | None) -> str:
    return words.few() if count is None else number(count)


def _parts(part: int, whole: int) -> dict[str, str]:
    return {"part": number(part), "whole": number(whole)}


def _language() -> str:
    language = get_language() or "nn"
    return language if language in ("nn", "nb", "en") else "en"
