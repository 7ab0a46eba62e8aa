"""What is done with a review: begun, judged point by point, summed up, signed, told of."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import reader, visible_cooperation
from municipalities.form_pages import answer_of, form_page
from municipalities.quality.review import forms, operations, pages, presenters, queries
from municipalities.quality.review.addressed import (
    MANAGE,
    VisibleReview,
    visible_point,
    visible_review,
)
from municipalities.quality.review.models import ReviewPoint
from municipalities.quality.review.points import points
from municipalities.quality.review.words import WORDS, place_of, text_of
from municipalities.register.models import Municipality

TEMPLATE = "municipalities/quality/form.html"
POINT = "municipalities/quality/review/point.html"


@login_required
def review_begin(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Begin the review of this year, or of the last."""
    visible = visible_cooperation(request, slug=cooperation, permission=MANAGE)
    today = local_day(timezone.now())
    years = queries.years_to_begin(cooperation=visible.cooperation, today=today)
    form = answer_of(request, forms.BeginForm, years=years)

    def run() -> str:
        made = operations.begin(
            cooperation=visible.cooperation,
            year=form.cleaned_data["year"],
            by=reader(request),
            at=timezone.now(),
        )
        return reverse("review", args=[cooperation, made.year])

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        words=WORDS,
        done=_("The review is begun, with the 21 points of the regulation."),
        back=reverse("reviews", args=[cooperation]),
        title=_("Begin a yearly review"),
        lead=""
        if years
        else _("The reviews of this year and of the last are begun. Open them from the list."),
        submit_label=_("Begin"),
        template=TEMPLATE,
        list_label=_("Yearly reviews"),
        list_url=reverse("reviews", args=[cooperation]),
    )


@login_required
def review_point(request: HttpRequest, cooperation: str, year: int, code: str) -> HttpResponse:
    """Judge a point; then the next that is not judged. Others read it."""
    found, point = visible_point(request, cooperation=cooperation, year=year, code=code)
    context = _about(found, point)
    if request.method == "POST" and not found.visible.may(MANAGE):
        raise Http404
    if request.method != "POST" and not found.may_write:
        return render(request, POINT, context)
    form = answer_of(request, forms.PointForm, initial=forms.PointForm.initial_of(point))

    def run() -> str:
        return _judged(request, found, point, form=form)

    return _form(
        request,
        found,
        form=form,
        run=run,
        done=_("%(place)s is stored.") % {"place": place_of(code)},
        submit_label=_("Store, and go to the next"),
        **context | {"template": POINT},
    )


@login_required
def review_summary(request: HttpRequest, cooperation: str, year: int) -> HttpResponse:
    """What the review comes to."""
    found = visible_review(request, cooperation=cooperation, year=year, permission=MANAGE)
    form = answer_of(request, forms.SummaryForm, initial={"summary": found.review.summary})

    def run() -> None:
        operations.summarise(review=found.review, summary=form.cleaned_data["summary"])

    return _form(
        request,
        found,
        form=form,
        run=run,
        done=_("The summary is stored."),
        title=_("Summary"),
        submit_label=_("Store"),
    )


@login_required
def review_sign(request: HttpRequest, cooperation: str, year: int) -> HttpResponse:
    """Sign the review: it is frozen, and is the evidence of the yearly obligation."""
    permission = Permission.SIGN_REVIEW
    found = visible_review(request, cooperation=cooperation, year=year, permission=permission)
    form = answer_of(request, forms.SignForm)

    def run() -> None:
        operations.sign(review=found.review, by=reader(request), at=timezone.now())

    return _form(
        request,
        found,
        form=form,
        run=run,
        done=_("The review is signed. The councils can be told of it."),
        title=_("Sign the review"),
        lead=" ".join(
            [
                presenters.lead(queries.points_of(found.review)),
                _("What is signed cannot be changed afterwards."),
            ]
        ),
        submit_label=_("Sign"),
    )


