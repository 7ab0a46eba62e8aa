"""What the addresses of figures share: a token that may read them, or a person who is logged in."""

from __future__ import annotations

from typing import cast

from rest_framework.authentication import SessionAuthentication
from rest_framework.renderers import JSONRenderer

from callstats.feeds.authentication import HasScope, SourceTokenAuthentication
from callstats.feeds.models import SourceToken
from callstats.feeds.rate_limits import SourceThrottle
from callstats.feeds.rules import Scope
from callstats.imports.source_view import SourceView
from municipalities.models import Central, User


class MayReadFigures(HasScope):
    """A person sees what the pages show; a token must have been made for it."""

    def has_permission(self, request, view) -> bool:
        is_person = request.auth is None and request.user is not None
        return is_person or super().has_permission(request, view)


class ReaderThrottle(SourceThrottle):
    """As many requests by person as by token."""

    def get_cache_key(self, request, view) -> str:
        if request.auth is not None:
            return super().get_cache_key(request, view)
        return f"requests-person-{request.user.pk}-{int(self.timer() // self.duration)}"


class FiguresView(SourceView):
    """Read only."""

    authentication_classes = [SourceTokenAuthentication, SessionAuthentication]
    permission_classes = [MayReadFigures]
    throttle_classes = [ReaderThrottle]
    renderer_classes = [JSONRenderer]
    scope = Scope.READ_STATISTICS

    def centrals(self) -> list[Central]:
        """By slug: the one of the token's source, or those that the person sees."""
        if isinstance(self.request.auth, SourceToken):
            return [self.request.auth.source.central]
        person = cast(User, self.request.user)
        return list(Central.objects.visible_to(person).order_by("slug"))
