"""A decision that an address names, and what its reader may do with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.decisions import queries
from municipalities.decisions.models import Decision, DecisionKind
from municipalities.decisions.rules import EventKind


@dataclass(frozen=True)
class Seen:
    """The decision; `may_write`: for its municipality; `is_host`: for the host."""

    decision: Decision
    may_write: bool
    is_host: bool

    @property
    def events(self) -> list[EventKind]:
        """What the reader may record now."""
        found = []
        if self.may_write:
            found += [EventKind.APPEAL, EventKind.LEGALITY]
            found += [EventKind.APPEAL_OUTCOME] if self.decision.appealed_date else []
            found += [EventKind.LEGALITY_OUTCOME] if self.decision.legality_demanded_date else []
        if self.is_host and self.decision.kind != DecisionKind.DECISION:
            found.append(EventKind.FOLLOW_UP)
        return sorted(found, key=list(EventKind).index)


def seen_decision(request: HttpRequest, *, slug: str, pk: int) -> Seen:
    """The decision of the cooperation, for who takes part in it; else 404."""
    visible = visible_cooperation(request, slug=slug)
    rows = Decision.objects.filter(cooperation=visible.cooperation).select_related(
        "cooperation", "municipality", "document", "registered_by", "reverses"
    )
    found = get_object_or_404(rows, pk=pk)
    writable = set()
    if visible.may(Permission.REGISTER_DECISIONS):
        own = queries.writable_municipalities(user=request.user, cooperation=visible.cooperation)
        writable = set(own.values_list("pk", flat=True))
    return Seen(
        decision=found,
        may_write=found.municipality_id in writable,
        is_host=visible.cooperation.host_id in writable,
    )


def written_decision(request: HttpRequest, *, slug: str, pk: int) -> Seen:
    """The same, for who may register decisions of its municipality; else 404."""
    found = seen_decision(request, slug=slug, pk=pk)
    if not found.may_write:
        raise Http404
    return found
