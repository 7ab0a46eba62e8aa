"""A document, to those who may see what it belongs to."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from municipalities.documents.models import Document


@require_safe
@login_required
def document(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes as a download, never shown inside the page."""
    found = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    return FileResponse(
        found.path.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=found.media_type,
    )