@login_required
def review_council(request: HttpRequest, cooperation: str, year: int, number: str) -> HttpResponse:
    """That a municipality's council was told, under which case."""
    found = visible_review(request, cooperation=cooperation, year=year)
    rows = Municipality.objects.filter(pk__in=found.recorded_for(request), number=number)
    municipality = get_object_or_404(rows)
    before = found.review.council_reports.filter(municipality=municipality).first()
    names = ("told_date", "case_number")
    form = answer_of(
        request,
        forms.CouncilCorrectionForm if before else forms.CouncilForm,
        today=local_day(timezone.now()),
        initial={name: getattr(before, name) for name in names} if before else {},
    )

    def run() -> None:
        operations.tell_council(
            review=found.review,
            municipality=municipality,
            by=reader(request),
            at=timezone.now(),
            **form.cleaned_data,
        )

    return _form(
        request,
        found,
        form=form,
        run=run,
        done=_("It is recorded that the council was told."),
        title=_("Told to the council of %(municipality)s") % {"municipality": municipality.name},
        submit_label=_("Store"),
    )


@login_required
def review_measure_done(
    request: HttpRequest, cooperation: str, year: int, code: str
) -> HttpResponse:
    """The measure of a point is done, also after the review is signed."""
    found, point = visible_point(
        request, cooperation=cooperation, year=year, code=code, permission=MANAGE
    )
    if not point.measure:
        raise Http404
    today = local_day(timezone.now())
    form = answer_of(request, forms.DoneForm, today=today, initial={"done_date": today})

    def run() -> None:
        operations.measure_done(
            point=point, by=reader(request), at=timezone.now(), **form.cleaned_data
        )

    return _form(
        request,
        found,
        form=form,
        run=run,
        done=_("The measure is done."),
        title=_("The measure is done"),
        lead=point.measure,
        submit_label=_("Store"),
        back=found.address("review_point", code),
    )


@require_POST
@login_required
def review_measure_not_done(
    request: HttpRequest, cooperation: str, year: int, code: str
) -> HttpResponse:
    """The measure is not done after all."""
    found, point = visible_point(
        request, cooperation=cooperation, year=year, code=code, permission=MANAGE
    )
    operations.measure_not_done(point=point)
    messages.success(request, _("The measure is open again."))
    return redirect(found.address("review_point", code))


def _judged(
    request: HttpRequest, found: VisibleReview, point: ReviewPoint, *, form: forms.PointForm
) -> str:
    """Stored; the address to go on to."""
    told = dict(form.cleaned_data)
    told.pop("exemption_basis")
    document = form.kept_document(
        cooperation=found.cooperation, by=reader(request), at=timezone.now()
    )
    operations.judge(point=point, **told | {"document": document})
    code = queries.next_to_judge(found.review, after=point.code)
    return found.address("review_point", code) if code else found.address()


def _about(found: VisibleReview, point: ReviewPoint) -> dict[str, Any]:
    """What every reader of a point sees."""
    today = local_day(timezone.now())
    law = points()[point.code]
    return {
        "cooperation": found.cooperation,
        "title": f"{place_of(point.code)}, {found.review.year}",
        "lead": text_of(law),
        "point": point,
        "facts": presenters.facts_of(point, today=today),
        "before": queries.from_last_year(found.review).get(point.code),
        "pages": pages.shown(law.pages, visible=found.visible),
        "may_manage": found.visible.may(MANAGE),
        "review": found.review,
        **_place(found),
    }


def _place(found: VisibleReview) -> dict[str, Any]:
    return {
        "list_label": _("Yearly reviews"),
        "list_url": reverse("reviews", args=[found.cooperation.slug]),
        "above_label": str(found.review.year),
        "above_url": found.address(),
    }


def _form(request: HttpRequest, found: VisibleReview, **asked: Any) -> HttpResponse:
    told = {"template": TEMPLATE, "back": found.address(), "words": WORDS} | _place(found)
    return form_page(request, **told | {"cooperation": found.cooperation} | asked)
