"""Writing the report: a list of its chapters, and a page for each with a preview."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipalities.rules import Permission
from reporting.annual_report import operations as reports
from reporting.annual_report import presenters, queries, rules, writing_pages
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.errors import ReportIsApproved, WrittenMeanwhile
from reporting.annual_report.forms import ChapterForm
from reporting.annual_report.models import AnnualReport


@require_safe
@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The chapters, with what is written in each."""
    report = _writable(request, pk=pk)
    if report.is_frozen:
        return _is_frozen(request, report)
    context = {
        "report": presenters.report_page(report),
        "table": writing_pages.chapters_table(report),
        "missing": presenters.untranslated(report),
    }
    return render(request, "reporting/annual_report/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write_chapter(request: HttpRequest, pk: int, chapter: str) -> HttpResponse:
    """A chapter's texts; POST stores them, or takes a suggestion, or shows the preview."""
    report = _writable(request, pk=pk, chapter=chapter)
    if request.method != "POST":
        if report.is_frozen:
            return _is_frozen(request, report)
        return _page(request, report, chapter, form=_stored(report, chapter))
    if "take" in request.POST:
        return _page(request, report, chapter, form=_with_suggestion(request, report, chapter))
    form = ChapterForm(request.POST)
    if "preview" in request.POST or not form.is_valid():
        return _page(request, report, chapter, form=form)
    try:
        _save(request, report, chapter, form=form)
    except WrittenMeanwhile as error:
        return _page(request, report, chapter, form=_beside(form, error), meanwhile=error)
    except ReportIsApproved as error:
        form.add_error(None, presenters.words_for(error, year=report.year))
        return _page(request, report, chapter, form=form)
    messages.success(request, _("The chapter is saved."))
    return redirect("annual_report_write_chapter", pk=pk, chapter=chapter)


@require_POST
@login_required
def preview(request: HttpRequest, pk: int, chapter: str) -> HttpResponse:
    """The chapter as it would stand in the report; nothing is stored."""
    report = _writable(request, pk=pk, chapter=chapter)
    form = ChapterForm(request.POST)
    context = {"preview": _preview(report, chapter, form=form)}
    return render(request, "reporting/annual_report/_preview.html", context)


def _save(request: HttpRequest, report: AnnualReport, chapter: str, *, form: ChapterForm) -> None:
    reports.write_chapter(
        report=report,
        chapter=chapter,
        texts=form.texts,
        seen=form.seen,
        leaves_out=form.leaves_out,
        by=request.user,
        at=timezone.now(),
    )


def _page(
    request: HttpRequest,
    report: AnnualReport,
    chapter: str,
    *,
    form: ChapterForm,
    meanwhile: WrittenMeanwhile | None = None,
) -> HttpResponse:
    texts = {each: form[f"text_{each}"].value() or "" for each in rules.DOCUMENT_LANGUAGES}
    context = {
        "form": form,
        "chapter": writing_pages.chapter_page(report, code=chapter, texts=texts),
        "meanwhile": meanwhile,
        "is_unsaved": form.is_bound,
        "preview": _preview(report, chapter, form=form) if "preview" in request.POST else None,
    }
    status = 422 if form.errors else 200
    return render(request, "reporting/annual_report/write_chapter.html", context, status=status)


def _preview(report: AnnualReport, chapter: str, *, form: ChapterForm) -> dict[str, str]:
    language = rules.language_of(form["shown"].value() or "")
    html = writing_pages.preview(
        report,
        code=chapter,
        language=language,
        text=form[f"text_{language}"].value() or "",
        is_left_out=bool(form["is_left_out"].value()),
    )
    return {"language": language, "html": html}


def _stored(report: AnnualReport, chapter: str) -> ChapterForm:
    texts, is_left_out = queries.texts_of(report), chapter in report.left_out
    initial = {"is_left_out": is_left_out, "seen_left_out": is_left_out}
    initial["shown"] = rules.language_of(get_language() or "", report.cooperation.language)
    for language in rules.DOCUMENT_LANGUAGES:
        text = texts[language].get(chapter, "")
        initial |= {f"text_{language}": text, f"seen_{language}": text}
    return ChapterForm(initial=initial)


def _with_suggestion(request: HttpRequest, report: AnnualReport, chapter: str) -> ChapterForm:
    """What was sent, with the suggestion at the end of both texts; Http404 for no suggestion."""
    given = request.POST.copy()
    found = writing_pages.suggestions_for(report, code=chapter, texts={})
    taken = {str(place): each for place, each in enumerate(found)}.get(given["take"])
    if taken is None:
        raise Http404
    for language in rules.DOCUMENT_LANGUAGES:
        name = f"text_{language}"
        given[name] = rules.with_sentence(given.get(name, ""), getattr(taken, language))
    return ChapterForm(given)


def _beside(form: ChapterForm, error: WrittenMeanwhile) -> ChapterForm:
    """The form with the person's own text, that now has seen what the other one wrote."""
    given: QueryDict = form.data.copy()
    given[f"seen_{error.language}"] = error.stored
    made = ChapterForm(given)
    made.add_error(
        f"text_{error.language}",
        _(
            "Somebody else has changed this text since you opened the page. Theirs stands below; "
            "take from it what you want. Saving again puts yours in its place."
        ),
    )
    return made


def _writable(request: HttpRequest, *, pk: int, chapter: str = "") -> AnnualReport:
    if chapter and chapter not in CHAPTERS:
        raise Http404
    allowed = AnnualReport.objects.where(request.user, Permission.PREPARE_REPORT)
    people = ("prepared_by", "checked_by", "approved_by")
    return get_object_or_404(allowed.select_related("cooperation", *people), pk=pk)


def _is_frozen(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    messages.info(request, presenters.words_for(ReportIsApproved(str(report)), year=report.year))
    return redirect("annual_report", pk=report.pk)
