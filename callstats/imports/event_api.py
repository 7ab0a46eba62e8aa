"""POST /api/v1/call-events: raw queue_log lines, for a telephone system that tails its log."""

from __future__ import annotations

from rest_framework.response import Response

from callstats.feeds.models import FeedCursor
from callstats.feeds.rules import EVENT_PROFILE, Scope
from callstats.imports import api_schema
from callstats.imports.api_errors import WrongProfile
from callstats.imports.bodies import EventLinesBody
from callstats.imports.source_view import SourceView, not_modified, tag_of, with_tag
from callstats.imports.switches import SWITCHES
from callstats.imports.taking import take

NOTHING_YET = {"line_sha256": None, "event_at": None, "stored_at": None}


class EventView(SourceView):
    """Only for the log of an Asterisk."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        profile = request.auth.source.profile
        if profile != EVENT_PROFILE:
            raise WrongProfile(WrongProfile.default_detail % {"profile": profile})


class CallEvents(EventView):
    """Send event lines."""

    parser_classes = [EventLinesBody]
    parameters = SWITCHES

    @api_schema.send_events
    def post(self, request):
        return take(request)


class CallEventsCursor(EventView):
    """Where to resume; whoever may only write must know that too."""

    scope = Scope.WRITE_CALLS

    @api_schema.get_cursor
    def get(self, request):
        told = _told(FeedCursor.objects.filter(source=request.auth.source_id).first())
        tag = tag_of(request.auth.source_id, told["line_sha256"], told["stored_at"])
        return not_modified(request, tag=tag) or with_tag(Response(told), tag=tag)


def _told(cursor: FeedCursor | None) -> dict:
    if cursor is None:
        return NOTHING_YET
    return {
        "line_sha256": cursor.line_sha256,
        "event_at": cursor.event_at,
        "stored_at": cursor.stored_at,
    }
