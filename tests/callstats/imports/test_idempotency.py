"""Idempotency-Key: one request, one import, one answer."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from callstats.calls.models import Call
from callstats.imports import at_once, idempotency, operations, tasks
from callstats.imports.models import CallImport, ImportState
from callstats.imports.turns import CentralIsBusy
from legevakt.lib import locks
from tests.factories.callstats import SourceFactory, TokenFactory, call, canonical_json

URL = "/api/v1/call-imports"
BODY = canonical_json([call("a"), call("b", wait_seconds=-1)])


@pytest.fixture
def token(source):
    return TokenFactory(source=source)


@pytest.fixture
def send(token):
    def send(body=BODY, *, key="night-1", url=URL, token=token.key, **headers):
        headers |= {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        return Client().post(url, body, content_type="application/json", headers=headers)

    return send


def without_request_id(answer) -> dict:
    return {name: value for name, value in answer.json().items() if name != "request_id"}


def is_replay(answer) -> bool:
    return answer.headers.get("Idempotency-Replayed") == "true"


def test_the_same_request_is_answered_as_before_and_makes_no_second_import(send):
    first, second = send(), send()
    assert (first.status_code, second.status_code) == (200, 200)
    assert (is_replay(first), is_replay(second)) == (False, True)
    assert first.json() == second.json()
    for name in ("Received", "Accepted", "Rejected", "Created", "Updated", "Unchanged"):
        assert first[f"X-Rows-{name}"] == second[f"X-Rows-{name}"]
    assert CallImport.objects.count() == 1


def test_a_refusal_is_repeated_too(send):
    url = f"{URL}?mode=atomic"
    first, second = send(url=url), send(url=url)
    assert (first.status_code, second.status_code) == (422, 422)
    assert is_replay(second)
    assert without_request_id(first) == without_request_id(second)


def test_a_dry_run_is_repeated_too(send):
    url = f"{URL}?dry_run=true"
    first, second = send(url=url), send(url=url)
    assert is_replay(second)
    assert first.json() == second.json()


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (canonical_json([call("a")]), URL),
        (BODY, f"{URL}?mode=atomic"),
        (BODY, f"{URL}?dry_run=true"),
    ],
    ids=["another body", "another mode", "only looked at"],
)
def test_the_key_of_another_request_is_422(send, body, url):
    send()
    answer = send(body, url=url)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert not is_replay(answer)
    assert CallImport.objects.count() == 1


def test_a_key_belongs_to_the_source_not_to_the_token(send, source):
    first = send()
    assert is_replay(send(token=TokenFactory(source=source).key))
    other = send(token=TokenFactory(source=SourceFactory(slug="other")).key)
    assert not is_replay(other)
    assert other.json()["id"] != first.json()["id"]


def test_the_quotation_marks_of_the_draft_are_not_part_of_the_key(send):
    send(key="night-1")
    assert is_replay(send(key='"night-1"'))


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a\tb", "nøkkel"])
def test_a_key_that_cannot_be_kept_is_400(send, key):
    answer = send(key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_idempotency_key")
    assert not CallImport.objects.exists()


def test_without_a_key_each_request_is_an_import(token):
    for _ in range(2):
        Client().post(
            URL,
            BODY,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token.key}"},
        )
    assert CallImport.objects.count() == 2


def test_a_queued_request_is_202_at_the_same_place_until_and_after_it_ends(send, monkeypatch):
    body = canonical_json([call(f"c{number}") for number in range(501)])
    monkeypatch.setattr(tasks.run, "delay", lambda **_: None)
    first, second = send(body), send(body)
    tasks.run(import_id=first.json()["id"])
    third = send(body)
    assert [answer.status_code for answer in (first, second, third)] == [202, 202, 202]
    assert first["Location"] == second["Location"] == third["Location"]
    assert [answer.json()["status"] for answer in (first, second, third)] == [
        "queued",
        "queued",
        "completed",
    ]
    assert is_replay(second)
    assert third["X-Rows-Created"] == "501"


@pytest.mark.parametrize("code", idempotency.OPENED_AGAIN)
def test_what_failed_by_our_fault_is_tried_again(send, code):
    told = send().json()
    Call.objects.all().delete()
    CallImport.objects.filter(pk=told["id"]).update(
        state=ImportState.FAILED, error_code=code, attempts=5, finished_at=timezone.now()
    )
    answer = send()
    assert (answer.status_code, answer.json()["id"]) == (200, told["id"])
    assert not is_replay(answer)
    assert answer.json()["counts"]["created"] == 1
    assert answer.json()["code"] == ""


def test_what_was_queued_and_never_run_is_run_by_the_repeat(send, is_queued):
    first, second = send(), send()
    assert (first.status_code, second.status_code) == (202, 200)
    assert second.json()["counts"]["created"] == 1
    assert CallImport.objects.count() == 1


@pytest.fixture
def is_queued(monkeypatch):
    """A longer import of the central is under way when the first request comes."""
    take_turn, asked = at_once.take_turn, []

    def no_turn_at_first(**options):
        asked.append(options)
        if len(asked) == 1:
            raise CentralIsBusy
        take_turn(**options)

    monkeypatch.setattr(at_once, "take_turn", no_turn_at_first)
    monkeypatch.setattr(tasks.run, "delay", lambda **_: None)


def test_a_request_that_stumbles_leaves_its_key_free(send, monkeypatch):
    monkeypatch.setattr(at_once.storing, "complete", stumble)
    with pytest.raises(RuntimeError):
        send()
    monkeypatch.undo()
    assert not CallImport.objects.exists()
    answer = send()
    assert (answer.status_code, answer.json()["counts"]["created"]) == (200, 1)
    assert not is_replay(answer)


def stumble(**_):
    raise RuntimeError


def test_a_key_is_free_again_after_thirty_days(send, clock):
    send()
    clock.shift(timedelta(days=30) - timedelta(seconds=1))
    assert idempotency.forget_old_keys(at=timezone.now()) == 0
    clock.shift(timedelta(seconds=2))
    assert idempotency.forget_old_keys(at=timezone.now()) == 1
    assert not is_replay(send())
    assert CallImport.objects.count() == 2


def in_another_session(work) -> None:
    """Run `work` in a thread, which has a database session of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_worked_on_the_second_is_409(send, is_queued):
    told = send().json()
    answers = []
    with locks.only_one(operations.lock_name(CallImport.objects.get(pk=told["id"]))):
        in_another_session(lambda: answers.append(send()))
    (second,) = answers
    assert (second.status_code, second.json()["code"]) == (409, "in_progress")
    assert int(second["Retry-After"]) > 0
    assert send().json()["counts"]["created"] == 1
    assert CallImport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_the_database_lets_one_in(send, monkeypatch):
    """The first look finds no import; the other one comes between it and the storing."""
    made_by = idempotency.made_by
    looks = []

    def made_by_nobody_yet(**asked):
        looks.append(asked)
        if len(looks) == 1:
            in_another_session(send)
            return None
        return made_by(**asked)

    monkeypatch.setattr(idempotency, "made_by", made_by_nobody_yet)
    answer = send()
    assert answer.status_code == 200
    assert is_replay(answer)
    assert CallImport.objects.count() == Call.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_clients_at_once_make_one_import(send):
    answers, start = [], threading.Barrier(4)

    def ask():
        start.wait(timeout=30)
        answers.append(send())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}
    assert CallImport.objects.count() == Call.objects.count() == 1
