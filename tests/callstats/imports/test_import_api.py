"""POST /api/v1/call-imports and its answers."""

import csv
import gzip
import io
import json
import uuid
import zlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError

from callstats.calls.models import Call, CallHour, FeedHour
from callstats.feeds.rate_limits import SourceThrottle
from callstats.imports import progress, tasks
from callstats.imports.models import CallImport, ImportState, RefusedRow
from callstats.periods.tasks import compute_month
from tests.factories.callstats import (
    CallImportFactory,
    SourceFactory,
    TokenFactory,
    call,
    canonical_csv,
    canonical_json,
    month_figure,
)

URL = "/api/v1/call-imports"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def token(source):
    return TokenFactory(source=source)


@pytest.fixture
def send(token):
    """`send(body)` posts it with the source's token."""

    def send(body, *, content_type="application/json", url=URL, key=token.key, **headers):
        return Client().post(
            url,
            body,
            content_type=content_type,
            headers={"Authorization": f"Bearer {key}"} | headers,
        )

    return send


@pytest.fixture
def ask(token):
    def ask(url, *, key=token.key, method="get", **headers):
        return getattr(Client(), method)(url, headers={"Authorization": f"Bearer {key}"} | headers)

    return ask


def many(count: int) -> list[dict]:
    return [call(f"c{number}") for number in range(count)]


def assert_problem(answer, *, status: int, code: str):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/problem+json")
    told = answer.json()
    assert {"type", "title", "status", "code", "detail", "request_id"} <= set(told)
    assert (told["status"], told["code"]) == (status, code)
    assert uuid.UUID(told["request_id"])
    assert told["title"]


# --- what is taken ---------------------------------------------------------------


def test_a_small_batch_is_answered_at_once(send):
    answer = send(canonical_json([call("a"), call("b", wait_seconds=-1)]))
    assert answer.status_code == 200
    told = answer.json()
    assert told["status"] == "completed_with_errors"
    assert told["source"] == "pbx"
    assert told["counts"] == {
        "received": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "ignored": 0,
        "pending": 0,
    }
    (error,) = told["errors"]
    assert {key: error[key] for key in ("index", "line", "id", "field", "code", "value")} == {
        "index": 1,
        "line": 2,
        "id": "b",
        "field": "wait_seconds",
        "code": "negative_duration",
        "value": "-1",
    }
    assert error["message"]
    assert (answer["X-Rows-Accepted"], answer["X-Rows-Rejected"]) == ("1", "1")
    assert told["affected_periods"] == ["2025-10"]
    assert told["dry_run"] is False
    assert month_figure().denominator == 1


def test_the_same_batch_twice_changes_nothing(send):
    body = canonical_json(many(3))
    send(body)
    counts = send(body).json()["counts"]
    assert (counts["created"], counts["unchanged"]) == (0, 3)
    assert Call.objects.count() == 3


def test_500_rows_are_answered_at_once_and_501_by_a_worker(send, ask):
    assert send(canonical_json(many(500))).status_code == 200
    answer = send(canonical_json(many(501)))
    assert answer.status_code == 202
    assert answer["Location"] == f"{URL}/{answer.json()['id']}"
    assert int(answer["Retry-After"]) > 0
    later = ask(answer["Location"])
    assert later.status_code == 200
    assert later.json()["status"] == "completed"
    assert later.json()["counts"]["received"] == 501


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "text/csv"])
def test_ndjson_and_csv_are_taken_as_well(send, media_type):
    rows = [call("a"), call("b", wait_seconds=-1)]
    body = {
        "text/csv": canonical_csv(rows),
        "application/x-ndjson": "\n".join(
            json.dumps(row, default=lambda moment: moment.isoformat()) for row in rows
        ),
    }[media_type]
    answer = send(body, content_type=media_type)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["counts"]["created"], told["counts"]["rejected"]) == (1, 1)
    assert told["errors"][0]["id"] == "b"


def test_the_formats_agree_on_the_line_of_an_error(send):
    rows = [call("a"), call("b", wait_seconds=-1)]
    assert send(canonical_csv(rows), content_type="text/csv").json()["errors"][0]["line"] == 3
    assert send(canonical_json(rows)).json()["errors"][0]["line"] == 2


