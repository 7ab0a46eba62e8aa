"""Pages for importing call logs: upload, preview, confirm, progress, what was refused."""

from contextlib import suppress

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from callstats.feeds import queries as feeds
from callstats.feeds import silence_words
from callstats.feeds.models import Source
from callstats.imports import exports, operations, presenters, progress, tasks
from callstats.imports.answers import refused_rows
from callstats.imports.forms import UploadForm
from callstats.imports.models import WAITING_FOR_WORKER, CallImport, Channel, ImportState
from callstats.imports.notices import notices
from callstats.imports.uploads import LimitedUpload
from legevakt.lib.file_names import breakable
from legevakt.lib.nudging import nudge
from municipalities.queries import held_anywhere, is_held
from municipalities.rules import Permission

PAGE_ROWS = 25
REFUSED_SHOWN = 100


@login_required
def imports(request):
    """Every import, or those of one source, newest first; and the telephone systems."""
    held = held_anywhere(request.user)
    if Permission.VIEW_IMPORTS not in held:
        raise Http404
    sources = Source.objects.visible_to(request.user).select_related("central")
    sources = list(sources.order_by("name", "pk"))
    chosen = _chosen(request, sources)
    found = (
        CallImport.objects.filter(source__in=[chosen] if chosen else sources)
        .select_related("source", "created_by")
        .order_by("-created_at", "-last_at", "pk")
    )
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "rows": [presenters.row(call_import) for call_import in page],
        "columns": presenters.IMPORT_COLUMNS,
        "source_columns": presenters.SOURCE_COLUMNS,
        "source_rows": presenters.source_rows(sources),
        "silences": silence_words.warnings(feeds.open_silences(request.user), at=timezone.now()),
        "may_import": _may_import(request.user),
        "may_manage": Permission.MANAGE_FEEDS in held,
    }
    return render(request, "callstats/imports/imports.html", context)


@csrf_exempt  # asked for in _upload, since looking at the token reads the file
@login_required
def upload(request):
    """Take a file and have it checked; nothing is stored before a person confirms."""
    if not _may_import(request.user):  # asked before a byte of the file is read
        raise Http404
    request.upload_handlers.insert(0, LimitedUpload(request))
    return _upload(request)


@csrf_protect
def _upload(request):
    slug = request.GET.get("source", "")
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user, slug=slug)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        call_import = operations.receive(
            source=form.cleaned_data["source"],
            chunks=file.chunks(),
            file_name=file.name,
            channel=Channel.PAGE,
            at=timezone.now(),
            by=request.user,
            confirm_first=True,
        )
        nudge(tasks.check, import_id=str(call_import.pk))
        return redirect("import", pk=call_import.pk)
    status = 422 if form.errors else 200
    return render(request, "callstats/imports/upload.html", {"form": form}, status=status)


@login_required
def call_import(request, pk):
    """One import: its preview, its progress or its result."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    refused_first = list(refused_rows(found)[:REFUSED_SHOWN])
    may_manage = is_held(
        user=request.user,
        permission=Permission.MANAGE_FEEDS,
        cooperation=found.source.central.cooperation,
    )
    context = {
        "call_import": found,
        "heading": breakable(found.file_name),
        "color": presenters.COLORS.get(ImportState(found.state), "neutral"),
        "counts": presenters.counts(found),
        "failure": presenters.failure(found) if found.error_code else "",
        "warnings": presenters.warnings(found),
        "preview_rows": presenters.preview_rows(found),
        "preview_totals": presenters.preview_totals(found),
        "preview_columns": presenters.PREVIEW_COLUMNS,
        "total_columns": presenters.TOTAL_COLUMNS,
        "refused": presenters.refused_cells(refused_first),
        "refused_columns": presenters.REFUSED_COLUMNS,
        "origin": presenters.origin(found),
        "may_import": _where_may_import(request.user).filter(pk=pk).exists(),
        "notices": notices(found, may_manage=may_manage, at=timezone.now()),
        "may_manage": may_manage,
        "states": ImportState,
    } | _progress_context(found)
    return render(request, "callstats/imports/import.html", context)


@login_required
def import_progress(request, pk):
    """The progress bar alone, for htmx; when the work has ended the page is loaded anew."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    if found.state not in WAITING_FOR_WORKER:
        return HttpResponse(headers={"HX-Redirect": reverse("import", args=[pk])})
    return render(request, "callstats/imports/_progress.html", _progress_context(found))


@login_required
@require_POST
def confirm(request, pk):
    """Store what the preview showed. Asking twice does no harm."""
    found = get_object_or_404(_where_may_import(request.user), pk=pk)
    try:
        operations.confirm(call_import=found)
        nudge(tasks.run, import_id=str(found.pk))
    except operations.WrongState:
        pass  # somebody was quicker; the page tells what became of it
    return redirect("import", pk=pk)


@login_required
@require_POST
def cancel(request, pk):
    """Stop the import; nothing of it is stored."""
    found = get_object_or_404(_where_may_import(request.user), pk=pk)
    with suppress(operations.WrongState):  # it ended before; the page tells how
        operations.cancel(call_import=found, at=timezone.now())
    return redirect("import", pk=pk)


@login_required
def refused(request, pk):
    """Every refused row as CSV."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    answer = HttpResponse(exports.refused_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{found.pk}.csv"'
    return answer


def _chosen(request, sources: list[Source]) -> Source | None:
    """The source whose imports are asked for; 404 unless it is one of those the person sees."""
    slug = request.GET.get("source")
    if not slug:
        return None
    found = next((source for source in sources if source.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _visible(user) -> QuerySet[CallImport]:
    return CallImport.objects.visible_to(user).select_related("source__central", "created_by")


def _where_may_import(user) -> QuerySet[CallImport]:
    return CallImport.objects.where(user, Permission.IMPORT_CALLS).select_related("source")


def _may_import(user) -> bool:
    return Source.objects.where(user, Permission.IMPORT_CALLS).exists()


def _progress_context(call_import: CallImport) -> dict:
    if call_import.state not in WAITING_FOR_WORKER:
        return {}
    return {
        "progress": presenters.progress_of(call_import, progress.of(call_import.pk)),
        "progress_url": reverse("import_progress", args=[call_import.pk]),
    }
