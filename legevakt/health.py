"""Is the process alive, are its services, and what do the counters say."""

import hmac

from django.conf import settings
from django.http import Http404, HttpResponse
from django_prometheus.exports import ExportToDjangoView
from health_check.views import HealthCheckView


def live(request) -> HttpResponse:
    """200 while the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


ready = HealthCheckView.as_view(
    checks=[
        "health_check.checks.Database",
        "health_check.checks.Cache",
        "health_check.contrib.celery.Ping",
    ]
)


def metrics(request) -> HttpResponse:
    """Prometheus counters, for who knows METRICS_TOKEN; else the page does not exist."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(
        sent.encode(), settings.METRICS_TOKEN.encode()
    ):
        raise Http404
    return ExportToDjangoView(request)
