"""clients/queue_log_tail.py: what it sends, from where, and what it does when all is not well."""

import ast
import gzip
import hashlib
import os
import sys
import threading

import pytest

from tests.clients.conftest import CLIENT, event, events
from tests.clients.stub_server import CUT, DONE, Stub, serving

PROBLEM = {"title": "No.", "detail": "The token is revoked.", "code": "not_authenticated"}


@pytest.fixture
def run(tail, log_file, stop):
    """`run(stub)` sends once what is there; `from_start` unless told otherwise."""

    def run(stub, *, from_start=True, tries=None):
        with serving(stub):
            server = tail.Server(stub.url, "a.b", stop=stop, tries=tries)
            log = tail.Log(log_file)
            try:
                tail.stand(log, server.cursor(), from_start=from_start, once=True)
                tail.follow(log, server, every=1, once=True)
            finally:
                log.close()
        return stub

    return run


def mark(line: bytes) -> str:
    return hashlib.sha256(b"|".join(line.rstrip(b"\n").split(b"|")[:5])).hexdigest()


def test_it_is_read_by_python_3_9_and_needs_nothing_to_be_installed():
    tree = ast.parse(CLIENT.read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


# --- what is sent, and from where --------------------------------------------------


def test_all_there_is_goes_in_batches_of_500_lines(run, log_file):
    log_file.write_bytes(events(0, 1201))
    stub = run(Stub())
    assert [batch.count(b"\n") for batch in stub.batches] == [500, 500, 201]
    assert b"".join(stub.batches) == events(0, 1201)
    assert len(set(stub.keys)) == 3


def test_a_line_that_is_still_being_written_is_not_sent(run, log_file):
    log_file.write_bytes(events(0, 3) + event(3)[:-5])
    stub = run(Stub())
    assert stub.lines == events(0, 3).splitlines(keepends=True)
    log_file.write_bytes(events(0, 5))
    assert run(stub).lines == events(0, 5).splitlines(keepends=True)


def test_a_second_run_sends_nothing_again(run, log_file):
    log_file.write_bytes(events(0, 3))
    stub = run(Stub())
    assert len(run(stub).batches) == 1


def test_it_resumes_after_the_line_that_was_stored_last(run, log_file):
    log_file.write_bytes(events(0, 10))
    assert run(Stub(cursor=mark(event(6)))).lines == [event(7), event(8), event(9)]


def test_it_resumes_after_the_first_of_equal_lines(run, log_file):
    log_file.write_bytes(event(0) + event(1) * 3 + event(2))
    assert run(Stub(cursor=mark(event(1)))).lines == [event(1), event(1), event(2)]


@pytest.mark.parametrize("names", [(".1", ".0"), (".0", ".1"), ("-20251023", "-20251024")])
def test_it_resumes_in_a_rotated_file_whatever_its_name(run, log_file, names):
    older, newer = (log_file.with_name(log_file.name + name) for name in names)
    older.write_bytes(events(0, 4))
    newer.write_bytes(events(4, 8))
    log_file.write_bytes(events(8, 10))
    sent = run(Stub(cursor=mark(event(2)))).lines
    assert sent == events(3, 10).splitlines(keepends=True)


def test_it_resumes_in_a_packed_file(run, log_file):
    log_file.with_name("queue_log.2.gz").write_bytes(gzip.compress(events(0, 4)))
    log_file.with_name("queue_log.1").write_bytes(events(4, 8))
    log_file.with_name("queue_log.conf").write_bytes(b"not a log\n")
    log_file.write_bytes(b"")
    assert run(Stub(cursor=mark(event(2)))).lines == events(3, 8).splitlines(keepends=True)


def test_where_the_line_is_gone_everything_is_sent_again(run, log_file, told):
    log_file.write_bytes(events(5, 8))
    assert run(Stub(cursor=mark(event(1)))).lines == events(5, 8).splitlines(keepends=True)
    assert "sending all there is" in told.text


def test_once_without_a_beginning_says_so(run, log_file, tail):
    log_file.write_bytes(events(0, 3))
    with pytest.raises(tail.Refused, match="--from-start"):
        run(Stub(), from_start=False)


def test_what_is_no_event_is_left_out_and_counted(run, log_file, told):
    log_file.write_bytes(event(0) + b"\n" + b"noise\n" + event(1))
    assert run(Stub()).lines == [event(0), event(1)]
    assert "2 lines are no events" in told.text


def test_no_content_of_a_line_is_logged(run, log_file, told):
    log_file.write_bytes(events(0, 3))
    run(Stub((500, {}, {})))
    assert "sent" in told.text
    assert "4700000000" not in told.text


# --- while it grows ------------------------------------------------------------------


@pytest.fixture
def log(tail, log_file):
    log_file.write_bytes(events(0, 3))
    log = tail.Log(log_file)
    assert log.take(500) == events(0, 3).splitlines(keepends=True)
    yield log
    log.close()


def grow(path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def test_new_lines_come_as_they_are_written(log, log_file):
    assert log.take(500) == []
    grow(log_file, event(3) + event(4)[:10])
    assert log.take(500) == [event(3)]
    grow(log_file, event(4)[10:])
    assert log.take(500) == [event(4)]


def test_a_rotated_file_is_read_to_its_end_before_the_next(log, log_file):
    grow(log_file, event(3))
    rotated = log_file.rename(log_file.with_name("queue_log.0"))
    log_file.write_bytes(b"")
    assert log.take(500) == [event(3)]
    grow(rotated, event(4))  # the telephone system has not opened the new one yet
    assert log.take(500) == [event(4)]
    grow(rotated, event(5))
    grow(log_file, event(6))
    assert log.take(500) == [event(5), event(6)]


def test_two_rotations_between_two_looks_lose_nothing(log, log_file):
    grow(log_file, event(3))
    log_file.rename(log_file.with_name("queue_log.2"))
    log_file.with_name("queue_log.1").write_bytes(event(4))
    log_file.write_bytes(event(5))
    assert log.take(500) == [event(3), event(4), event(5)]


def test_a_file_that_was_packed_meanwhile_is_gone_on_with(log, log_file):
    grow(log_file, event(3))
    log_file.with_name("queue_log-20251024.gz").write_bytes(gzip.compress(log_file.read_bytes()))
    log_file.unlink()
    log_file.write_bytes(event(4))
    assert [*log.take(500), *log.take(500)][-1] == event(4)


@pytest.mark.parametrize("grown", [events(4, 5), events(4, 40)])
def test_a_file_that_was_copied_and_emptied_loses_nothing(log, log_file, grown):
    grow(log_file, event(3))
    log_file.with_name("queue_log.1").write_bytes(log_file.read_bytes())
    os.truncate(log_file, 0)
    grow(log_file, grown)
    assert log.take(500) == (event(3) + grown).splitlines(keepends=True)


def test_a_file_that_was_emptied_without_a_copy_is_read_from_its_beginning(log, log_file):
    os.truncate(log_file, 0)
    assert log.take(500) == []
    grow(log_file, event(3))
    assert log.take(500) == [event(3)]


# --- when the server is unwell ----------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        (500, {}, {}),
        (503, b"<html>", {}),
        (429, {}, {"Retry-After": "7"}),
        (409, {"code": "in_progress"}, {"Retry-After": "2"}),
        (200, b"<html>Log in to the network</html>", {}),
        CUT,
    ],
    ids=["500", "503", "429", "409 in progress", "a page of somebody else", "cut connection"],
)
def test_what_may_pass_is_tried_again_with_the_same_key(run, log_file, stop, fault):
    log_file.write_bytes(events(0, 3))
    stub = run(Stub(fault, fault))
    assert stub.lines[-3:] == events(0, 3).splitlines(keepends=True)
    assert len(stub.keys) == 3
    assert len(set(stub.keys)) == 1
    if fault[0] == 429:
        assert stop.pauses == [7, 7]
    elif fault[0] != 409:
        assert 1 <= stop.pauses[0] <= 2 <= stop.pauses[1] <= 4


