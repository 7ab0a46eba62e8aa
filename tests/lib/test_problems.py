"""Problems are RFC 9457, in the language asked for, at every address under /api/."""

import uuid

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from callstats.imports import api
from legevakt.lib import problems
from tests.factories.callstats import TokenFactory


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "en"),
        ("nn", "nn"),
        ("nb-NO,nb;q=0.9", "nb"),
        ("no", "nb"),
        ("de, nn;q=0.5", "nn"),
        ("en-GB", "en"),
        ("*", "en"),
        ("x" * 600, "en"),
        (";;;", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_english(asked, language):
    headers = {} if asked is None else {"Accept-Language": asked}
    assert problems.language_of(RequestFactory().get("/api/", headers=headers)) == language


@pytest.mark.parametrize("language", ["en", "nn", "nb"])
@pytest.mark.parametrize("code", sorted(problems.DETAILS))
def test_title_and_detail_are_in_the_same_language(code, language):
    with translation.override(language):
        told = problems.body(status=400, code=code)
        assert told["title"] == str(problems.TITLES[code])
        assert told["detail"] == str(problems.DETAILS[code])


def assert_problem(answer, *, status: int, code: str) -> dict:
    assert answer["Content-Type"].startswith("application/problem+json")
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert told["title"]
    assert told["detail"]
    assert uuid.UUID(told["request_id"])
    return told


@pytest.mark.parametrize("url", ["/api/v2/", "/api/v1/nothing", "/api/v1/call-imports/not-an-id"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_address_that_is_none_is_404(db, url, method):
    assert_problem(getattr(Client(), method)(url), status=404, code="not_found")


def test_a_method_that_is_not_taken_is_named(db):
    token = TokenFactory()
    headers = {"Authorization": f"Bearer {token.key}"}
    told = assert_problem(
        Client().delete("/api/v1/call-imports", headers=headers),
        status=405,
        code="method_not_allowed",
    )
    assert "DELETE" in told["detail"]


def test_an_error_of_ours_is_a_problem_that_tells_nothing_of_it(db, monkeypatch):
    def stumble(*_, **__):
        raise RuntimeError("secret")

    monkeypatch.setattr(api.CallImports, "get", stumble)
    headers = {"Authorization": f"Bearer {TokenFactory().key}"}
    answer = Client(raise_request_exception=False).get("/api/v1/call-imports", headers=headers)
    assert_problem(answer, status=500, code="server_error")
    assert "secret" not in answer.content.decode()
    assert answer["X-Request-ID"] == answer.json()["request_id"]
