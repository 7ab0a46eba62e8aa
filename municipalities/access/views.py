"""Language choice, and the page where roles are seen, given and taken."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.access import operations, presenters
from municipalities.access.accounts import send_invitation
from municipalities.access.forms import RoleForm
from municipalities.access.models import Membership
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission, Role
from municipalities.cooperations.models import Cooperation


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
    """People and roles of a cooperation, and the matrix that decides what each role may."""
    cooperations = Cooperation.objects.where(request.user, Permission.VIEW_ACCESS)
    cooperation = _chosen(cooperations, request.GET.get("cooperation"))
    may_manage = _may_manage(request.user, cooperation)
    form = RoleForm(request.POST or None, cooperation=cooperation) if may_manage else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            _invite(request, cooperation, form.cleaned_data)
            return _back_to(cooperation)
    host_first = Case(When(municipality=cooperation.host_id, then=0), default=1)
    memberships = (
        Membership.objects.visible_to(request.user)
        .filter(cooperation=cooperation)
        .select_related("user", "municipality")
        .order_by(host_first, "municipality__number", "user__name", "pk")
    )
    context = {
        "chosen": cooperation,
        "cooperations": cooperations.order_by("name", "pk"),
        "people": presenters.people(memberships),
        "people_columns": presenters.people_columns(may_manage=may_manage),
        "matrix": presenters.matrix(),
        "form": form,
    }
    status = 422 if form and form.errors else 200
    return render(request, "municipalities/access/access.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request, pk):
    """Ask first, then take a role away; one's own last way in is not taken."""
    manageable = Cooperation.objects.where(request.user, Permission.MANAGE_ACCESS)
    membership = get_object_or_404(
        Membership.objects.select_related("user", "cooperation", "municipality"),
        pk=pk,
        cooperation__in=manageable,
    )
    if membership.user_id == request.user.pk:
        messages.error(request, _("You cannot take away your own role. Ask somebody else to."))
    elif request.method == "POST":
        operations.revoke(membership=membership)
        messages.success(
            request, _("%(name)s no longer has that role.") % {"name": membership.user.name}
        )
    else:
        (person,) = presenters.people([membership])
        context = {"person": person, "cooperation": membership.cooperation}
        return render(request, "municipalities/access/revoke.html", context)
    return _back_to(membership.cooperation)


def _invite(request, cooperation: Cooperation, given: dict) -> None:
    membership, is_new = operations.invite(
        email=given["email"],
        name=given["name"],
        language=given["language"],
        cooperation=cooperation,
        municipality=given["municipality"],
        role=Role(given["role"]),
    )
    who = {"email": membership.user.email}
    if not is_new:
        messages.success(request, _("%(email)s has the role.") % who)
    elif send_invitation(request, membership=membership):
        text = _("%(email)s has the role, and an e-mail with a link to choose a password.")
        messages.success(request, text % who)
    else:
        text = _(
            "%(email)s has the role, but the e-mail could not be sent. The person can choose"
            " a password by “Forgot your password?” on the login page."
        )
        messages.warning(request, text % who)


def _chosen(cooperations: QuerySet[Cooperation], slug: str | None) -> Cooperation:
    """The one asked for, or the first by name; 404 when there is none."""
    if slug:
        cooperations = cooperations.filter(slug=slug)
    found = cooperations.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return found


def _back_to(cooperation: Cooperation):
    return redirect(f"{reverse('access')}?cooperation={cooperation.slug}")


def _may_manage(user, cooperation: Cooperation) -> bool:
    return is_held(user=user, permission=Permission.MANAGE_ACCESS, cooperation=cooperation)