@pytest.mark.parametrize("media_type", ["application/json", "text/csv"])
def test_gzip_is_taken(send, media_type):
    body = canonical_json(many(2)).encode() if "json" in media_type else canonical_csv(many(2))
    answer = send(gzip.compress(body), content_type=media_type, **{"Content-Encoding": "gzip"})
    assert answer.status_code == 200
    assert Call.objects.count() == 2


def test_every_member_of_a_gzip_is_taken(send):
    head, *rows = canonical_csv(many(4)).splitlines(keepends=True)
    body = b"".join(gzip.compress(part) for part in (head, *rows))
    answer = send(body, content_type="text/csv", **{"Content-Encoding": "gzip"})
    assert answer.json()["counts"]["created"] == 4


def test_members_that_are_too_large_together_are_413(send):
    member = gzip.compress(bytes(1 << 20))
    answer = send(member * 6, **{"Content-Encoding": "gzip"})
    assert_problem(answer, status=413, code="too_large")


def test_a_line_of_ndjson_is_one_row_whatever_is_in_it(send):
    line = json.dumps([call(f"c{n}", arrived_at="2025-10-24T12:00:00Z") for n in range(3)])
    answer = send(line, content_type="application/x-ndjson")
    counts = answer.json()["counts"]
    assert (counts["received"], counts["created"], counts["rejected"]) == (1, 0, 1)
    assert not Call.objects.exists()


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "text/csv"])
def test_a_body_of_another_format_than_declared_stores_nothing(send, media_type):
    answer = send(canonical_json(many(2)), content_type=media_type)
    assert answer.status_code in (200, 422)
    assert not Call.objects.exists()


def test_without_a_broker_what_was_stored_is_answered(send, monkeypatch):
    for task in (tasks.run, compute_month):
        monkeypatch.setattr(task, "delay", broker_is_down)
    assert send(canonical_json(many(2))).status_code == 200
    answer = send(canonical_json(many(501)))
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


def broker_is_down(**_):
    raise OperationalError("no broker")


def test_without_a_cache_a_running_import_cannot_hear_but_the_answer_comes(
    ask, source, monkeypatch
):
    def cache_is_down(*_, **__):
        raise redis.ConnectionError

    running = CallImportFactory(source=source, state=ImportState.IMPORTING)
    monkeypatch.setattr(progress, "cache", SimpleNamespace(set=cache_is_down, get=cache_is_down))
    answer = ask(f"{URL}/{running.pk}/cancel", method="post")
    assert (answer.status_code, answer.json()["status"]) == (202, "importing")
    assert answer["Location"].endswith(f"{answer.json()['id']}")


def test_a_source_of_another_profile_takes_canonical_requests(exchange, send):
    token = TokenFactory(source=exchange)
    answer = send(canonical_json([call("a")]), key=token.key)
    assert answer.json()["counts"]["created"] == 1
    assert Call.objects.get().source == exchange


def test_an_empty_batch_with_coverage_is_a_heartbeat(send):
    answer = send(
        canonical_json(
            [], covers_from="2025-11-10T09:00:00+01:00", covers_to="2025-11-10T12:00:00+01:00"
        )
    )
    assert answer.status_code == 200
    assert answer.json()["status"] == "completed"
    assert FeedHour.objects.count() == 3
    assert not CallHour.objects.exists()


def test_an_empty_batch_alone_says_nothing(send):
    assert send(canonical_json([])).json()["counts"]["received"] == 0
    assert not FeedHour.objects.exists()


# --- dry run -----------------------------------------------------------------------


def test_a_dry_run_tells_the_errors_and_stores_no_call(send, ask):
    body = canonical_json([call("a"), call("b", outcome="lost")])
    answer = send(body, url=f"{URL}?dry_run=true")
    assert answer.status_code == 200
    told = answer.json()
    assert told["dry_run"] is True
    assert told["errors"][0]["code"] == "unknown_outcome"
    assert (answer["X-Rows-Accepted"], answer["X-Rows-Rejected"]) == ("1", "1")
    assert told["counts"]["created"] == 1  # what it would be
    assert not Call.objects.exists()
    assert not FeedHour.objects.exists()
    assert told["status"] == ask(f"{URL}/{told['id']}").json()["status"] == "checked"


