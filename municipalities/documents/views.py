"""A document, to those who may see what it belongs to."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from municipalities.documents.models import Document


@require_safe
@login_required
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as a download, never shown inside the page; at most 25 MB."""
    found = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    answer = HttpResponse(found.path.read_bytes(), content_type=found.media_type)
    heading = content_disposition_header(as_attachment=True, filename=found.name)
    answer["Content-Disposition"] = heading or "attachment"
    return answer
