"""The agreements of a cooperation, one of them with its versions, one version, and two compared."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legevakt.lib.periods import local_day
from municipalities.access.rules import Permission
from municipalities.agreements import comparison, details, operations, presenters, queries, words
from municipalities.agreements.addressed import answers_for, visible_agreement, visible_version
from municipalities.agreements.form_pages import answer_of, form_page
from municipalities.agreements.forms import AgreementForm, DatedForm, TitleForm
from municipalities.agreements.models import AgreementVersion, Layer, VersionState
from municipalities.agreements.rules import missing_items
from municipalities.cooperations.visible import visible_cooperation


def today() -> date:
    return local_day(timezone.now())


@require_safe
@login_required
def agreements(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Every agreement, with the version in force and the one under way."""
    visible = visible_cooperation(request, slug=cooperation)
    found = queries.standings(cooperation=visible.cooperation, user=request.user, today=today())
    context = {
        "cooperation": visible.cooperation,
        "columns": presenters.AGREEMENT_COLUMNS,
        "rows": presenters.agreement_rows(found, today=today()),
        "administrative_is_missing": presenters.administrative_is_missing(found),
        "may_manage": visible.may(Permission.MANAGE_AGREEMENT),
    }
    return render(request, "municipalities/agreements/agreements.html", context)


@login_required
def agreement_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Start an agreement; its text comes with the first version."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_AGREEMENT)
    form = answer_of(request, AgreementForm, cooperation=visible.cooperation)

    def run() -> str:
        made = operations.start(cooperation=visible.cooperation, **form.cleaned_data)
        return reverse("agreement_versions", args=[cooperation, made.pk])

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        done=_("The agreement is started. Draft its first version."),
        back=reverse("agreements", args=[cooperation]),
        title=_("Start an agreement"),
        submit_label=_("Start the agreement"),
    )


@require_safe
@login_required
def agreement_versions(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """One agreement through all its versions, the latest first; two of them can be compared."""
    visible = visible_agreement(request, slug=cooperation, pk=pk)
    seen = queries.counted(AgreementVersion.objects.visible_to(request.user))
    versions = list(
        seen.filter(agreement=visible.agreement)
        .select_related("agreement__cooperation")
        .order_by("-number")
    )
    is_free = not any(each.state in queries.UNDER_WAY for each in versions)
    context = {
        "cooperation": visible.cooperation,
        "agreement": visible.agreement,
        "which": presenters.which(visible.agreement),
        "columns": presenters.VERSION_COLUMNS,
        "rows": presenters.version_rows(versions, today=today()),
        "numbers": [each.number for each in versions],
        "may_draft": is_free and visible.may(Permission.MANAGE_AGREEMENT),
        "may_manage": visible.may(Permission.MANAGE_AGREEMENT),
    }
    return render(request, "municipalities/agreements/agreement.html", context)


@login_required
def agreement_change(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Change what the agreement is called."""
    visible = visible_agreement(
        request, slug=cooperation, pk=pk, permission=Permission.MANAGE_AGREEMENT
    )
    form = answer_of(request, TitleForm, initial={"title": visible.agreement.title})

    def run() -> None:
        operations.rename(agreement=visible.agreement, title=form.cleaned_data["title"])

    back = reverse("agreement_versions", args=[cooperation, pk])
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        done=_("The title is changed."),
        back=back,
        title=_("Change the title"),
        lead=_("It is the title of every version. What a version says is changed by a new one."),
        above_label=visible.agreement.title,
        above_url=back,
        submit_label=_("Save"),
    )


@login_required
def agreement_draft(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """Draft the next version, with the text of the one in force."""
    visible = visible_agreement(
        request, slug=cooperation, pk=pk, permission=Permission.MANAGE_AGREEMENT
    )
    form = answer_of(request, DatedForm, initial={"dated_date": today()})

    def run() -> str:
        made = operations.draft(
            agreement=visible.agreement, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        return queries.address_of(made)

    back = reverse("agreement_versions", args=[cooperation, pk])
    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        done=_("The draft is made. Those who do not manage the agreement do not see it yet."),
        back=back,
        title=_("Draft a new version"),
        lead=_("It begins with the text of the version in force and with those who take part."),
        above_label=visible.agreement.title,
        above_url=back,
        submit_label=_("Make the draft"),
    )


@require_safe
@login_required
def agreement_version(request: HttpRequest, cooperation: str, pk: int, number: int) -> HttpResponse:
    """One version: how it stands, who has adopted it, what § 20-4 demands, and the text."""
    visible = visible_version(request, slug=cooperation, pk=pk, number=number)
    version = visible.version
    own = answers_for(request, cooperation=visible.cooperation, visible=visible)
    parties = details.parties_of(version)
    paragraphs = details.paragraphs_of(version)
    may_manage = visible.may(Permission.MANAGE_AGREEMENT)
    context = {
        "cooperation": visible.cooperation,
        "agreement": visible.agreement,
        "version": version,
        "name": presenters.version_name(version),
        "which": presenters.which(visible.agreement),
        "status": words.status(version, today=today()),
        "color": words.color(version, today=today()),
        "facts": presenters.facts(version, parties=parties),
        "progress": presenters.progress(version),
        "party_columns": presenters.PARTY_COLUMNS,
        "parties": presenters.party_rows(parties, version=version, answers_for=own),
        "checklist_columns": presenters.CHECKLIST_COLUMNS,
        "checklist": presenters.item_rows(paragraphs),
        "missing": words.letters(missing_items(each.items for each in paragraphs)),
        "has_checklist": visible.agreement.layer != Layer.ADMINISTRATIVE,
        "clauses": version.clauses.all(),
        "may_manage": may_manage,
        "may_write": may_manage and version.state == VersionState.DRAFT,
        "is_adopted": version.adopted_count == version.party_count,
    }
    return render(request, "municipalities/agreements/version.html", context)


@require_safe
@login_required
def agreement_compare(request: HttpRequest, cooperation: str, pk: int) -> HttpResponse:
    """What is different between two versions: `?from=1&to=2`."""
    visible = visible_agreement(request, slug=cooperation, pk=pk)
    before, after = (
        _version_asked_for(request, visible.agreement.pk, name) for name in ("from", "to")
    )
    context = {
        "cooperation": visible.cooperation,
        "agreement": visible.agreement,
        "before": before,
        "after": after,
        "facts": comparison.changed_facts(before, after),
        "fact_columns": comparison.fact_columns(before, after),
        "clauses": comparison.clauses(before, after),
    }
    return render(request, "municipalities/agreements/comparison.html", context)


def _version_asked_for(request: HttpRequest, agreement: int, name: str) -> AgreementVersion:
    number = request.GET.get(name, "")
    if not number.isdecimal() or len(number) > 4:
        raise Http404
    found = AgreementVersion.objects.visible_to(request.user).select_related(
        "agreement", "document"
    )
    return get_object_or_404(found, agreement=agreement, number=int(number))
