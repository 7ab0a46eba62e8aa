"""What a token may do, from where, how often, and what is remembered of it."""

import socket
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
import redis
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from callstats.feeds.rate_limits import SourceThrottle
from callstats.imports import tasks
from callstats.imports.models import CallImport
from tests.factories.callstats import (
    CallImportFactory,
    SourceFactory,
    TokenFactory,
    call,
    canonical_json,
)

URL = "/api/v1/call-imports"
A_CALL = canonical_json([call("a")])
READ, WRITE = "imports:read", "calls:write"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def no_requests_yet():
    cache.clear()


@pytest.fixture
def ask():
    """`ask(token)` lists its imports; `ask(token, "post")` sends a call."""

    def ask(token, method="get", url=URL, *, client=None, body=A_CALL, **headers):
        headers |= {"Authorization": f"Bearer {token.key}"}
        sent = {"data": body, "content_type": "application/json"} if method == "post" else {}
        return getattr(client or Client(), method)(url, headers=headers, **sent)

    return ask


def code_of(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


# --- scopes ---------------------------------------------------------------------------


def test_a_token_that_only_writes_reads_nothing_back(ask, source):
    token = TokenFactory(source=source, scopes=[WRITE])
    told = ask(token, "post").json()
    for url in (
        URL,
        f"{URL}/{told['id']}",
        f"{URL}/{told['id']}/rows",
    ):
        answer = ask(token, url=url)
        assert code_of(answer) == (403, "missing_scope")
        assert READ in answer.json()["detail"]


def test_a_token_that_only_writes_may_ask_where_to_resume(ask, central):
    log = SourceFactory(slug="log", central=central, profile="asterisk-queue-log")
    for scopes, status in (([WRITE], 200), ([READ], 403)):
        token = TokenFactory(source=log, scopes=scopes)
        assert ask(token, url="/api/v1/call-events/cursor").status_code == status


def test_a_token_that_only_reads_stores_and_cancels_nothing(ask, source):
    token = TokenFactory(source=source, scopes=[READ])
    waiting = CallImportFactory(source=source)
    for url in (URL, f"{URL}/{waiting.pk}/cancel"):
        assert code_of(ask(token, "post", url)) == (403, "missing_scope")
    assert ask(token).status_code == 200
    assert [each.state for each in CallImport.objects.all()] == ["queued"]


def test_a_token_without_the_scope_learns_nothing_of_other_sources(ask, source):
    token = TokenFactory(source=source, scopes=[WRITE])
    foreign = CallImportFactory(source=SourceFactory(slug="foreign"))
    unknown = f"{URL}/00000000-0000-4000-8000-000000000000"
    there, nowhere = ask(token, url=f"{URL}/{foreign.pk}"), ask(token, url=unknown)
    assert code_of(there) == code_of(nowhere)


# --- addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("networks", "address", "status"),
    [
        ([], "203.0.113.9", 200),
        (["203.0.113.0/24"], "203.0.113.9", 200),
        (["203.0.113.0/24"], "198.51.100.1", 403),
        (["203.0.113.0/24"], "::ffff:203.0.113.9", 200),
        (["198.51.100.7/32", "2001:db8::/32"], "2001:db8::1", 200),
        (["198.51.100.7"], "198.51.100.7", 200),
        (["203.0.113.0/24"], "", 403),
    ],
)
def test_a_token_is_taken_from_its_networks_only(ask, source, networks, address, status):
    token = TokenFactory(source=source, networks=networks)
    answer = ask(token, client=Client(REMOTE_ADDR=address))
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "address_not_allowed"


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "status"),
    [
        (False, "203.0.113.9", 403),
        (True, "203.0.113.9", 200),
        (True, "203.0.113.9, 198.51.100.1", 403),
        (True, "198.51.100.1,203.0.113.9", 200),
        (True, "nonsense", 403),
        (True, "", 403),
    ],
)
def test_only_the_proxy_s_own_word_is_believed(
    ask, source, settings, behind_proxy, forwarded, status
):
    settings.BEHIND_PROXY = behind_proxy
    token = TokenFactory(source=source, networks=["203.0.113.0/24"])
    client = Client(REMOTE_ADDR="127.0.0.1")
    answer = ask(token, client=client, **{"X-Forwarded-For": forwarded})
    assert answer.status_code == status


# --- remembered -----------------------------------------------------------------------------


