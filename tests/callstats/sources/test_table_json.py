import json

import pytest

from tests.callstats.sources.tables import parsed, refused, unreadable

NESTED = {
    "format": "json",
    "columns": {
        "id": "ContactId",
        "arrived_at": "QueueInfo.EnqueueTimestamp",
        "answered_at": "Agent.ConnectedToAgentTimestamp",
        "queue": "QueueInfo.Name",
        "wait_seconds": "QueueInfo.Duration",
    },
    "time_formats": ["rfc3339"],
}
ONE = {
    "ContactId": "c1",
    "QueueInfo": {"EnqueueTimestamp": "2025-10-24T19:51:03Z", "Name": "main", "Duration": 12.50},
    "Agent": {"ConnectedToAgentTimestamp": "2025-10-24T19:51:15Z"},
}
TWO = ONE | {"ContactId": 12345678901234567890, "Agent": None}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=1),
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
        json.dumps(ONE) + json.dumps(TWO),
    ],
)
def test_nested_fields_are_read_by_their_paths(text):
    told = parsed(text, NESTED)

    assert told.calls["external_id"].to_list() == ["c1", "12345678901234567890"]
    assert told.calls["outcome"].to_list() == ["answered", "unknown"]
    assert told.calls["line"].to_list() == [1, 2]
    assert str(told.calls["wait_seconds"][0]) == "12.500"


def test_the_list_may_lie_deeper():
    text = json.dumps({"data": {"contacts": [ONE]}})

    assert parsed(text, NESTED | {"records": "data.contacts"}).calls.height == 1
    assert unreadable(text, NESTED | {"records": "data.x"}).params["columns"] == ["data.x"]


def test_what_is_no_object_and_a_list_for_a_text_are_refused_by_number():
    told = parsed(json.dumps([ONE, 7, TWO | {"ContactId": ["c3"]}]), NESTED)

    assert refused(told) == [(2, None, "unknown_value"), (3, "ContactId", "unknown_value")]
    assert told.refused["index"].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"a": 1}', "invalid_json"),
        ("[" * 200_000, "invalid_json"),
        ('[{"ContactId": "\\ud800"}]', "invalid_json"),
        ('[{"other": 1}]', "missing_columns"),
        ("NaN x", "invalid_json"),
    ],
)
def test_json_that_gives_no_calls_is_named(text, code):
    assert unreadable(text, NESTED).code == code
