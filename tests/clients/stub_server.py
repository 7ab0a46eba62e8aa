"""A stand-in for Legevakt that answers as it is told to, and keeps what it was sent."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CUT = "cut"
DONE = {"status": "completed", "counts": {"received": 1}}


class Stub:
    """`answers` are given to POST one by one, then every batch is stored.

    An answer is (status, body, headers), or CUT: the connection ends without one.
    """

    def __init__(self, *answers, cursor: str | None = None) -> None:
        self.answers = deque(answers)
        self.line_sha256 = cursor
        self.batches: list[bytes] = []
        self.keys: list[str] = []
        self.polls: deque = deque()
        self.url = ""

    def posted(self, handler) -> tuple | str:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        assert handler.headers["Content-Encoding"] == "gzip"
        self.keys.append(handler.headers["Idempotency-Key"])
        answer = self.answers.popleft() if self.answers else (200, DONE, {})
        if answer != CUT and answer[0] in (200, 202):
            self.stored(gzip.decompress(body))
        return answer

    def stored(self, data: bytes) -> None:
        self.batches.append(data)
        last = data.rstrip(b"\r\n \t").rpartition(b"\n")[2].strip(b"\r")
        self.line_sha256 = hashlib.sha256(b"|".join(last.split(b"|")[:5])).hexdigest()

    def asked(self, path: str) -> tuple:
        if path.endswith("/cursor"):
            return 200, {"line_sha256": self.line_sha256, "event_at": None}, {}
        return self.polls.popleft() if self.polls else (200, DONE, {})

    @property
    def lines(self) -> list[bytes]:
        return b"".join(self.batches).splitlines(keepends=True)


@contextmanager
def serving(stub: Stub):
    """The stub on a free port; `stub.url` tells where."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.tell(stub.posted(self))

        def do_GET(self):
            self.tell(stub.asked(self.path))

        def tell(self, answer):
            if answer == CUT:
                return
            status, body, headers = answer
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(data))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        stub.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield stub
        finally:
            server.shutdown()
            thread.join()
