#!/usr/bin/env python3
"""Follow an Asterisk queue_log and send its lines to Legevakt.

    queue_log_tail.py --url https://legevakt.example --log /var/log/asterisk/queue_log

One file, Python 3.9 or newer, nothing to install; docs/clients.md tells how to run it. It keeps
no state of its own: the server knows the last line it stored, and sending a line twice does no
harm. Where in doubt it therefore sends again, and never leaves a line out.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import http.client
import json
import logging
import os
import random
import re
import signal
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

EVENTS, CURSOR = "/api/v1/call-events", "/api/v1/call-events/cursor"
MOST_LINES = 500
LONGEST_PAUSE = 300.0
TIMEOUT_SECONDS = 60
A_DAY = 86_400
TRIES_ONCE = 6
LOOPBACK = ("localhost", "127.0.0.1", "::1")
REFUSED, WRONG_USE, TRY_LATER = 1, 2, 75
EVENT_LINE = re.compile(rb"\d+\|[^|]*\|[^|]*\|[^|]*\|[A-Z]")
CHANCE = random.SystemRandom()
log = logging.getLogger("queue_log_tail")


class Refused(Exception):
    """The server said no, and asking again would not help."""


class GaveUp(Exception):
    """The server could not be reached, and we were told to stop, or to try only so often."""


class Moved(Exception):
    """The file we stood in was rotated away, compressed or truncated."""


class Log:
    """The queue_log and its rotated siblings, as one stream of whole lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: BinaryIO | None = None
        self.last = b""  # the line before the place we stand at

    def files(self) -> list[Path]:
        """Those that are not empty, the oldest first, and last the one written to now.

        By the time in their first line: .0 is the newest to some and the oldest to others.
        """
        name = re.compile(re.escape(self.path.name) + r"[.-]\d[\d-]*(\.gz)?")
        folder = sorted(self.path.parent.iterdir())
        rotated = [each for each in folder if name.fullmatch(each.name) and each.stat().st_size]
        return sorted(rotated, key=begun_at) + [self.path] * self.path.exists()

    def resume(self, mark: str, *, since: float = 0.0) -> bool:
        """Stand after the first line with the mark, in files changed later than `since`."""
        for path in self.files():
            if path.stat().st_mtime >= since:
                for line in whole_lines(self._open(path)):
                    if mark_of(line) == mark:
                        self.last = line
                        return True
        return False

    def begin(self) -> None:
        """Stand before the oldest line there is."""
        for path in self.files()[:1]:
            self._open(path)

    def end(self) -> None:
        """Stand after the newest whole line."""
        for line in whole_lines(self._open(self.path)):
            self.last = line

    def take(self, most: int) -> list[bytes]:
        """The next whole lines. One without line end is still being written, and waits."""
        taken: list[bytes] = []
        try:
            if self.file is None:
                self.begin()
            self._check()
            while len(taken) < most and (line := self._line()):
                self.last = line
                taken.append(line)
        except Moved:
            log.info("the log was rotated; finding the place again")
            if not self.resume(mark_of(self.last)):
                self.begin()
            return taken + self.take(most - len(taken))
        return taken

    def close(self) -> None:
        """Stand nowhere."""
        if self.file is not None:
            self.file.close()
        self.file = None

    def _open(self, path: Path) -> BinaryIO:
        self.close()
        self.file = opened(path)
        return self.file

    def _line(self) -> bytes:
        """The next line, of this file or the one after it; empty where there is none yet."""
        while self.file is not None:
            line = whole_line(self.file)
            following = None if line else self._following()
            line = line or whole_line(self.file)  # written here before the next file was begun
            if line or following is None:
                return line
            self._open(following)
        return b""

    def _following(self) -> Path | None:
        """The file after this one, once something is written there. Raises Moved."""
        files = self.files()
        here = os.fstat(self.file.fileno())
        places = [n for n, path in enumerate(files) if os.path.samestat(path.stat(), here)]
        if not places:
            raise Moved  # packed, or deleted
        after = files[places[0] + 1 :]
        return after[0] if after and after[0].stat().st_size else None

    def _check(self) -> None:
        """Raises Moved where the line before our place is there no more: the file was emptied."""
        if self.file is None or isinstance(self.file, gzip.GzipFile):
            return
        at = self.file.tell()
        if at >= len(self.last):
            self.file.seek(at - len(self.last))
            if self.file.read(len(self.last)) != self.last:
                raise Moved


