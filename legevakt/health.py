"""Is the process alive, are its services, and what do the counters say."""

import hmac

from django.conf import settings
from django.http import Http404, HttpResponse
from django_prometheus.exports import ExportToDjangoView
from health_check.views import HealthCheckView


def live(request) -> HttpResponse:
    """200 while the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


_ready = HealthCheckView.as_view(
    checks=[
        "health_check.checks.Database",
        "health_check.checks.Cache",
        "health_check.contrib.celery.Ping",
    ]
)


async def ready(request) -> HttpResponse:
    """Whether database, cache and a worker answer; for who knows METRICS_TOKEN."""
    _check_token(request)
    return await _ready(request)


def metrics(request) -> HttpResponse:
    """Prometheus counters, for who knows METRICS_TOKEN."""
    _check_token(request)
    return ExportToDjangoView(request)


def _check_token(request) -> None:
    """Raises Http404: without the token the page does not exist."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    known = settings.METRICS_TOKEN
    if not known or not hmac.compare_digest(sent.encode(), known.encode()):
        raise Http404
