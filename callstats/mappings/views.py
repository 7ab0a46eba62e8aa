"""The pages of the wizard: a sample, its mapping and what it gives, and a source's versions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from callstats.feeds.models import MappingVersion, Source
from callstats.imports.messages import of_file
from callstats.mappings import judging, operations, presenters, queries, trying
from callstats.mappings.forms import DraftForm, SampleForm, form_of
from callstats.mappings.models import MappingDraft
from callstats.mappings.profiles import needs_mapping
from callstats.mappings.uploads import LimitedSample
from callstats.sources.frames import Unreadable
from municipalities.rules import Permission


@csrf_exempt  # asked for in _start, since looking at the token reads the file
@login_required
def start(request, slug):
    """Take a sample of the source's files; one that needs no mapping says so."""
    source = get_object_or_404(_managed(request.user), slug=slug)
    request.upload_handlers.insert(0, LimitedSample(request))
    return _start(request, source)


@csrf_protect
def _start(request, source: Source) -> HttpResponse:
    context = {"source": source, "crumbs": presenters.crumbs_below(source)}
    if not needs_mapping(source):
        return render(request, "callstats/mappings/not_needed.html", context)
    form = SampleForm(request.POST or None, request.FILES or None, source=source)
    if request.method == "POST" and form.is_valid():
        try:
            begun = _begin(request, source, form)
        except Unreadable as failure:
            form.add_error("file", of_file(failure.code, failure.params))
        else:
            return redirect("mapping_draft", slug=source.slug, pk=begun.pk)
    context |= {"form": form, "drafts": queries.drafts_of(source)}
    return render(
        request, "callstats/mappings/start.html", context, status=422 if form.errors else 200
    )


def _begin(request, source: Source, form: SampleForm) -> MappingDraft:
    file = form.cleaned_data["file"]
    return operations.begin(
        source=source,
        chunks=file.chunks(),
        file_name=file.name,
        start=form.cleaned_data.get("start", ""),
        at=timezone.now(),
        by=request.user,
    )


@login_required
def draft(request, slug, pk):
    """The sample's mapping beside what it gives: look again, or save."""
    found = _draft(request.user, slug=slug, pk=pk)
    trial = trying.trial_of(found, now=timezone.now())
    queues = queries.queues_of(found.source, preview=trial.preview)
    form = form_of(found)(request.POST or None, draft=found, trial=trial, queues=queues)
    if request.method == "POST" and form.is_valid():
        answer = _looked_again(request, found, form, trial)
        if answer:
            return answer
    context = presenters.draft_context(draft=found, trial=trial, queues=queues, form=form)
    return render(
        request, "callstats/mappings/draft.html", context, status=422 if form.errors else 200
    )


def _looked_again(
    request: HttpRequest, found: MappingDraft, form: DraftForm, trial: trying.Trial
) -> HttpResponse | None:
    """Only what was shown is saved: after a change the page comes anew."""
    is_changed = operations.change(draft=found, mapping=form.mapping(), choices=form.choices())
    if "save" not in request.POST or is_changed:
        if "save" in request.POST:
            messages.warning(
                request, _("The settings were changed. Look at the result, then save.")
            )
        return redirect(reverse("mapping_draft", args=[found.source.slug, found.pk]) + "#result")
    open_question = judging.open_question(draft=found, trial=trial)
    if open_question:
        form.add_error(
            open_question.field if open_question.field in form.fields else None, open_question.text
        )
        return None
    version = operations.save(draft=found, at=timezone.now(), by=request.user)
    messages.success(
        request,
        _("Version %(version)s is saved. Files are read by it from now on.")
        % {"version": version.version},
    )
    return redirect("mapping_versions", slug=found.source.slug)


@login_required
@require_POST
def discard(request, slug, pk):
    """The draft and its sample go; what is saved stays."""
    operations.discard(draft=_draft(request.user, slug=slug, pk=pk))
    return redirect("mapping_start", slug=slug)


@login_required
def versions(request, slug):
    """Every mapping the source has had: when, by whom, and what it changed."""
    source = get_object_or_404(Source.objects.visible_to(request.user), slug=slug)
    told = queries.versions_of(source)
    context = {
        "source": source,
        "crumbs": presenters.crumbs(source),
        "change_columns": presenters.CHANGE_COLUMNS,
        "versions": [presenters.version_shown(each) for each in told],
        "needs_mapping": needs_mapping(source),
        "may_manage": _managed(request.user).filter(pk=source.pk).exists(),
        "may_import": Source.objects.where(request.user, Permission.IMPORT_CALLS)
        .filter(pk=source.pk)
        .exists(),
    }
    return render(request, "callstats/mappings/versions.html", context)


@login_required
@require_POST
def go_back(request, slug, version):
    """An earlier mapping counts again, as a new version."""
    earlier = get_object_or_404(
        MappingVersion.objects.filter(source__in=_managed(request.user)).select_related("source"),
        source__slug=slug,
        version=version,
    )
    saved = operations.go_back(version=earlier, at=timezone.now(), by=request.user)
    messages.success(
        request,
        _("Version %(new)s is as version %(old)s was. Files are read by it from now on.")
        % {"new": saved.version, "old": earlier.version},
    )
    return redirect("mapping_versions", slug=slug)


def _managed(user) -> QuerySet[Source]:
    return Source.objects.where(user, Permission.MANAGE_FEEDS).select_related("central")


def _draft(user, *, slug: str, pk) -> MappingDraft:
    drafts = MappingDraft.objects.where(user, Permission.MANAGE_FEEDS)
    return get_object_or_404(drafts.select_related("source__central"), source__slug=slug, pk=pk)