def test_a_dry_run_tells_what_is_stored_already_and_what_would_change(send):
    send(canonical_json([call("a"), call("b")]))
    told = send(
        canonical_json([call("a"), call("b", wait_seconds=11), call("c")]),
        url=f"{URL}?dry_run=true",
    ).json()
    counts = told["counts"]
    assert (counts["created"], counts["updated"], counts["unchanged"]) == (1, 1, 1)
    assert told["affected_periods"] == ["2025-10"]
    assert Call.objects.count() == 2


def test_a_dry_run_of_many_rows_is_answered_at_once(send):
    answer = send(canonical_json(many(600)), url=f"{URL}?dry_run=true")
    assert answer.status_code == 200
    assert answer["X-Rows-Accepted"] == "600"
    assert not Call.objects.exists()


@pytest.mark.parametrize("word", ["1", "True", "yes", ""])
def test_a_dry_run_asked_for_in_another_word_does_not_store(send, word):
    answer = send(canonical_json([call("a")]), url=f"{URL}?dry_run={word}")
    assert_problem(answer, status=400, code="invalid_parameter")
    assert not Call.objects.exists()


def test_a_misspelt_dry_run_does_not_store(send):
    answer = send(canonical_json([call("a")]), url=f"{URL}?dryrun=true")
    assert_problem(answer, status=400, code="invalid_parameter")
    assert not CallImport.objects.exists()


def test_a_dry_run_of_all_or_none_tells_that_none_would_be_taken(send, ask):
    body = canonical_json([call("a"), call("b", outcome="lost")])
    answer = send(body, url=f"{URL}?dry_run=true&mode=atomic")
    assert_problem(answer, status=422, code="rows_refused")
    told = answer.json()["result"]
    assert (told["status"], told["dry_run"], told["mode"]) == ("checked", True, "atomic")
    assert ask(f"{URL}/{told['id']}").json()["code"] == "rows_refused"


# --- all rows or none ------------------------------------------------------------------


def test_all_or_none_stores_none_when_one_row_is_refused(send, ask):
    body = canonical_json([call("a"), call("b", wait_seconds=-1)])
    answer = send(body, url=f"{URL}?mode=atomic")
    assert_problem(answer, status=422, code="rows_refused")
    told = answer.json()
    assert [(error["index"], error["code"]) for error in told["errors"]] == [
        (1, "negative_duration")
    ]
    assert told["result"]["errors"] == told["errors"]
    assert [answer[f"X-Rows-{name}"] for name in ("Received", "Accepted", "Rejected")] == [
        "2",
        "0",
        "1",
    ]
    assert not Call.objects.exists()
    assert not CallHour.objects.exists()
    kept = ask(told["result"]["errors_url"]).json()["items"]
    assert kept == told["errors"]


def test_all_or_none_stores_all_when_no_row_is_refused(send):
    answer = send(canonical_json(many(2)), url=f"{URL}?mode=atomic")
    assert (answer.status_code, answer.json()["mode"]) == (200, "atomic")
    assert Call.objects.count() == 2


def test_many_rows_all_or_none_fail_where_the_worker_s_result_is_asked_for(send, ask):
    rows = [*many(600), call("bad", outcome="lost")]
    answer = send(canonical_json(rows), url=f"{URL}?mode=atomic")
    assert answer.status_code == 202
    told = ask(answer["Location"]).json()
    assert (told["status"], told["code"]) == ("failed", "rows_refused")
    assert not Call.objects.exists()


# --- what is refused -------------------------------------------------------------------


def test_unknown_fields_are_refused_by_name(send):
    answer = send(canonical_json([call("a", caller="004790000000"), call("b")]))
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"], error["value"]) == ("caller", "unknown_field", None)
    assert answer.json()["counts"]["created"] == 1
    assert "004790000000" not in answer.text


def test_unknown_members_beside_the_calls_are_refused_by_name(send):
    answer = send(canonical_json([call("a")], caller="004790000000"))
    assert_problem(answer, status=400, code="parse_error")
    assert "caller" in answer.json()["detail"]
    assert not CallImport.objects.exists()


