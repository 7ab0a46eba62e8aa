"""Error pages that say how to go on; problem+json under /api."""

from django.shortcuts import render

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
    return _answer(request, 500, "server_error")


def _answer(request, status: int, code: str):
    if request.path.startswith("/api/"):
        return problems.response(status=status, code=code)
    context = {"request_id": problems.request_id()}
    return render(request, f"{status}.html", context, status=status)
