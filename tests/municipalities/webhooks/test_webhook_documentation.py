"""What the page for receivers promises is what they get."""

import json
import re
import runpy
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from municipalities.webhooks import rules, signing

PAGE = (settings.BASE_DIR / "docs" / "api" / "webhooks.md").read_text()
EXAMPLES = [json.loads(each) for each in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
NOW = datetime(2026, 1, 5, 18, 4, 2, tzinfo=UTC)
SECRET = signing.secret(installation_key="k" * 50, endpoint_id=1, generation=2)
FORMER = signing.secret(installation_key="k" * 50, endpoint_id=1, generation=1)
BODY = rules.body(EXAMPLES[0])


def test_every_event_has_its_example():
    assert [each["type"] for each in EXAMPLES] == [each.value for each in rules.EventType]
    for each in EXAMPLES:
        at = datetime.fromisoformat(each["timestamp"])
        assert rules.payload(event_type=each["type"], at=at, data=each["data"]) == each


def signed(at=NOW):
    return signing.headers(message_id="msg_1", body=BODY, at=at, secrets=[SECRET, FORMER])


@pytest.fixture
def run(clock, tmp_path):
    """`run(snippet, names)` gives the names after it, with the clock at the sending."""
    clock.move_to(NOW)
    file = tmp_path / "snippet.py"

    def execute(snippet, names=None):
        file.write_text(snippet)
        return runpy.run_path(str(file), init_globals=names)

    return execute


@pytest.fixture
def is_genuine(run):
    """The function that the page gives."""
    return run(SNIPPETS[1])["is_genuine"]


@pytest.mark.parametrize("secret", [SECRET, FORMER])
def test_the_check_by_hand_takes_what_is_ours(is_genuine, secret):
    assert is_genuine(secret=secret, headers=signed(), body=BODY)


def test_the_check_by_hand_refuses_what_is_not(is_genuine):
    other = signing.secret(installation_key="l" * 50, endpoint_id=1, generation=2)
    old = signed(NOW - timedelta(seconds=301))
    assert not is_genuine(secret=other, headers=signed(), body=BODY)
    assert not is_genuine(secret=SECRET, headers=signed(), body=BODY + b" ")
    assert not is_genuine(secret=SECRET, headers=old, body=BODY)


def test_the_check_with_the_library_takes_what_is_ours(run):
    names = run(SNIPPETS[0], {"secret": SECRET, "body": BODY, "headers": signed()})
    assert names["event"] == EXAMPLES[0]