def test_an_unknown_column_of_a_csv_is_refused_by_name(send):
    rows = [call("a", caller="004790000000")]
    answer = send(canonical_csv(rows), content_type="text/csv")
    assert_problem(answer, status=422, code="unknown_field")
    assert "caller" in answer.json()["detail"]
    assert not Call.objects.exists()


def test_unmapped_queues_refuse_the_whole_request_with_their_list(send):
    answer = send(canonical_json([call("a"), call("b", queue="ny_ko")]))
    assert_problem(answer, status=422, code="unmapped_queues")
    result = answer.json()["result"]
    assert result["details"] == {"queues": ["ny_ko"], "count": 1}
    assert result["status"] == "failed"
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        {"id": "x" * 500},
        {"queue": "q" * 200},
        {"municipality": "Alver kommune"},
        {"urgency": "u" * 50},
        {"f" * 300: 1},
        {"id": "a\u0000b"},
        {"queue": "a\u0000b"},
        {"wait_seconds": "9" * 400},
        {"arrived_at": "x" * 400},
        {"version": 10**30},
        {"legs": [{"queue": "a", "f" * 100: 1}]},
        {"wait_seconds": float("nan")},
        {"outcome": ["answered"]},
        {"id": {"a": 1}},
    ],
)
def test_a_row_that_no_table_could_hold_is_refused_and_the_next_one_stored(send, row):
    answer = send(canonical_json([call("a") | row, call("b")]))
    assert answer.status_code == 200, answer.content
    assert answer.json()["counts"]["rejected"] == 1
    assert Call.objects.get().external_id == "b"


def test_a_row_too_long_for_its_column_keeps_its_place(send):
    answer = send(canonical_json([call("a"), call("b", queue="q" * 200)]))
    (error,) = answer.json()["errors"]
    assert (error["index"], error["line"], error["field"]) == (1, 2, "queue")


@pytest.mark.parametrize("row", [None, 1, "text", [], {}])
def test_what_is_no_row_is_refused_and_the_next_one_stored(send, row):
    answer = send(canonical_json([row, call("b")]))
    assert answer.json()["counts"]["rejected"] == 1
    assert Call.objects.get().external_id == "b"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '"calls"',
        '{"calls": {}}',
        '{"calls": null}',
        "[" * 100_000,
        b"\xff\xfe\x00",
        b"\x80",
    ],
)
def test_what_is_no_json_of_calls_is_400(send, body):
    assert_problem(send(body), status=400, code="parse_error")
    assert not CallImport.objects.exists()


def test_half_a_character_is_a_problem_and_no_crash(send):
    body = canonical_json([call("a", queue="X")]).replace("X", "\\ud800")
    assert send(body).status_code in (200, 422)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "covers",
    [
        {"covers_from": "2025-11-10T09:00:00Z"},
        {"covers_to": "2025-11-10T09:00:00Z"},
        {"covers_from": "2025-11-10T09:00:00", "covers_to": "2025-11-10T10:00:00"},
        {"covers_from": "2025-11-10T09:00:00Z", "covers_to": "2025-11-10T09:00:00Z"},
        {"covers_from": "2025-11-10T10:00:00Z", "covers_to": "2025-11-10T09:00:00Z"},
        {"covers_from": 1, "covers_to": 2},
        {"covers_from": "0001-01-01T00:00:00+14:00", "covers_to": "9999-12-31T23:59:59-12:00"},
        {"covers_from": "1999-12-31T00:00:00Z", "covers_to": "2000-01-02T00:00:00Z"},
        {"covers_from": "2024-01-01T00:00:00Z", "covers_to": "2025-11-10T00:00:00Z"},
        {"covers_from": "2025-11-10T09:00:00Z", "covers_to": "2025-11-11T12:00:00Z"},
    ],
)
def test_wrong_coverage_is_422_and_notes_no_hour(send, covers):
    answer = send(canonical_json([], **covers))
    assert_problem(answer, status=422, code="invalid_coverage")
    assert not FeedHour.objects.exists()


def test_more_than_5000_rows_are_413(send):
    assert_problem(send(canonical_json(many(5001))), status=413, code="too_large")
    assert not CallImport.objects.exists()


