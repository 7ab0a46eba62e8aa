"""What every address for telephone systems shares: token, scope, limits, headers."""

from __future__ import annotations

import hashlib
from typing import cast

from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from rest_framework.response import Response
from rest_framework.views import APIView

from callstats.feeds.authentication import HasScope, SourceTokenAuthentication
from callstats.feeds.models import SourceToken
from callstats.feeds.rate_limits import SourceThrottle
from callstats.imports.api_schema import BodyIsNeeded
from callstats.imports.models import CallImport
from legevakt.lib.parameters import only_known


class SourceView(APIView):
    """A view for the holder of a source's token; every answer tells what it may still ask."""

    authentication_classes = [SourceTokenAuthentication]
    permission_classes = [HasScope]
    throttle_classes = [SourceThrottle]
    schema = BodyIsNeeded()
    parameters: tuple[str, ...] = ()

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        only_known(request, (*self.parameters, "format"))

    def finalize_response(self, request, response, *args, **kwargs):
        answer = super().finalize_response(request, response, *args, **kwargs)
        limit = getattr(request, "rate_limit", None) or SourceThrottle().policy()
        for name, value in limit.headers.items():
            answer[name] = value
        return answer

    def call_import(self, pk) -> CallImport:
        """The import, when it is of the token's source; else 404."""
        source = cast(SourceToken, self.request.auth).source
        call_import = get_object_or_404(CallImport, pk=pk, source=source)
        call_import.source = source
        return call_import


def not_modified(request, *, tag: str) -> Response | None:
    """304 where the asker has what the tag stands for."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or tag in known:
        return with_tag(Response(status=304), tag=tag)
    return None


def with_tag(answer: Response, *, tag: str) -> Response:
    """The answer, to be asked for again by its tag."""
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def tag_of(*facts: object) -> str:
    """An ETag: the same facts, the same tag."""
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'
