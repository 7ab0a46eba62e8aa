"""Requests made from the OpenAPI document, right ones and wrong ones: the API answers as it says.

Rows that are wrong refuse the request only with `mode=atomic`, so wrong bodies are sent with it.
"""

import gzip
import io

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, assume, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi.checks import ignored_auth

from callstats.feeds.rate_limits import SourceThrottle
from callstats.imports.models import CallImport
from callstats.periods.tasks import compute_month
from legevakt.wsgi import application
from tests.factories.callstats import TokenFactory, canonical_json

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 116117,
        "generation": {"with-security-parameters": False},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "404", "409", "422"]}
        },
    }
)
EXAMPLES = 20
TEXT = ("text/plain", "text/csv", "application/x-ndjson")


@schemathesis.serializer("application/x-ndjson", "text/csv")
def as_it_is(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture
def token(exchange, monkeypatch):
    """Of an Asterisk, so that it may send calls and event lines; any queue is mapped."""
    cache.clear()
    monkeypatch.setattr(SourceThrottle, "THROTTLE_RATES", {"call-imports": "1000000/min"})
    exchange.queue_lines.filter(queue="lv_116117").update(queue="*")
    return TokenFactory(source=exchange)


@pytest.fixture
def an_import(client, token):
    """An import with a refused row, to be asked for."""
    client.post(
        "/api/v1/call-imports",
        canonical_json([{"id": "a"}]),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token.key}"},
    )
    return CallImport.objects.get()


@pytest.fixture
def a_month(token):
    """A month that is stored, to be asked for."""
    compute_month(central_id=token.source.central_id, year=2025, month=10)


@pytest.fixture
def session(leader, as_person):
    """The cookie of a person who takes part in the cooperation."""
    cookie = as_person(leader).cookies[django_settings.SESSION_COOKIE_NAME]
    return {cookie.key: cookie.value}


@pytest.fixture
def own_connection(an_import, a_month):
    """Requests to the application itself go on in the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def packing(environ, start_response):
    """The application behind a sender who packs what it says is packed."""
    if environ.get("HTTP_CONTENT_ENCODING") == "gzip":
        packed = gzip.compress(environ["wsgi.input"].read())
        environ |= {"wsgi.input": io.BytesIO(packed), "CONTENT_LENGTH": str(len(packed))}
    return application(environ, start_response)


schema = schemathesis.openapi.from_wsgi("/api/schema.yaml", packing, config=CONFIG)


TRIED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@schema.include(path_regex="^/api/v1/(?!cooperations)").parametrize()
@TRIED
def test_the_api_answers_as_its_document_says(case, token, an_import, own_connection):
    as_a_sender_would(case, an_import)
    case.call_and_validate(headers={"Authorization": f"Bearer {token.key}"})


@schema.include(path_regex="^/api/v1/cooperations").parametrize()
@TRIED
def test_the_record_answers_a_person_as_its_document_says(case, session, own_connection):
    if not case.meta.generation.mode.is_negative:
        case.query.pop("cursor", None)
        if "cooperation" in case.path_parameters:
            case.path_parameters["cooperation"] = "nordhordland"
    # It takes the session for a made-up one. Who is answered without: test_every_address.
    case.call_and_validate(cookies=session, excluded_checks=[ignored_auth])


def as_a_sender_would(case, an_import):
    """With an id and a cursor that the API gave; all or none where rows are wrong."""
    if case.media_type in TEXT:  # whatever is written there is text
        assume(case.body is NOT_SET or isinstance(case.body, str))
    if case.meta.generation.mode.is_negative:
        if case.media_type == "application/json" and case.query.get("mode") in (None, "partial"):
            case.query["mode"] = "atomic"
        return
    case.query.pop("cursor", None)
    if "id" in case.path_parameters:
        case.path_parameters["id"] = str(an_import.pk)
    if case.path.startswith("/api/v1/indicators"):
        as_a_reader_would(case)


def as_a_reader_would(case):
    """Of the central that there is, and days that the step begins and ends on."""
    there = {"central": "nordhordland", "period": "2025-10", "definition_id": "lvs-2min-v1"}
    for name in set(there) & set(case.path_parameters):
        case.path_parameters[name] = there[name]
    step = case.query.get("step", "month")
    year, other = ("2025-01-01", "2026-01-01"), ("2025-10-01", "2025-11-01")
    begin, end = year if step == "year" else other
    right = {"central": "nordhordland", "from": begin, "to": end}
    case.query |= {name: right[name] for name in set(right) & set(case.query)}
    if step in ("day", "hour"):
        case.query.pop("state", None)
