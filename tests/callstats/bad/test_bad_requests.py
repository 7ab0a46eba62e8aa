"""Bad bodies through the API: a problem by name or a result, never a 500, and nothing lost."""

import json

import pytest
from django.test import Client

from callstats.calls.models import Call
from tests.callstats.bad.bodies import JSON, NDJSON, PLAIN, TEXT, every_body
from tests.callstats.bad.corpus import OF_CALLS
from tests.factories.callstats import TokenFactory

CALLS, EVENTS = "/api/v1/call-imports", "/api/v1/call-events"
# What a sender's JSON is refused for before anything is kept.
UNREAD = {"invalid_json": (400, "parse_error"), "empty_file": (400, "parse_error")}
PROFILES = {PLAIN: (EVENTS, "asterisk-queue-log")}
MEDIA_TYPES = {".json": JSON, ".ndjson": NDJSON, ".csv": TEXT}

pytestmark = pytest.mark.usefixtures("clock", "no_limit")


@pytest.fixture
def no_limit(monkeypatch):
    """As many requests as there are bad bodies."""
    monkeypatch.setattr("callstats.feeds.rate_limits.SourceThrottle.allow_request", lambda *_: True)


@pytest.fixture
def send(source_of):
    """`send(body, media_type=…)` posts it with the token of a new source that may send it."""
    client = Client(raise_request_exception=False)

    def send(body, *, media_type, **headers):
        url, profile = PROFILES.get(media_type, (CALLS, "canonical"))
        authorization = {"Authorization": f"Bearer {TokenFactory(source=source_of(profile)).key}"}
        return client.post(url, body, content_type=media_type, headers=authorization | headers)

    return send


def told_by(answer):
    """(status, code of the problem); every problem has its own media type and names."""
    told = answer.json()
    if answer.status_code < 400:
        return answer.status_code, ""
    assert answer["Content-Type"].startswith("application/problem+json")
    assert told["title"]
    assert told["request_id"]
    return answer.status_code, told["code"]


def assert_nothing_lost(counts):
    kept = ("created", "updated", "unchanged", "rejected", "pending")
    # A row that tells a call a second time in the same words is counted as ignored.
    assert counts["received"] == sum(counts[name] for name in kept)


@pytest.mark.parametrize("body", every_body(), ids=lambda body: body.name)
def test_each_body_is_answered_by_name(body, send):
    answer = send(body.data, media_type=body.media_type, **body.headers)

    assert told_by(answer) == body.answer, answer.content[:500]
    if answer.status_code == 200:
        told = answer.json()
        assert_nothing_lost(told["counts"])
        assert tuple(error["code"] for error in told["errors"]) == body.rejected
    assert Call.objects.count() == body.created


@pytest.mark.parametrize("suffix", MEDIA_TYPES)
def test_the_bad_files_are_refused_as_requests_too(suffix, send):
    for bad in OF_CALLS:
        if bad.profile == "canonical" and bad.path.suffix == suffix:
            assert_answered(send(bad.path.read_bytes(), media_type=MEDIA_TYPES[suffix]), bad)


def test_the_bad_logs_are_refused_as_event_lines_too(send):
    for bad in OF_CALLS:
        if bad.profile == "asterisk-queue-log":
            assert_answered(send(bad.path.read_bytes(), media_type=PLAIN), bad)


def assert_answered(answer, bad):
    status, code = told_by(answer)
    if status == 400:  # a body whose shape is not even that of a request
        assert code == "parse_error", bad
        assert bad.code or is_a_list(bad.path), bad
    elif bad.code:
        assert (status, code) == (422, bad.code), (bad, code)
    else:
        assert status == 200, (bad, code, answer.content[:300])
        assert_nothing_lost(answer.json()["counts"])
        assert answer.json()["counts"]["rejected"] == len(bad.refused), bad


def is_a_list(path):
    """A file may be a bare list of calls, a request may not."""
    return path.suffix == ".json" and isinstance(json.loads(path.read_bytes()), list)