def test_the_pauses_grow_and_have_an_end(run, log_file, stop):
    log_file.write_bytes(events(0, 1))
    run(Stub(*[(500, {}, {})] * 15))
    assert stop.pauses[4] > stop.pauses[1]
    assert max(stop.pauses) <= 300


@pytest.mark.parametrize("status", [301, 400, 401, 403, 409, 413, 422])
def test_what_will_not_pass_stops_it_with_the_servers_reason(run, log_file, tail, status):
    log_file.write_bytes(events(0, 3))
    with pytest.raises(tail.Refused, match=f"HTTP {status} .*The token is revoked"):
        run(Stub((status, PROBLEM, {})))


def test_a_batch_taken_for_later_is_waited_for(run, log_file, stop):
    log_file.write_bytes(events(0, 3))
    place = {"Location": "/api/v1/call-imports/7", "Retry-After": "3"}
    stub = Stub((202, {"status": "queued"}, place))
    stub.polls.extend([(200, {"status": "importing"}, {}), (200, DONE, {})])
    run(stub)
    assert len(stub.keys) == 1
    assert stop.pauses[0] == 3
    assert not stub.polls


def test_a_batch_that_failed_later_stops_it(run, log_file, tail):
    log_file.write_bytes(events(0, 3))
    stub = Stub((202, {"status": "queued"}, {"Location": "/api/v1/call-imports/7"}))
    stub.polls.append((200, {"status": "failed", "code": "unmapped_queues", "message": "main"}, {}))
    with pytest.raises(tail.Refused, match="unmapped_queues"):
        run(stub)


