"""Cases of supervision: how many, and those that are open.

A case tells of an authority and a subject, never of a person; every participant sees them, and the
results of supervision are to be told to the councils (kommuneloven § 25-2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.periods import Period
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.models import Supervision, SupervisionOutcome
from municipalities.queries import Page, cases
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.chapter import ReportYear
from reporting.annual_report.chapters.parts import Part, Told, day_of, iso_of

CONCLUDED = (SupervisionOutcome.NO_BREACH, SupervisionOutcome.ADVICE, SupervisionOutcome.BREACH)


def facts(asked: ReportYear) -> dict[str, Any] | None:
    """`years` since the first case, the report's first, and those that are `open`. Two queries."""
    ends = Period.year(asked.year).ends_on
    found = cases.supervisions_until(cooperation=asked.cooperation, day=ends)
    if not found:
        return None
    first = found[0].opened_date.year
    waiting = cases.open_supervisions(asked.cooperation)
    return {
        "years": [_year(found, year=year) for year in beside.years_to(asked.year) if year >= first],
        "open": [_case(each) for each in waiting if each.opened_date < ends],
    }


def page(told: Told) -> Page:
    """How many were opened and what was concluded, and which wait."""
    return Page(
        lead=" ".join(sentences(told)),
        tables=(_counts(told), _open(told)),
        notes=(beside.as_of(told.read_date),) if told.facts["open"] else (),
    )


def sentences(told: Told) -> Iterable[str]:
    """How many the year had, and how many are open."""
    opened, waiting = told.facts["years"][0]["opened"], len(told.facts["open"])
    said = ngettext(
        "%(count)s case of supervision was opened in %(year)s.",
        "%(count)s cases of supervision were opened in %(year)s.",
        opened,
    )
    yield said % {"count": number(opened), "year": told.year}
    left = ngettext(
        "%(count)s case of supervision is not concluded, or has a breach that is not put right.",
        "%(count)s cases of supervision are not concluded, or have a breach that is not put right.",
        waiting,
    )
    yield left % {"count": number(waiting)}


def _year(found: Sequence[Supervision], *, year: int) -> dict[str, Any]:
    concluded = [
        each.outcome for each in found if each.closed_date and each.closed_date.year == year
    ]
    corrected = [each for each in found if each.corrected_date and each.corrected_date.year == year]
    return {
        "year": year,
        "opened": sum(each.opened_date.year == year for each in found),
        "concluded": {outcome.value: concluded.count(outcome) for outcome in CONCLUDED},
        "corrected": len(corrected),
    }


def _case(case: Supervision) -> dict[str, Any]:
    return {
        "authority": case.authority,
        "subject": case.subject,
        "outcome": case.outcome,
        "deadline": iso_of(case.deadline_date),
    }


def _counts(told: Told) -> Table:
    years = told.facts["years"]
    return beside.table(
        caption=_("Cases of supervision by year"),
        of=_("What happened"),
        years=[each["year"] for each in years],
        rows=(
            (_("Opened"), [each["opened"] for each in years]),
            *(
                (
                    _("Concluded: %(outcome)s") % {"outcome": outcome.label},
                    [each["concluded"][outcome.value] for each in years],
                )
                for outcome in CONCLUDED
            ),
            (_("Breaches put right"), [each["corrected"] for each in years]),
        ),
    )


def _open(told: Told) -> Table:
    return Table(
        caption=_("Open cases of supervision"),
        headings=(_("Subject"), _("Authority"), _("Outcome"), _("To be put right by")),
        rows=tuple(
            Row(
                (
                    each["subject"],
                    each["authority"],
                    capfirst(str(SupervisionOutcome(each["outcome"]).label)),
                    _deadline(each, told=told),
                )
            )
            for each in told.facts["open"]
        ),
    )


def _deadline(case: Mapping[str, Any], *, told: Told) -> str:
    """A breach alone is late, as on the room's page."""
    due = day_of(case["deadline"])
    if due is None:
        return beside.NOTHING
    is_late = case["outcome"] == SupervisionOutcome.BREACH and due < told.read_date
    return _("%(day)s, late") % {"day": day(due)} if is_late else day(due)


PART = Part(
    key="supervision",
    title=gettext_lazy("Supervision"),
    facts=facts,
    page=page,
    sentences=sentences,
)