def test_more_than_5_megabytes_are_413(send):
    body = canonical_json([call("a")]).encode() + b" " * (5 << 20)
    assert_problem(send(body), status=413, code="too_large")


def test_a_gzip_bomb_is_413_without_unpacking_it(send):
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    assert len(bomb) < 1 << 20
    answer = send(bomb, **{"Content-Encoding": "gzip"})
    assert_problem(answer, status=413, code="too_large")


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"no gzip", "gzip"),
        (gzip.compress(b'{"calls": []}')[:-9], "gzip"),
        (gzip.compress(b'{"calls": []}') + b"and more", "gzip"),
        (gzip.compress(b'{"calls": []}') + gzip.compress(b" ")[:-9], "gzip"),
    ],
    ids=["no gzip", "cut", "more after it", "its second member cut"],
)
def test_a_packing_that_cannot_be_read_is_400(send, body, encoding):
    answer = send(body, **{"Content-Encoding": encoding})
    assert_problem(answer, status=400, code="parse_error")


def test_another_packing_is_415_and_says_which_one_is_taken(send):
    answer = send(b"{}", **{"Content-Encoding": "br"})
    assert_problem(answer, status=415, code="unsupported_encoding")
    assert answer["Accept-Encoding"] == "gzip"


def test_another_content_type_is_415(send):
    assert_problem(
        send("<calls/>", content_type="text/xml"), status=415, code="unsupported_media_type"
    )


def test_another_method_is_405(ask):
    answer = ask(URL, method="put")
    assert_problem(answer, status=405, code="method_not_allowed")
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_another_kind_of_answer_is_406(ask):
    assert_problem(
        ask(f"{URL}/{uuid.uuid4()}", Accept="image/png"), status=406, code="not_acceptable"
    )