def test_once_gives_up_after_some_tries(run, log_file, tail):
    log_file.write_bytes(events(0, 1))
    with pytest.raises(tail.GaveUp, match="HTTP 500"):
        run(Stub(*[(500, {}, {})] * 9), tries=3)


def test_who_is_told_to_stop_ends_after_the_batch(tail, log_file, stop):
    log_file.write_bytes(events(0, 1600))
    stop.most = 1
    stub = Stub((500, {}, {}))
    with serving(stub):
        server = tail.Server(stub.url, "a.b", stop=stop, tries=None)
        log = tail.Log(log_file)
        tail.follow(log, server, every=1, once=False)
        log.close()
    assert [batch.count(b"\n") for batch in stub.batches] == [500]


# --- how it is started --------------------------------------------------------------------


@pytest.fixture
def start(tail, monkeypatch, log_file):
    def start(*arguments, **environment):
        monkeypatch.setenv("LEGEVAKT_TOKEN", environment.get("token", "a.b"))
        monkeypatch.setattr(sys, "argv", ["tail", "--log", str(log_file), *arguments])
        assert threading.current_thread() is threading.main_thread()
        return tail.main()

    return start


def test_the_token_comes_from_a_file_too(start, log_file, tmp_path, monkeypatch):
    log_file.write_bytes(events(0, 1))
    secret = tmp_path / "token"
    secret.write_text("c.d\n")
    with serving(Stub()) as stub:
        code = start("--url", stub.url, "--token-file", str(secret), "--once", "--from-start")
    assert code == 0
    assert stub.lines == [event(0)]


@pytest.mark.parametrize("url", ["http://legevakt.example", "legevakt.example", "ftp://localhost"])
def test_the_token_is_not_sent_in_clear(start, url, capsys):
    with pytest.raises(SystemExit):
        start("--url", url)
    assert "https" in capsys.readouterr().err


def test_without_a_token_it_says_where_to_put_it(start, capsys):
    with pytest.raises(SystemExit):
        start("--url", "https://legevakt.example", token="")
    assert "LEGEVAKT_TOKEN" in capsys.readouterr().err


def test_a_refusal_is_its_exit_code(start, log_file, caplog):
    log_file.write_bytes(events(0, 1))
    with serving(Stub((401, PROBLEM, {}))) as stub:
        assert start("--url", stub.url, "--once", "--from-start") == 1
    assert "The token is revoked" in caplog.text