class Server:
    """The API; asks again after growing pauses while an answer may still come."""

    def __init__(self, url: str, token: str, *, stop: threading.Event, tries: int | None) -> None:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        self.connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self.host, self.port, self.root = parts.hostname, parts.port, parts.path.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}", "User-Agent": "queue_log_tail/1"}
        self.stop, self.tries = stop, tries

    def cursor(self) -> dict:
        """`line_sha256` and `event_at` of the last line stored; nulls for a new source."""
        return self._ask("GET", CURSOR, needed="line_sha256")[1]

    def send(self, lines: list[bytes]) -> dict:
        """Send a batch and wait until it is stored. Raises Refused, GaveUp."""
        headers = {
            "Content-Type": "text/plain",
            "Content-Encoding": "gzip",
            "Idempotency-Key": str(uuid.uuid4()),  # a new one a batch, the same one a retry
        }
        status, told, given = self._ask("POST", EVENTS, gzip.compress(b"".join(lines)), headers)
        while status == 202 and told.get("status") in ("queued", "importing"):
            if self.stop.wait(seconds(given.get("Retry-After"), otherwise=2.0)):
                raise GaveUp("told to stop while the server was storing the lines")
            place = urlsplit(given.get("Location", place_of(told))).path
            _, told, _ = self._ask("GET", place)
        if told.get("status") in ("failed", "cancelled"):
            raise Refused(f"{told['status']}: {told.get('code')}: {told.get('message')}")
        return told

    def _ask(self, method: str, path: str, body=None, headers=None, *, needed: str = "status"):
        """Status, what is told, and headers of an answer that is one of Legevakt's."""
        for attempt in count(1):
            try:
                status, told, given = self._once(method, path, body, headers or {})
                if 200 <= status < 300 and needed in told:
                    return status, told, given
                why, after = f"HTTP {status} {told.get('code', '')}".strip(), given["Retry-After"]
                if not is_passing(status, after):
                    raise Refused(f"{why}: {told.get('detail') or told.get('title') or ''}")
            except (OSError, http.client.HTTPException) as error:
                why, after = f"{type(error).__name__}: {error}", None
            if self.stop.is_set() or attempt == self.tries:
                raise GaveUp(why)
            pause = seconds(after, otherwise=CHANCE.uniform(0.5, 1) * 2 ** min(attempt, 9))
            log.warning("%s; trying again in %.0f s", why, pause)
            self.stop.wait(min(pause, LONGEST_PAUSE))
        raise AssertionError("not reached")

    def _once(self, method: str, path: str, body: bytes | None, headers: dict):
        connection = self.connect(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            prefix = "" if self.root and path.startswith(self.root + "/") else self.root
            connection.request(method, prefix + path, body, {**self.headers, **headers})
            answer = connection.getresponse()
            return answer.status, dictionary(answer.read()), answer.headers
        finally:
            connection.close()


def follow(queue_log: Log, server: Server, *, every: float, once: bool) -> None:
    """Send what is there in batches, then (unless `once`) what comes, every so many seconds."""
    while not server.stop.is_set():
        try:
            lines = queue_log.take(MOST_LINES)
        except OSError as error:  # in the middle of a rotation; the next look will see it whole
            log.warning("the log cannot be read now: %s", error)
            lines = []
        events = [line for line in lines if EVENT_LINE.match(line)]
        if len(events) < len(lines):
            log.warning("%d lines are no events and are left out", len(lines) - len(events))
        if events:
            told = server.send(events)
            counts = ", ".join(f"{name} {n}" for name, n in told.get("counts", {}).items() if n)
            log.info("%d lines sent: %s; %s", len(events), told.get("status"), counts)
        if len(lines) < MOST_LINES:
            if once:
                return
            server.stop.wait(every)


def stand(queue_log: Log, cursor: dict, *, from_start: bool, once: bool) -> None:
    """Go to where the server knows the log to; raises Refused where that cannot be said."""
    mark = cursor.get("line_sha256")
    if mark:
        known = cursor.get("event_at")
        since = datetime.fromisoformat(known.replace("Z", "+00:00")).timestamp() if known else 0
        if queue_log.resume(mark, since=since - A_DAY) or queue_log.resume(mark):
            return
        log.warning("the last line that was stored is in no file; sending all there is")
        queue_log.begin()
    elif from_start:
        queue_log.begin()
    elif once:
        raise Refused("nothing was ever sent; run it with --from-start the first time")
    elif queue_log.path.exists():
        queue_log.end()


def begun_at(path: Path) -> tuple[float, int]:
    """The epoch in the first line, which no rotation changes; else when the file was changed."""
    changed = path.stat()
    try:
        with opened(path) as file:
            return float(file.readline().split(b"|")[0]), changed.st_mtime_ns
    except (ValueError, OSError, EOFError):
        return changed.st_mtime, changed.st_mtime_ns


def opened(path: Path) -> BinaryIO:
    """The file as it is unpacked."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def whole_line(file: BinaryIO) -> bytes:
    """The next line, if its end is written; else empty, and the place stays."""
    at = file.tell()
    try:
        line = file.readline()
    except EOFError:  # a .gz that is still being packed; its plain file is there too
        return b""
    if line.endswith(b"\n"):
        return line
    file.seek(at)
    return b""


def whole_lines(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: whole_line(file), b"")


def is_passing(status: int, after: str | None) -> bool:
    """Whether the same request may be answered otherwise later (a 2xx: somebody else's page)."""
    return status < 300 or status in (408, 429) or status >= 500 or (status == 409 and bool(after))


def mark_of(line: bytes) -> str:
    """As the server marks the line it stored last: by its first five fields, not the caller."""
    fields = line.rstrip(b"\r\n \t").strip(b"\r").split(b"|")[:5]
    return hashlib.sha256(b"|".join(fields)).hexdigest()


def seconds(text: str | None, *, otherwise: float) -> float:
    """Retry-After, when it is a number."""
    return float(text) if text and text.isdigit() else otherwise


def dictionary(data: bytes) -> dict:
    """The answer; a proxy in between may send something else than JSON."""
    try:
        told = json.loads(data)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def place_of(told: dict) -> str:
    return f"/api/v1/call-imports/{told.get('id')}"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Follow an Asterisk queue_log and send its lines to Legevakt."
    )
    parser.add_argument("--url", required=True, help="https://legevakt.example")
    parser.add_argument("--log", required=True, type=Path, help="/var/log/asterisk/queue_log")
    parser.add_argument("--token-file", type=Path, help="else the variable LEGEVAKT_TOKEN")
    parser.add_argument("--every", type=float, default=10.0, help="seconds between looks (10)")
    parser.add_argument("--once", action="store_true", help="send what is there, then end (cron)")
    parser.add_argument(
        "--from-start", action="store_true", help="where nothing was sent before: all there is"
    )
    parser.add_argument("--quiet", action="store_true", help="log only what is wrong")
    given = parser.parse_args()
    given.token = os.environ.get("LEGEVAKT_TOKEN", "")
    if given.token_file:
        given.token = given.token_file.read_text(encoding="ascii")
    given.token = given.token.strip()
    if not given.token:
        parser.error("put the token into LEGEVAKT_TOKEN or a --token-file")
    url = urlsplit(given.url)
    if url.scheme != "https" and (url.scheme != "http" or url.hostname not in LOOPBACK):
        parser.error("the token is only sent over https")
    return given


def main() -> int:
    given = options()
    level = logging.WARNING if given.quiet else logging.INFO
    logging.basicConfig(level=level, format="%(levelname)s %(message)s")
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    tries = TRIES_ONCE if given.once else None
    server, queue_log = Server(given.url, given.token, stop=stop, tries=tries), Log(given.log)
    try:
        stand(queue_log, server.cursor(), from_start=given.from_start, once=given.once)
        follow(queue_log, server, every=given.every, once=given.once)
    except Refused as refusal:
        log.error("stopped: %s", refusal)
        return REFUSED
    except GaveUp as why:
        log.warning("ended for now: %s", why)
        return 0 if stop.is_set() else TRY_LATER
    finally:
        queue_log.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
