"""The committed OpenAPI document says what the API does."""

import io
import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from callstats.feeds.authentication import AddressNotAllowed, MissingScope
from callstats.imports import api_errors
from callstats.imports import api_examples as examples
from callstats.imports.messages import ROW_MESSAGES
from callstats.imports.models import CallImport, ImportState
from callstats.sources.canonical_row import NAMES
from legevakt.lib import problems
from tests.factories.callstats import TokenFactory, call, canonical_json

COMMITTED = Path(settings.BASE_DIR) / "docs" / "api" / "openapi.yaml"
CALLS = "/api/v1/call-imports"
EVENTS = "/api/v1/call-events"


@pytest.fixture(scope="module")
def document() -> dict:
    return yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))


def generated() -> str:
    out = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    return out.getvalue()


def test_the_committed_document_is_the_generated_one():
    """After a change: ./run manage spectacular --fail-on-warn --file docs/api/openapi.yaml"""
    assert COMMITTED.read_text(encoding="utf-8").strip() == generated().strip()


def test_the_document_knows_the_canonical_names(document):
    assert set(document["components"]["schemas"]["CallInput"]["properties"]) == NAMES


def test_the_document_knows_every_state(document):
    assert document["components"]["schemas"]["ImportStatusEnum"]["enum"] == ImportState.values


def test_every_address_tells_of_its_problems(document):
    for address, path in document["paths"].items():
        # The record is for persons who are logged in: no token that is wrong or asks too often.
        is_record = address.startswith("/api/v1/cooperations")
        own = {"304", "400"} if is_record else {"401", "429"}
        for operation in path.values():
            assert {"200", "403", "404", "406", "500"} | own <= set(operation["responses"])
            for status, response in operation["responses"].items():
                kinds = set(response.get("content", {}))
                assert status < "400" or kinds == {"application/problem+json"}


def test_the_page_for_integrators_explains_every_code():
    told = set(re.findall(r"`(\w+)`", COMMITTED.with_name("README.md").read_text("utf-8")))
    own = {getattr(each, "code", "") for each in vars(api_errors).values()} - {""}
    codes = {*own, *ROW_MESSAGES, *problems.TITLES, AddressNotAllowed.code, MissingScope.code}
    assert codes - told == set()


def test_the_schema_and_its_page_are_public(client, db):
    assert client.get("/api/schema.yaml").status_code == 200
    assert client.get("/api/").status_code == 200


# --- the examples, sent ------------------------------------------------------------------


@pytest.fixture
def send(source, exchange, clock):
    def send(body, kind="application/json", url=CALLS, *, scopes=None, **headers):
        of = exchange if url.startswith(EVENTS) else source
        token = TokenFactory(source=of, **({"scopes": scopes} if scopes else {}))
        headers = {"Authorization": f"Bearer {token.key}"} | headers
        body = body if isinstance(body, str) else json.dumps(body)
        return Client().post(url, body, content_type=kind, headers=headers)

    return send


def request_examples(document, url) -> list[tuple[str, object]]:
    content = document["paths"][url]["post"]["requestBody"]["content"]
    return [
        (kind, example["value"])
        for kind, told in content.items()
        for example in told["examples"].values()
    ]


def response_examples(document, url, *, method="post") -> dict[str, dict]:
    """By status."""
    return {
        status: example["value"]
        for status, response in document["paths"][url][method]["responses"].items()
        for told in response.get("content", {}).values()
        for example in told.get("examples", {}).values()
    }


def told_by(answer) -> dict:
    """The answer, with the example's ids for its own."""
    text = answer.content.decode()
    for call_import in CallImport.objects.all():
        text = text.replace(str(call_import.pk), examples.IMPORT_ID)
    told = json.loads(text)
    return told | {"request_id": examples.IMPORT_ID} if "request_id" in told else told


def test_every_request_of_the_document_is_taken(document, send):
    for url in (CALLS, EVENTS):
        found = request_examples(document, url)
        assert found
        for kind, value in found:
            assert send(value, kind, url).status_code == 200
    assert {kind for kind, _ in request_examples(document, CALLS)} == {
        "application/json",
        "application/x-ndjson",
        "text/csv",
    }


def test_the_results_of_the_document_are_those_of_its_requests(document, send):
    body = {"calls": examples.CALLS} | examples.COVERED
    assert told_by(send(body)) == response_examples(document, CALLS)["200"]
    lines = send(examples.EVENT_LINES, "text/plain", EVENTS)
    assert told_by(lines) == response_examples(document, EVENTS)["200"]


def test_the_cursor_of_the_document_is_that_after_its_lines(document, send, exchange):
    send(examples.EVENT_LINES, "text/plain", EVENTS)
    url = f"{EVENTS}/cursor"
    token = TokenFactory(source=exchange)
    answer = Client().get(url, headers={"Authorization": f"Bearer {token.key}"})
    assert answer.json() == response_examples(document, url, method="get")["200"]


def test_the_problems_of_the_document_are_given(document, send):
    calls = {"calls": examples.CALLS} | examples.COVERED
    too_many = canonical_json([call(f"c{number}") for number in range(5001)])
    given = [
        send(calls, url=f"{CALLS}?mode=some"),
        send(calls, Authorization=""),
        send(calls, scopes=["imports:read"]),
        send(too_many),
        send(calls, "text/xml"),
        send(calls, url=f"{CALLS}?mode=atomic"),
    ]
    told = {str(answer.status_code): told_by(answer) for answer in given}
    documented = response_examples(document, CALLS)
    assert told == {status: documented[status] for status in documented if status >= "400"}
