"""A sandbox source with its token, and a way to send what a vendor sends."""

import gzip
import json
from dataclasses import dataclass

import pytest
from django.test import Client

from callstats.periods.tasks import compute_month
from tests.factories.callstats import SourceFactory, TokenFactory
from tests.factories.municipalities import CentralFactory

QUEUES = {"main": "116117", "second": "lokal8"}
SEND, SCENARIO, REPORT = (
    f"/api/v1/{name}" for name in ("call-imports", "conformance/scenario", "conformance/report")
)


@pytest.fixture
def sandbox(cooperation):
    return CentralFactory(slug="try", cooperation=cooperation, is_sandbox=True)


@pytest.fixture
def source(sandbox):
    return SourceFactory(slug="vendor", central=sandbox, queues=QUEUES)


@pytest.fixture(autouse=True)
def no_figures(monkeypatch):
    """A sandbox has no figures to look at; computing them takes most of an import's time."""
    monkeypatch.setattr(compute_month, "delay", lambda **_: None)


@dataclass
class Line:
    """The API as the vendor's system has it."""

    key: str

    def get(self, url, **headers):
        return Client().get(url, headers={"Authorization": f"Bearer {self.key}"} | headers)

    def send(self, body: dict, **headers):
        return Client().post(
            SEND,
            gzip.compress(json.dumps(body).encode()),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.key}", "Content-Encoding": "gzip"} | headers,
        )

    def sends(self, vendor) -> None:
        """All that the vendor sends, whatever is answered."""
        for body, headers in vendor.requests(self.get(SCENARIO).json()):
            assert self.send(body, **headers).status_code in (200, 422)

    def report(self) -> dict:
        return self.get(REPORT).json()


@pytest.fixture
def line(source):
    return Line(TokenFactory(source=source).key)


def ended(report: dict, status: str) -> set[str]:
    """The codes of the checks that ended so."""
    return {check["code"] for check in report["checks"] if check["status"] == status}


def reasons(report: dict, code: str) -> list[str]:
    (check,) = (check for check in report["checks"] if check["code"] == code)
    return [finding["message"] for finding in check["findings"]]
