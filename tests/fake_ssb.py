"""Statistics Norway's API as PxWebApi v2 answers for table 07459: a real HTTP server."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PATH = "/api/pxwebapi/v2/tables/07459/data"


class FakeSsb(ThreadingHTTPServer):
    """`published`: year → number → inhabitants. `answers` come first, as (status, body)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.published: dict[str, dict[str, int]] = {}
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[dict[str, list[str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/pxwebapi/v2"

    def answer_to(self, path: str, body: bytes) -> tuple[int, bytes]:
        """The status and the body. A code that the table lacks makes the whole question wrong."""
        parts = urlsplit(path)
        if parts.path != PATH or parse_qs(parts.query).get("outputFormat") != ["json-stat2"]:
            return 404, b'{"title": "Non-existent table"}'
        told = json.loads(body)["selection"]
        chosen = {each["variableCode"]: each["valueCodes"] for each in told}
        self.asked.append(chosen)
        if self.answers:
            return self.answers.pop(0)
        known = {number for counts in self.published.values() for number in counts}
        if not set(chosen["Tid"]) <= set(self.published) or not set(chosen["Region"]) <= known:
            return 400, b'{"title": "Non-existent value", "status": 400}'
        return 200, json.dumps(self.dataset(chosen)).encode()

    def dataset(self, chosen: dict[str, list[str]]) -> dict:
        regions, years, contents = chosen["Region"], chosen["Tid"], chosen["ContentsCode"]
        return {
            "version": "2.0",
            "class": "dataset",
            "label": "07459: Befolkning, etter region, statistikkvariabel og år",
            "source": "Statistisk sentralbyrå",
            "updated": "2026-02-25T07:00:00Z",
            "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
            "id": ["Region", "ContentsCode", "Tid"],
            "size": [len(regions), len(contents), len(years)],
            "dimension": {
                "Region": _dimension("region", regions),
                "ContentsCode": _dimension("statistikkvariabel", contents, label="Personer"),
                "Tid": _dimension("år", years),
            },
            "value": [self.published[year].get(each, 0) for each in regions for year in years],
        }

    def handle_error(self, request, client_address) -> None:
        """A caller that hangs up is no news."""


def _dimension(name: str, codes: list[str], *, label: str = "") -> dict:
    return {
        "label": name,
        "category": {
            "index": {code: at for at, code in enumerate(codes)},
            "label": {code: label or code for code in codes},
        },
    }


class _Handler(BaseHTTPRequestHandler):
    server: FakeSsb

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = self.server.answer_to(self.path, body)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_) -> None:
        """The tests' output stays quiet."""


@contextmanager
def serving():
    """The API, for as long as the block runs."""
    server = FakeSsb()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
