"""The agreement or version that an address names, for who may see it and do this with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.models import User
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.agreements.models import Agreement, AgreementVersion, Clause
from municipalities.agreements.queries import counted
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import Visible, visible_cooperation
from municipalities.register.models import Municipality


@dataclass(frozen=True)
class VisibleAgreement(Visible):
    agreement: Agreement


@dataclass(frozen=True)
class VisibleVersion(VisibleAgreement):
    version: AgreementVersion


def visible_agreement(
    request: HttpRequest,
    *,
    slug: str,
    pk: int,
    permission: Permission = Permission.VIEW_AGREEMENT,
) -> VisibleAgreement:
    """The agreement, for who holds the permission; else 404. Three queries."""
    visible = visible_cooperation(request, slug=slug, permission=permission)
    found = Agreement.objects.select_related("cooperation__host", "service")
    agreement = get_object_or_404(found, cooperation=visible.cooperation, pk=pk)
    return VisibleAgreement(visible.cooperation, visible.held, agreement)


def visible_version(
    request: HttpRequest,
    *,
    slug: str,
    pk: int,
    number: int,
    permission: Permission = Permission.VIEW_AGREEMENT,
) -> VisibleVersion:
    """The version of the agreement, for who holds the permission; else 404. Three queries.

    A draft is only for those who write it, also when it was dropped before it was sent.
    """
    visible = visible_cooperation(request, slug=slug, permission=permission)
    versions = counted(AgreementVersion.objects.visible_to(reader(request))).select_related(
        "agreement__cooperation__host", "agreement__service", "document"
    )
    version = get_object_or_404(
        versions, agreement__cooperation=visible.cooperation, agreement=pk, number=number
    )
    return VisibleVersion(visible.cooperation, visible.held, version.agreement, version)


def visible_clause(
    request: HttpRequest, *, slug: str, pk: int, number: int, clause: int
) -> tuple[VisibleVersion, Clause]:
    """A clause of a version, for those who write it; else 404."""
    visible = visible_version(
        request, slug=slug, pk=pk, number=number, permission=Permission.MANAGE_AGREEMENT
    )
    found = visible.version.clauses.select_related("version")
    return visible, get_object_or_404(found, pk=clause)


def reader(request: HttpRequest) -> User:
    """Who is logged in; the pages here are for no one else."""
    return cast("User", request.user)


def answers_for(
    request: HttpRequest, *, cooperation: Cooperation, visible: Visible
) -> set[int] | None:
    """Ids of the municipalities for which the reader may record what they do; None: for all."""
    if visible.may(Permission.MANAGE_AGREEMENT):
        return None
    if not visible.may(Permission.ANSWER_FOR_MUNICIPALITY):
        return set()
    own = municipalities_acted_for(
        user=request.user,
        permission=Permission.ANSWER_FOR_MUNICIPALITY,
        cooperation=cooperation,
    )
    return set(own.values_list("pk", flat=True))


def require_answering(
    request: HttpRequest, *, visible: Visible, municipality: Municipality
) -> None:
    """Raises Http404 for who may not record what the municipality does."""
    own = answers_for(request, cooperation=visible.cooperation, visible=visible)
    if own is not None and municipality.pk not in own:
        raise Http404
