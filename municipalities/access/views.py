"""Language choice, and the page that shows who may do what."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from municipalities.access import presenters
from municipalities.access.models import Membership
from municipalities.access.rules import Permission
from municipalities.agreements.models import Cooperation


@require_POST
def set_language(request):
    """Remember the language with the person, or in a cookie before login."""
    language = request.POST.get("language")
    next_url = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()}):
        next_url = "/"
    answer = HttpResponseRedirect(next_url)
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
        )
    return answer


@login_required
def access(request):
    """People and roles of the cooperation, and the matrix that decides what each role may."""
    cooperation = (
        Cooperation.objects.where(request.user, Permission.VIEW_ACCESS)
        .order_by("name", "pk")
        .first()
    )
    if cooperation is None:
        raise Http404
    memberships = (
        Membership.objects.visible_to(request.user)
        .filter(cooperation=cooperation)
        .select_related("user", "municipality")
        .order_by("municipality__number", "user__name", "pk")
    )
    return render(
        request,
        "municipalities/access/access.html",
        {
            "cooperation": cooperation,
            "people": presenters.people(memberships),
            "people_columns": presenters.PEOPLE_COLUMNS,
            "matrix": presenters.matrix(),
        },
    )