def test_last_use_is_noted_at_most_once_a_minute(ask, source, clock):
    token = TokenFactory(source=source)
    seen = []
    for seconds in (0, 30, 31):
        clock.shift(timedelta(seconds=seconds))
        ask(token)
        token.refresh_from_db()
        seen.append(token.last_used_at)
    assert seen[0] == seen[1]
    assert seen[2] == timezone.now()


def test_a_refused_address_is_no_use(ask, source):
    token = TokenFactory(source=source, networks=["203.0.113.0/24"])
    ask(token)
    token.refresh_from_db()
    assert token.last_used_at is None


def test_authentication_is_one_query_and_the_list_another(ask, source):
    token = TokenFactory(source=source)
    CallImportFactory.create_batch(3, source=source)
    with CaptureQueriesContext(
        connection,
    ) as first:
        ask(token)
    with CaptureQueriesContext(connection) as second:
        ask(token)
    assert len(first) == 3  # the last use is noted
    assert len(second) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rows", [1, 500])
def test_sending_takes_as_few_queries_for_many_rows_as_for_one(ask, source, monkeypatch, rows):
    """Authentication 1; the transaction with its limits, queues, calls, hours, import, webhooks."""
    monkeypatch.setattr(tasks, "compute_touched_soon", lambda _: None)  # the workers' work
    token = TokenFactory(source=source)
    ask(token)
    body = canonical_json([call(f"c{number}") for number in range(rows)])
    with CaptureQueriesContext(connection) as queries:
        ask(token, "post", body=body)
    assert len(queries) <= 12
    assert sum('FROM "callstats_sourcetoken"' in each["sql"] for each in queries) == 1
    assert not any('UPDATE "callstats_sourcetoken"' in each["sql"] for each in queries)


# --- how often ------------------------------------------------------------------------------


@pytest.fixture
def three_a_minute(monkeypatch):
    monkeypatch.setattr(SourceThrottle, "THROTTLE_RATES", {"call-imports": "3/min"})


def test_every_answer_tells_what_remains(ask, source, three_a_minute, clock):
    token = TokenFactory(source=source)
    told = [ask(token) for _ in range(4)]
    assert [answer.status_code for answer in told] == [200, 200, 200, 429]
    assert {answer["RateLimit-Policy"] for answer in told} == {'"token";q=3;w=60'}
    remaining = [answer["RateLimit"].split(";")[1] for answer in told]
    assert remaining == ["r=2", "r=1", "r=0", "r=0"]
    wait = int(told[3]["Retry-After"])
    assert told[3]["RateLimit"] == f'"token";r=0;t={wait}'
    clock.shift(timedelta(seconds=wait))
    assert ask(token).status_code == 200


def test_each_token_has_its_own_quota(ask, source, three_a_minute):
    one, other = TokenFactory(source=source), TokenFactory(source=source)
    for _ in range(4):
        ask(one)
    assert ask(other).status_code == 200


def test_errors_tell_the_policy_too(ask, source, three_a_minute):
    token = TokenFactory(source=source)
    unknown = ask(token, url=f"{URL}/00000000-0000-4000-8000-000000000000")
    token.key = "wrong.token"
    for answer in (unknown, ask(token)):
        assert answer["RateLimit-Policy"] == '"token";q=3;w=60'


def test_without_the_cache_nobody_is_stopped(ask, source, three_a_minute, monkeypatch):
    def is_down(*_, **__):
        raise redis.ConnectionError

    monkeypatch.setattr(SourceThrottle, "cache", SimpleNamespace(add=is_down, incr=is_down))
    token = TokenFactory(source=source)
    told = [ask(token) for _ in range(5)]
    assert {answer.status_code for answer in told} == {200}
    assert "RateLimit" not in told[0]
    assert told[0]["RateLimit-Policy"] == '"token";q=3;w=60'


@pytest.fixture
def hanging_cache(settings, monkeypatch):
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        options = {"OPTIONS": settings.CACHES["default"]["OPTIONS"]}
        cache = RedisCache(f"redis://{host}:{port}/0", options)
        monkeypatch.setattr(SourceThrottle, "cache", cache)
        yield


def test_a_cache_that_hangs_holds_nobody_for_long(ask, source, hanging_cache):
    begin = time.monotonic()
    assert ask(TokenFactory(source=source)).status_code == 200
    assert time.monotonic() - begin < 3
