"""RFC 9457 problem+json for every error of the API, with a stable code."""

from __future__ import annotations

from typing import Any

from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback
from structlog.contextvars import get_contextvars

TITLES = {
    "bad_request": _("The request could not be read."),
    "csrf_failed": _("The form was too old. Load the page again and send it once more."),
    "invalid": _("Something in the request is not right."),
    "not_authenticated": _("The token is missing, wrong, revoked or expired."),
    "not_found": _("Not found, or not for you."),
    "permission_denied": _("You may not do this."),
    "method_not_allowed": _("This address does not take that method."),
    "unsupported_media_type": _("This content type is not taken here."),
    "not_acceptable": _("The answer cannot be given in that format."),
    "parse_error": _("The body could not be read."),
    "throttled": _("Too many requests. Wait, then send again."),
    "too_large": _("The request is larger than one may send at a time. Divide it."),
    "server_error": _("Something went wrong here. Send the request id to support."),
}


def request_id() -> str:
    """The id under which the logs tell of this request."""
    return str(get_contextvars().get("request_id", ""))


def body(*, status: int, code: str, detail: str = "", **members: Any) -> dict:
    """The members of a problem: type, title, status, code, detail, request_id and more."""
    return {
        "type": f"/api/#problem-{code}",
        "title": str(TITLES.get(code, TITLES["invalid"])),
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id(),
        **members,
    }


def response(*, status: int, code: str, detail: str = "", **members: Any) -> JsonResponse:
    """A problem as an answer outside of REST framework."""
    return JsonResponse(
        body(status=status, code=code, detail=detail, **members),
        status=status,
        content_type="application/problem+json",
    )


def exception_handler(exception: Exception, context: dict) -> Response | None:
    """REST framework's EXCEPTION_HANDLER: an expected error as a problem, others rise."""
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    if not isinstance(exception, exceptions.APIException):
        return None
    set_rollback()
    answer = Response(
        _problem_of(exception),
        status=exception.status_code,
        content_type="application/problem+json",
    )
    if auth_header := getattr(exception, "auth_header", None):
        answer["WWW-Authenticate"] = auth_header
    if wait := getattr(exception, "wait", None):
        answer["Retry-After"] = str(int(wait) + 1)
    return answer


def _problem_of(exception: exceptions.APIException) -> dict:
    code = getattr(exception, "code", None) or exception.default_code
    if isinstance(exception, exceptions.ValidationError):
        return body(status=exception.status_code, code="invalid", errors=exception.detail)
    members = getattr(exception, "members", {})
    return body(status=exception.status_code, code=code, detail=str(exception.detail), **members)
