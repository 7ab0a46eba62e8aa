"""Error pages that say how to go on; problem+json under /api."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from legevakt.lib import problems


def bad_request(request, exception):
    return _answer(request, 400, "bad_request")


def permission_denied(request, exception):
    return _answer(request, 403, "permission_denied")


def not_found(request, exception):
    return _answer(request, 404, "not_found")


def csrf_failed(request, reason=""):
    return _answer(request, 403, "csrf_failed")


def server_error(request):
    """Asks nothing of database or session: it must show when they are gone."""
    if request.path.startswith("/api/"):
        return problems.response(status=500, code="server_error")
    page = render_to_string("500.html", {"request_id": problems.request_id()})
    return HttpResponseServerError(page)


def _answer(request, status: int, code: str):
    if request.path.startswith("/api/"):
        return problems.response(status=status, code=code)
    context = {"request_id": problems.request_id()}
    return render(request, f"{status}.html", context, status=status)
