"""What every request passes: language, history with request id, second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from pghistory.middleware import HistoryMiddleware

from legevakt.lib import problems
from municipalities.queries import needs_second_factor


class UserLanguageMiddleware:
    """A person's own language wins over the browser's; a system that names none gets English."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        elif request.path.startswith("/api/"):
            request.LANGUAGE_CODE = problems.language_of(request)
            translation.activate(request.LANGUAGE_CODE)
        return self.get_response(request)


class RequestHistoryMiddleware(HistoryMiddleware):
    """Every changed row remembers the request that changed it; the answer tells its id."""

    def get_context(self, request):
        return super().get_context(request) | {"request_id": problems.request_id()}

    def __call__(self, request):
        answer = super().__call__(request)
        answer["X-Request-ID"] = problems.request_id()
        return answer


class SecondFactorMiddleware:
    """Who may change something sets up a second factor before anything else."""

    open_paths = ("/account/", "/static/", "/health/", "/language/", "/help/", "/accessibility/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._is_missing(request):
            messages.warning(request, _("Set up a second factor first: an app or a passkey."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_missing(self, request) -> bool:
        return (
            settings.REQUIRE_SECOND_FACTOR
            and request.user.is_authenticated
            and not request.path.startswith(self.open_paths)
            and not is_mfa_enabled(request.user)
            and needs_second_factor(request.user)
        )
