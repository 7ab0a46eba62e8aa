"""The months and years of a central, and one of them with everything it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from callstats.annotations.models import AnnotationKind
from callstats.annotations.queries import Note, seen_by
from callstats.indicators.words import completeness_words
from callstats.periods import differences, operations, presenters
from callstats.periods import lines as period_lines
from callstats.periods import reading as period_reading
from callstats.periods import words as life
from callstats.periods.differences import Difference
from callstats.periods.models import IndicatorFigure
from callstats.periods.names import name_of, named, spoken
from callstats.periods.reading import Revisions, Rights
from callstats.periods.series_breaks import series_breaks
from legevakt.lib.periods import Period, PeriodError, local_day
from municipalities.models import Central


@require_safe
@login_required
def periods(request: HttpRequest) -> HttpResponse:
    """The centrals, each with its newest month."""
    centrals = list(Central.objects.visible_to(request.user).order_by("name", "pk"))
    if not centrals:
        raise Http404
    newest = period_lines.newest_lines(centrals=centrals, before=_today())
    rows = [(central, _row(newest.get(central.pk))) for central in centrals]
    return render(request, "callstats/periods/periods.html", {"rows": rows})


@require_safe
@login_required
def central_periods(request: HttpRequest, central: str) -> HttpResponse:
    """A central's months and its year, newest first; `?year=` turns the page."""
    found = visible_central(request, central)
    rights = period_reading.rights_of(request.user, central=found)
    years = period_lines.years_of(found)
    year = _year(request, years)
    lines = period_lines.lines_of(central=found, year=year) if year else []
    context = {
        "central": found,
        "year": year,
        "years": years,
        "rows": [_row(line, rights) for line in lines],
        "may_view_imports": rights.may_view_imports,
    }
    return render(request, "callstats/periods/central_periods.html", context)


@require_safe
@login_required
def period(request: HttpRequest, central: str, period: str) -> HttpResponse:
    """One period as it counts; `?revision=` looks at another revision of it."""
    found = visible_central(request, central)
    revisions = period_reading.revisions_of(
        central=found, period=written_period(period), number=_revision(request)
    )
    if revisions is None:
        raise Http404
    return shown(request, central=found, revisions=revisions)


def shown(
    request: HttpRequest,
    *,
    central: Central,
    revisions: Revisions,
    changes: list[Difference] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; `changes` is what has changed since the reader opened it, if anything has."""
    rights = period_reading.rights_of(request.user, central=central)
    notes = seen_by(user=request.user, centrals=[central], period=revisions.chosen.period)
    context = {
        **_context(revisions=revisions, rights=rights),
        **_happened(notes),
        "central": central,
        "rights": rights,
    }
    if changes is not None:
        context["changes"] = [presenters.change(e, names=context["names"]) for e in changes]
        context["has_changed"] = True
    return render(request, "callstats/periods/period.html", context, status=status)


def visible_central(request: HttpRequest, slug: str) -> Central:
    """The central, if the reader may see it; else 404."""
    centrals = Central.objects.visible_to(request.user).select_related("cooperation")
    return get_object_or_404(centrals, slug=slug)


def written_period(text: str) -> Period:
    """The month or year of an address; else 404."""
    try:
        return named(text)
    except PeriodError:
        raise Http404 from None


def _context(*, revisions: Revisions, rights: Rights) -> dict[str, Any]:
    row = revisions.chosen
    figures = period_reading.figures_of(row)
    level, rows = period_reading.national(figures), [presenters.figure_row(e) for e in figures]
    behind = period_reading.behind(row)
    is_latest = row.pk == revisions.latest.pk
    line = period_lines.Line(counting=row, level=level, latest=row)
    names = {each.definition_id: each.name for each in rows}
    state, state_words = presenters.card_state(level)
    return {
        "row": row,
        "title": spoken(row.period),
        "period_name": name_of(row.period),
        "level": level,
        "value": life.value_words(level),
        "parts": life.parts_words(level),
        "hours": completeness_words(level),
        "card_state": state,
        "card_words": state_words,
        "counted": presenters.counted_facts(level),
        "tags": life.state_tags(state=row.state, revision=row.revision, tally=level),
        "step": life.next_step(line, today=_today(), **_may(rights)),
        "is_latest": is_latest,
        "is_over": _today() >= row.ends_on,
        "is_provisional": life.is_provisional(level),
        "latest": revisions.latest,
        "latest_url": life.period_url(revisions.latest, is_latest=True),
        "counting": revisions.counting,
        "counting_url": life.period_url(revisions.counting),
        "definition": rows[0],
        "figures": rows,
        "names": names,
        "completeness": presenters.completeness_facts(level, behind),
        "breaks": presenters.break_sentences(
            series_breaks(central=row.central, period=row.period),
            with_names=rights.may_view_imports,
        ),
        "imports": presenters.import_facts(behind),
        "digest": behind.sha256,
        "life": presenters.life_facts(row),
        "revisions": [presenters.revision_row(each) for each in revisions.rows],
        "seen": operations.fingerprint(row),
        "shown": differences.written(differences.told(figures)),
    } | _diff(revisions, figures=figures, names=names)


def _happened(notes: list[Note]) -> dict[str, Any]:
    """The notes of the period, and those of them that are breaks of the series."""
    breaks = [note for note in notes if note.kind == AnnotationKind.SERIES_BREAK]
    return {"notes": notes, "noted_breaks": breaks}


def _diff(
    revisions: Revisions, *, figures: list[IndicatorFigure], names: dict[str, str]
) -> dict[str, Any]:
    """What the chosen revision changes in the one before it."""
    before = revisions.before
    if before is None:
        return {"before": None}
    earlier = period_reading.figures_of(before)
    changed = differences.differences(differences.told(earlier), differences.told(figures))
    beside = differences.beside(period_reading.national(earlier), period_reading.national(figures))
    return {
        "before": before,
        "diff": [presenters.change(each, names=names) for each in changed]
        + [presenters.beside_change(*each) for each in beside],
    }


def _row(line: period_lines.Line | None, rights: Rights | None = None):
    may = _may(rights) if rights else {"may_check": False, "may_publish": False}
    return line and presenters.line_row(line, today=_today(), **may)


def _may(rights: Rights) -> dict[str, bool]:
    return {"may_check": rights.may_check, "may_publish": rights.may_publish}


def _year(request: HttpRequest, years: list[int]) -> int | None:
    """The year that is asked for, or the newest; 404 for one of which nothing is stored."""
    asked = request.GET.get("year")
    if asked is None:
        return years[0] if years else None
    if asked not in map(str, years):
        raise Http404
    return int(asked)


def _revision(request: HttpRequest) -> int | None:
    asked = request.GET.get("revision")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 5):
        raise Http404
    return int(asked)


def _today() -> date:
    return local_day(timezone.now())