# --- who may ask ------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong.token", "Basic YTpi", "Bearer å"])
def test_without_a_right_token_it_is_401(source, header):
    answer = Client().post(
        URL, canonical_json([]), content_type="application/json", headers={"Authorization": header}
    )
    assert_problem(answer, status=401, code="not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_is_401(send, token):
    token.revoked = True
    token.save()
    assert_problem(send(canonical_json([])), status=401, code="not_authenticated")


def test_an_expired_token_is_401(send, token):
    token.expiry_date = timezone.now() - timedelta(seconds=1)
    token.save()
    assert_problem(send(canonical_json([])), status=401, code="not_authenticated")
    token.expiry_date = timezone.now() + timedelta(days=1)
    token.save()
    assert send(canonical_json([])).status_code == 200


def test_only_the_hash_of_a_token_is_stored(token):
    secret = token.key.partition(".")[2]
    token.refresh_from_db()
    assert secret not in str(vars(token)).replace(f"'key': '{token.key}'", "")


def test_a_login_by_browser_is_no_token(leader, as_person, source):
    answer = as_person(leader).post(URL, canonical_json([]), content_type="application/json")
    assert_problem(answer, status=401, code="not_authenticated")


def test_an_import_of_another_source_is_404(ask, send):
    foreign = CallImportFactory(source=SourceFactory(slug="foreign"))
    for url in (f"{URL}/{foreign.pk}", f"{URL}/{foreign.pk}/rows"):
        assert_problem(ask(url), status=404, code="not_found")
    assert_problem(ask(f"{URL}/{foreign.pk}/cancel", method="post"), status=404, code="not_found")
    assert_problem(ask(f"{URL}/{uuid.uuid4()}"), status=404, code="not_found")
    foreign.refresh_from_db()
    assert foreign.state == ImportState.QUEUED


def test_an_address_that_is_none_is_a_problem_too(ask):
    assert_problem(ask("/api/v1/nothing"), status=404, code="not_found")


def test_too_many_requests_are_429_by_token(send, source, monkeypatch):
    cache.clear()
    monkeypatch.setattr(SourceThrottle, "THROTTLE_RATES", {"call-imports": "2/min"})
    for _ in range(2):
        assert send(canonical_json([])).status_code == 200
    answer = send(canonical_json([]))
    assert_problem(answer, status=429, code="throttled")
    assert int(answer["Retry-After"]) > 0
    other = TokenFactory(source=source)
    assert send(canonical_json([]), key=other.key).status_code == 200
    cache.clear()


# --- looking back ----------------------------------------------------------------------------


def test_the_imports_are_listed_newest_first_in_pages(send, ask, source, clock):
    for number in range(5):
        clock.shift(60)
        send(canonical_json([call(f"c{number}")]))
    CallImportFactory(source=SourceFactory(slug="foreign"))
    newest = [
        str(each.pk) for each in CallImport.objects.filter(source=source).order_by("-created_at")
    ]
    seen, cursor = [], ""
    while cursor is not None:
        page = ask(f"{URL}?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
    assert seen == newest
    assert "errors" not in page["items"][0]


def test_imports_of_the_same_moment_are_listed_once_each(ask, source):
    CallImportFactory.create_batch(5, source=source)
    first = ask(f"{URL}?limit=3").json()
    second = ask(f"{URL}?limit=3&cursor={first['next']}").json()
    assert len({each["id"] for each in first["items"] + second["items"]}) == 5
    assert second["next"] is None


def test_the_list_is_filtered_by_the_status_it_tells(send, ask, source):
    send(canonical_json(many(1)))
    send(canonical_json(many(1)), url=f"{URL}?dry_run=true")
    CallImportFactory(source=source, state=ImportState.CANCELLED)
    for status in ("completed", "checked", "cancelled"):
        listed = ask(f"{URL}?status={status}").json()["items"]
        assert [each["status"] for each in listed] == [status]
    assert len(ask(f"{URL}?status=any").json()["items"]) == 3


@pytest.mark.parametrize(
    "query", ["status=lost", "limit=0", "limit=101", "limit=x", "cursor=x", "cursor=", "cursor=MQ"]
)
def test_a_parameter_that_cannot_be_is_400(ask, query):
    assert_problem(ask(f"{URL}?{query}"), status=400, code="invalid_parameter")


def test_a_finished_import_is_not_sent_twice_to_who_has_it(send, ask):
    url = f"{URL}/{send(canonical_json(many(1))).json()['id']}"
    answer = ask(url)
    again = ask(url, **{"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = ask(url, **{"If-None-Match": answer["ETag"], "Accept-Language": "nb"})
    assert other.status_code == 200


def test_a_waiting_import_is_new_each_time(ask, source):
    url = f"{URL}/{CallImportFactory(source=source).pk}"
    assert ask(url, **{"If-None-Match": ask(url)["ETag"]}).status_code == 200


# --- afterwards ------------------------------------------------------------------------------


def test_every_refused_row_is_listed_as_json_and_csv(send, ask):
    rows = [call(f"c{number}", wait_seconds=-1) for number in range(150)]
    told = send(canonical_json(rows)).json()
    assert told["errors_truncated"] is True
    assert len(told["errors"]) == 100
    url = f"{URL}/{told['id']}/rows?status=rejected"
    first = ask(url).json()
    second = ask(f"{url}&cursor={first['next']}").json()
    assert (len(first["items"]), second["next"]) == (100, None)
    listed = first["items"] + second["items"]
    assert listed == ask(f"{url}&limit=150").json()["items"]
    assert [row["index"] for row in listed] == list(range(150))
    answer = ask(url, Accept="text/csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [line["id"] for line in lines] == [row["id"] for row in listed]
    assert_problem(ask(url.replace("rejected", "stored")), status=400, code="invalid_parameter")


def test_a_problem_is_json_also_for_who_asks_for_csv(ask):
    answer = ask(f"{URL}/{uuid.uuid4()}/rows", Accept="text/csv")
    assert_problem(answer, status=404, code="not_found")


def test_a_waiting_import_can_be_cancelled_once(ask, source):
    waiting = CallImportFactory(source=source)
    url = f"{URL}/{waiting.pk}/cancel"
    answer = ask(url, method="post")
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert_problem(ask(url, method="post"), status=409, code="wrong_state")


def test_an_import_is_traced_to_its_channel_and_file(send):
    body = canonical_json(many(1))
    told = send(body).json()
    kept = CallImport.objects.get(pk=told["id"])
    assert (kept.channel, kept.file_format, kept.size_bytes) == ("api", "json", len(body))
    assert not RefusedRow.objects.exists()
