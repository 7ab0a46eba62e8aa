"""The arts: how each counts, by KOSTRA's usual practice and by the cooperation's own choice."""

from __future__ import annotations

import pghistory
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.accounts import forms
from municipalities.costs.accounts.kostra import kostra
from municipalities.costs.accounts.models import ArtChoice, Treatment
from municipalities.costs.accounts.words import REFUSALS, art_name, function_name, told
from municipalities.costs.form_pages import answer_of, form_page


@require_safe
@login_required
def arts(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every art, and where the cooperation's practice is another than the usual."""
    seen = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    choices = {each.art: each for each in ArtChoice.objects.filter(cooperation=seen.cooperation)}
    may_manage = seen.may(Permission.MANAGE_COSTS)
    names = {art: choice.name for art, choice in choices.items()}
    rows = [
        {
            "name": art_name(art, chosen=names),
            "treatment": _treatment(art, choices),
            "is_own": art in choices,
            "why": _why(art, choices),
            "url": reverse("art_choice", args=[cooperation, art]) if may_manage else "",
        }
        for art in sorted({*kostra().arts, *choices})
    ]
    context = {
        "cooperation": seen.cooperation,
        "rows": rows,
        "functions": [function_name(each) for each in kostra().functions],
        "may_manage": may_manage,
    }
    return render(request, "municipalities/costs/accounts/arts.html", context)


def _treatment(art: str, choices: dict[str, ArtChoice]) -> str:
    known = choices[art].treatment if art in choices else kostra().arts[art].treatment
    return str(Treatment(known).label)


def _why(art: str, choices: dict[str, ArtChoice]) -> str:
    """Why the usual practice is as it is; nothing of a choice, which the history explains."""
    return "" if art in choices else kostra().arts[art].why(get_language() or "nn")


@login_required
def art_choice_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """An art that KOSTRA's list here lacks, or another practice for one that it has."""
    seen = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_COSTS)
    form = answer_of(request, forms.NewArtForm)

    def run() -> None:
        told_so = {name: form.cleaned_data[name] for name in ("art", "name", "treatment")}
        ArtChoice.objects.create(cooperation=seen.cooperation, **told_so)

    return _page(request, seen.cooperation, form=form, run=run, title=_("How an art counts"))


@login_required
def art_choice(request: HttpRequest, cooperation: str, art: str) -> HttpResponse:
    """Choose how the art counts, change the choice, or go back to the usual practice."""
    seen = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_COSTS)
    choice = ArtChoice.objects.filter(cooperation=seen.cooperation, art=art).first()
    usual = kostra().arts.get(art)
    if choice:
        initial = {"name": choice.name, "treatment": choice.treatment}
    elif usual:
        initial = {"name": usual.name(get_language() or "nn"), "treatment": usual.treatment}
    else:
        raise Http404
    form = answer_of(request, forms.ArtForm, initial=initial)
    if choice and "remove" in request.POST:
        return _removed(request, choice)

    def run() -> None:
        row = choice or ArtChoice(cooperation=seen.cooperation, art=art)
        row.name, row.treatment = form.cleaned_data["name"], form.cleaned_data["treatment"]
        row.save()

    return _page(
        request,
        seen.cooperation,
        form=form,
        run=run,
        title=_("How art %(art)s counts") % {"art": art},
        may_remove=choice is not None,
        template="municipalities/costs/accounts/art.html",
    )


def _removed(request: HttpRequest, choice: ArtChoice) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        messages.error(request, _("Say why the choice is taken away."))
        return redirect("art_choice", choice.cooperation.slug, choice.art)
    with pghistory.context(reason=reason):
        choice.delete()
    messages.success(request, _("The art counts as usual again."))
    return redirect("arts", choice.cooperation.slug)


def _page(request: HttpRequest, cooperation, **said) -> HttpResponse:
    address = reverse("arts", args=[cooperation.slug])
    return form_page(
        request,
        cooperation=cooperation,
        told=told,
        refusals=REFUSALS,
        done=_(
            "It is saved. It holds for budgets, and for accounts that are taken in from now on."
        ),
        lead=_("What is taken in already stays as it is."),
        submit_label=_("Save"),
        back=address,
        list_label=_("Arts"),
        list_url=address,
        **said,
    )
