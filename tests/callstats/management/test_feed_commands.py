"""feed_status, and what source_tokens learnt: rights, networks, renewal."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from callstats.calls.models import FeedHour
from callstats.feeds import tasks
from callstats.feeds.models import SourceToken
from tests.conftest import NOW
from tests.factories.callstats import CallImportFactory, SourceFactory

pytestmark = pytest.mark.usefixtures("clock")


def told(name: str, *arguments) -> dict:
    out = io.StringIO()
    call_command(name, *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central, silent_after_minutes=60)


@pytest.fixture
def silent(source):
    """Heard from two hours ago, with five hours of data today."""
    CallImportFactory(
        source=source,
        created_at=NOW - timedelta(hours=2),
        state="completed",
        last_at=NOW - timedelta(hours=3),
        received=9,
        created=5,
        rejected=4,
    )
    FeedHour.objects.bulk_create(
        FeedHour(source=source, hour_at=datetime(2025, 11, 10, hour, tzinfo=UTC))
        for hour in range(5)
    )
    tasks.watch_sources()
    return source


@pytest.mark.usefixtures("silent")
def test_the_state_of_a_feed_is_told():
    [feed] = told("feed_status", "pbx")["sources"]
    assert feed == {
        "source": "pbx",
        "central": "nordhordland",
        "profile": "canonical",
        "proven": True,
        "sandbox": False,
        "expected": True,
        "last_seen_at": "2025-11-10T11:00:00+01:00",
        "newest_data_at": "2025-11-10T10:00:00+01:00",
        "lag_seconds": 3 * 3600,
        "hours_with_data": 5,
        "hours_without_data": 8,
        "rejected_rows": 4,
        "silent_since": "2025-11-10T11:00:00+01:00",
    }


@pytest.mark.usefixtures("silent")
def test_the_state_is_told_to_people_too(central):
    SourceFactory(slug="new", name="A new one", central=central)
    out = io.StringIO()
    call_command("feed_status", stdout=out)
    assert "pbx: SILENT, last seen 2025-11-10T11:00:00+01:00" in out.getvalue()
    assert "new: nothing has come yet" in out.getvalue()


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["nowhere"], "no source nowhere"), (["--days=0"], "1 to"), (["--days=999"], "1 to")],
)
def test_a_wrong_question_of_a_feed_is_told(arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("feed_status", *arguments)


@pytest.mark.usefixtures("source")
def test_a_token_is_made_with_fewer_rights_and_renewed():
    made = told(
        *("source_tokens", "pbx", "--add", "Puzzel", "--scope", "calls:write"),
        *("--network", "192.0.2.0/24", "--network", "192.0.2.17"),
    )
    [old] = made["tokens"]
    assert old["scopes"] == ["calls:write"]
    assert old["networks"] == ["192.0.2.0/24", "192.0.2.17/32"]
    assert (old["expires"], old["last_used"]) == ("2026-11-10", None)

    renewed = told("source_tokens", "pbx", "--rotate", old["prefix"], "--overlap-days", "2")
    assert renewed["token"] != made["token"]
    states = {token["prefix"]: token for token in renewed["tokens"]}
    new = states.pop(renewed["token"].partition(".")[0])
    assert (new["scopes"], new["networks"], new["expires"]) == (
        old["scopes"],
        old["networks"],
        "2026-11-10",
    )
    assert states[old["prefix"]]["expires"] == "2025-11-12"


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scope", "calls:write"], "--scope belongs to --add"),
        (["--network", "192.0.2.0/24"], "--network belongs to --add"),
        (["--overlap-days", "2"], "belongs to --rotate"),
        (["--rotate", "abc", "--overlap-days", "-1"], "0 or more"),
        (["--rotate", "abc", "--add", "x"], "one at a time"),
        (["--rotate", "abc"], "no token abc"),
        (["--add", "x", "--scope", "everything"], "known ones are"),
        (["--add", "x", "--network", "here"], "192.0.2.0/24"),
    ],
)
def test_what_cannot_be_done_with_rights_is_told(arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("source_tokens", "pbx", *arguments)
    assert not SourceToken.objects.exists()
