"""POST /api/v1/call-events: raw lines of an Asterisk that tails its log, and where to resume."""

import gzip
import hashlib

import pytest
from django.test import Client

from callstats.calls.models import Call
from callstats.feeds.models import FeedCursor
from callstats.imports.models import CallImport
from tests.callstats.imports.conftest import FIRST_LOG, SECOND_LOG
from tests.factories.callstats import TokenFactory, call, canonical_json

URL = "/api/v1/call-events"
CURSOR = f"{URL}/cursor"
NOTHING_YET = {"line_sha256": None, "event_at": None, "stored_at": None}

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def token(exchange):
    return TokenFactory(source=exchange)


@pytest.fixture
def send(token):
    def send(body, *, url=URL, key=token.key, content_type="text/plain", **headers):
        return Client().post(
            url,
            body,
            content_type=content_type,
            headers={"Authorization": f"Bearer {key}"} | headers,
        )

    return send


@pytest.fixture
def resume(token):
    def resume(*, key=token.key, **headers):
        return Client().get(CURSOR, headers={"Authorization": f"Bearer {key}"} | headers)

    return resume


def sha256(line: bytes) -> str:
    return hashlib.sha256(b"|".join(line.strip(b"\r\n").split(b"|")[:5])).hexdigest()


def lines_of_one_call(at: int = 1761321731, answered: bool = True) -> bytes:
    """A call at 2025-10-24 16:02:11 UTC that waited 89 s."""
    end = b"CONNECT|89|x|5" if answered else b"ABANDON|1|1|89"
    return b"%d|c%d|lv_116117|NONE|ENTERQUEUE||\n%d|c%d|lv_116117|agent|%s\n" % (
        at,
        at,
        at + 89,
        at,
        end,
    )


def test_lines_are_stored_as_calls_and_answered_at_once(send):
    answer = send(lines_of_one_call(answered=False))
    assert answer.status_code == 200, answer.content
    assert answer.json()["counts"]["created"] == 1
    assert answer["X-Rows-Created"] == "1"
    kept = Call.objects.get()
    assert (kept.outcome, int(kept.wait_seconds)) == ("abandoned", 89)


def test_packed_lines_are_taken(send):
    body = gzip.compress(lines_of_one_call(answered=False))
    answer = send(body, **{"Content-Encoding": "gzip"})
    assert answer.json()["counts"]["created"] == 1


def test_more_than_500_lines_are_left_to_a_worker(send):
    body = b"".join(lines_of_one_call(1761321731 + n, answered=False) for n in range(251))
    answer = send(body)
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    assert Call.objects.count() == 251  # the tests' worker is quick


def test_more_than_5000_lines_are_413(send):
    answer = send(lines_of_one_call() * 2501)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not CallImport.objects.exists()


def test_lines_sent_again_change_nothing(send):
    send(lines_of_one_call(answered=False))
    counts = send(lines_of_one_call(answered=False)).json()["counts"]
    assert (counts["created"], counts["updated"], counts["unchanged"]) == (0, 0, 1)


def test_a_key_makes_two_requests_one(send):
    body = lines_of_one_call(answered=False)
    first, second = (send(body, **{"Idempotency-Key": "k"}) for _ in range(2))
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"


def test_a_key_of_calls_is_no_key_of_lines(send):
    body = canonical_json([call("a")])
    key = {"Idempotency-Key": "k"}
    send(body, url="/api/v1/call-imports", content_type="application/json", **key)
    answer = send(lines_of_one_call(), **key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_a_call_may_lie_over_two_requests(send):
    enter, end = lines_of_one_call(answered=False).splitlines(keepends=True)
    send(enter)
    send(end)
    assert Call.objects.get().outcome == "abandoned"


def test_the_real_log_in_pieces_gives_the_calls_of_the_whole(send, exchange, run):
    lines = b"".join(file.read_bytes() for file in (FIRST_LOG, SECOND_LOG)).splitlines(True)
    for start in range(0, len(lines), 400):
        assert send(b"".join(lines[start : start + 400])).status_code == 200
    in_pieces = set(Call.objects.values_list("external_id", "outcome", "wait_seconds"))
    again = run(exchange, b"".join(lines), file_name="queue_log")
    assert (again.created, again.updated) == (0, 0)
    assert again.unchanged == len(in_pieces)


def test_the_cursor_tells_the_last_line_that_was_stored(send, resume):
    assert resume().json() == NOTHING_YET
    body = lines_of_one_call()
    send(body)
    told = resume().json()
    assert told == {
        "line_sha256": sha256(body.splitlines()[-1]),
        "event_at": "2025-10-24T16:03:40Z",
        "stored_at": "2025-11-10T12:00:00Z",
    }


def test_the_cursor_is_the_same_whatever_the_line_end(send, resume):
    body = lines_of_one_call()
    send(body.replace(b"\n", b"\r\n"))
    assert resume().json()["line_sha256"] == sha256(body.splitlines()[-1])


def test_a_dry_run_moves_no_cursor(send, resume):
    answer = send(lines_of_one_call(answered=False), url=f"{URL}?dry_run=true")
    assert answer.json()["status"] == "checked"
    assert resume().json() == NOTHING_YET
    assert not Call.objects.exists()


def test_lines_that_are_refused_together_move_no_cursor(send, resume):
    answer = send(lines_of_one_call() + b"what is this\n", url=f"{URL}?mode=atomic")
    assert (answer.status_code, answer.json()["code"]) == (422, "rows_refused")
    assert answer.json()["errors"][0]["line"] == 3
    assert resume().json() == NOTHING_YET


def test_the_cursor_is_not_sent_twice_to_who_has_it(send, resume):
    tag = resume()["ETag"]
    assert resume(**{"If-None-Match": tag}).status_code == 304
    send(lines_of_one_call())
    answer = resume(**{"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer["ETag"] != tag


@pytest.mark.parametrize("body", ["", "\n", "\r\n \n"])
def test_no_line_at_all_is_400(send, body):
    answer = send(body)
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
    assert not CallImport.objects.exists()


def test_what_is_no_queue_log_is_422(send, resume):
    answer = send("hello\nworld\n")
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_queue_log")
    assert answer.json()["result"]["status"] == "failed"
    assert resume().json() == NOTHING_YET


def test_a_source_of_another_profile_takes_no_lines(send, resume, source):
    key = TokenFactory(source=source).key
    for answer in (send(lines_of_one_call(), key=key), resume(key=key)):
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_profile")
        assert source.profile in answer.json()["detail"]
    assert not CallImport.objects.exists()


def test_json_is_no_event_line(send):
    answer = send("{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_the_cursor_of_another_source_is_not_told(send, resume, exchange):
    send(lines_of_one_call())
    FeedCursor.objects.update(
        source=type(exchange).objects.create(
            slug="other", name="other", central=exchange.central, profile=exchange.profile
        )
    )
    assert resume().json() == NOTHING_YET
