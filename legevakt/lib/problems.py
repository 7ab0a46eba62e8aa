"""RFC 9457 problem+json for every error of the API, with a stable code."""

from __future__ import annotations

import math
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback
from structlog.contextvars import get_contextvars

MEDIA_TYPE = "application/problem+json"
NORWEGIAN = "no"

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
# Said where whoever raises the error says no more; REST framework's own words are left out,
# because they are in other languages than ours.
DETAILS = {
    "not_authenticated": _("Send the header Authorization: Bearer, and the token."),
    "not_found": _("There is nothing at this address that the token may see."),
    "method_not_allowed": _("%(method)s is not taken here. The header Allow says what is."),
    "unsupported_media_type": _("Content-Type %(content_type)s is not taken here."),
    "not_acceptable": _("Ask for application/json in the header Accept."),
    "throttled": _("The header Retry-After says how many seconds to wait."),
    "server_error": _("Nothing was stored by this request unless told so. Send it again later."),
}
# 403 and not 401 where there is no token to ask for: only a person's login is taken.
FOR_PERSONS = _("This is for a person who is logged in; a token is not taken here.")
FRAMEWORK_ERRORS = (
    exceptions.NotFound,
    exceptions.MethodNotAllowed,
    exceptions.UnsupportedMediaType,
    exceptions.NotAcceptable,
    exceptions.Throttled,
    exceptions.NotAuthenticated,
)


class Problem(exceptions.APIException):
    """An error with a code and title of its own, more members and headers when it needs them."""

    code = "invalid"
    title: Any = ""

    def __init__(
        self, detail: Any = None, *, members: dict | None = None, headers: dict | None = None
    ) -> None:
        super().__init__(detail)
        self.members = members or {}
        self.headers = headers or {}


def language_of(request: HttpRequest) -> str:
    """The language that Accept-Language asks for; English where it names none of ours."""
    for name, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if name.partition("-")[0] == NORWEGIAN:
            return "nb"
        try:
            return get_supported_language_variant(name)
        except LookupError:
            continue
    return "en"


def request_id() -> str:
    """The id under which the logs tell of this request."""
    return str(get_contextvars().get("request_id", ""))


def body(*, status: int, code: str, detail: str = "", title: str = "", **members: Any) -> dict:
    """The members of a problem: type, title, status, code, detail, request_id and more."""
    return {
        "type": f"/api/#problem-{code}",
        "title": title or str(TITLES.get(code, TITLES["invalid"])),
        "status": status,
        "code": code,
        "detail": detail or str(DETAILS.get(code, "")),
        "request_id": request_id(),
        **members,
    }


def response(*, status: int, code: str, detail: str = "", **members: Any) -> JsonResponse:
    """A problem as an answer outside of REST framework."""
    return JsonResponse(
        body(status=status, code=code, detail=detail, **members),
        status=status,
        content_type=MEDIA_TYPE,
    )


def exception_handler(exception: Exception, context: dict) -> Response | None:
    """REST framework's EXCEPTION_HANDLER: an expected error as a problem, others rise."""
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    if not isinstance(exception, exceptions.APIException):
        return None
    set_rollback()
    answer = Response(
        _problem_of(exception, context), status=exception.status_code, content_type=MEDIA_TYPE
    )
    if auth_header := getattr(exception, "auth_header", None):
        answer["WWW-Authenticate"] = auth_header
    if wait := getattr(exception, "wait", None):
        answer["Retry-After"] = str(math.ceil(wait))
    for name, value in getattr(exception, "headers", {}).items():
        answer[name] = value
    return answer


def _problem_of(exception: exceptions.APIException, context: dict) -> dict:
    status = exception.status_code
    if isinstance(exception, exceptions.ValidationError):
        return body(status=status, code="invalid", errors=exception.detail)
    if isinstance(exception, Problem):
        told = {"title": str(exception.title), "detail": str(exception.detail)}
        return body(status=status, code=exception.code, **told, **exception.members)
    if isinstance(exception, exceptions.NotAuthenticated) and status == 403:
        return body(status=status, code="permission_denied", detail=str(FOR_PERSONS))
    code = exception.default_code
    if isinstance(exception, FRAMEWORK_ERRORS):
        request = context["request"]
        shown = {"method": request.method, "content_type": request.content_type or "?"}
        return body(status=status, code=code, detail=str(DETAILS[code]) % shown)
    return body(status=status, code=code, detail=str(exception.detail))
