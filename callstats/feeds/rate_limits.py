"""How many requests a token may make: counted by the minute in the cache, told in headers.

draft-ietf-httpapi-ratelimit-headers-10: RateLimit-Policy has the quota q and its window w in
seconds, RateLimit what remains (r) and the seconds until the window begins anew (t).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import structlog
from redis.exceptions import RedisError
from rest_framework.throttling import SimpleRateThrottle

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class RateLimit:
    """The quota of a window (seconds), and how much of both is left; None: not known."""

    quota: int
    window: int
    remaining: int | None = None
    reset: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        told = {"RateLimit-Policy": f'"token";q={self.quota};w={self.window}'}
        if self.remaining is not None:
            told["RateLimit"] = f'"token";r={self.remaining};t={self.reset}'
        return told


class SourceThrottle(SimpleRateThrottle):
    """Requests in a window of the clock, by token. Without the cache all may go on."""

    scope = "call-imports"
    num_requests: int
    duration: int

    def policy(self) -> RateLimit:
        """What every token may, whoever asks."""
        return RateLimit(quota=self.num_requests, window=self.duration)

    def get_cache_key(self, request, view) -> str:
        """One for each token and window."""
        return f"requests-{request.auth.prefix}-{int(self.timer() // self.duration)}"

    def allow_request(self, request, view) -> bool:
        try:
            used = self._count(self.get_cache_key(request, view))
        except RedisError as error:
            log.warning("no cache to count requests in", error=str(error))
            request.rate_limit = self.policy()
            return True
        request.rate_limit = RateLimit(
            quota=self.num_requests,
            window=self.duration,
            remaining=max(self.num_requests - used, 0),
            reset=math.ceil(self.wait()),
        )
        return used <= self.num_requests

    def wait(self) -> float:
        """Seconds until the window begins anew."""
        return self.duration - self.timer() % self.duration

    def _count(self, key: str) -> int:
        """The requests of the window, with this one."""
        try:
            return self.cache.incr(key)
        except ValueError:  # the first of the window
            return 1 if self.cache.add(key, 1, self.duration) else self.cache.incr(key)
