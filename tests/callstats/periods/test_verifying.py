"""Published figures come out the same when they are computed again, or somebody is told."""

import json
from io import StringIO

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from callstats.indicators.definitions import Definition, DefinitionError
from callstats.models import CallHour, FeedHour, IndicatorFigure
from callstats.periods import operations, tasks, verifying
from callstats.periods.verifying import verify
from legevakt.lib import letters
from legevakt.lib.mail import MailRefused
from legevakt.lib.periods import Period
from municipalities.rules import Role
from tests.factories.municipalities import MembershipFactory

OCTOBER, SEPTEMBER = Period.month(2025, 10), Period.month(2025, 9)
TAMPERED = (
    "UPDATE callstats_callhour SET calls = calls + 1, waits_ms = waits_ms || 900000"
    " WHERE outcome = 'answered'"
)
UNFROZEN = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE callstats_indicatorfigure DISABLE TRIGGER USER",
    "UPDATE callstats_indicatorfigure SET {} WHERE definition_id = 'lvs-2min-v1'",
    "ALTER TABLE callstats_indicatorfigure ENABLE TRIGGER USER",
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def in_sql(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def command(*arguments):
    out = StringIO()
    call_command("verify_published", *arguments, stdout=out)
    return out.getvalue()


def test_what_is_untouched_comes_out_the_same(published, central):
    row = published(OCTOBER, within=3, late=1, unanswered=2)
    found = verify(central=central)
    assert (found.figures, found.deviations) == (row.figures.count(), [])
    assert "0 differences" in command()


def test_an_hour_that_was_tampered_with_is_told_of(published, central):
    published(OCTOBER, within=3, late=1)
    in_sql(TAMPERED)
    found = verify(central=central).deviations
    denominator = next(
        each for each in found if (each.definition, each.what) == ("lvs-2min-v1", "denominator")
    )
    assert (denominator.central, denominator.period) == ("nordhordland", "2025-10")
    assert (denominator.stored, denominator.recomputed) == (4, 5)
    assert any(each.what == "parts by hour_of_week" for each in found)
    assert {each.definition for each in found} >= {"lvs-2min-v1", "lvs-asa-v1"}


def test_a_revision_that_begins_while_the_hours_are_read_is_no_difference(
    published, central, leader, monkeypatch
):
    row = published(OCTOBER, within=3, late=1)
    observed_in = verifying.observed_in

    def meanwhile(**asked):
        operations.open_revision(period=row, reason="Late calls.", by=leader, at=timezone.now())
        in_sql(TAMPERED)
        return observed_in(**asked)

    monkeypatch.setattr(verifying, "observed_in", meanwhile)
    found = verify(central=central)
    assert (found.deviations, found.under_revision) == ([], ["2025-10"])


def test_a_figure_that_was_tampered_with_is_told_of(published, central):
    published(OCTOBER, within=3, late=1)
    in_sql(*(each.format("numerator = 4") for each in UNFROZEN))
    (found,) = verify(central=central).deviations
    assert (found.what, found.stored, found.recomputed) == ("numerator", 4, 3)


def test_hours_that_no_longer_have_data_are_told_of(published, central):
    published(OCTOBER, within=3)
    FeedHour.objects.filter(hour_at=OCTOBER.starts_at).delete()
    found = verify(central=central).deviations
    hours = next(each for each in found if each.what == "hours_with_feed")
    assert (hours.stored, hours.recomputed) == (745, 744)


def test_the_definition_that_is_stored_decides_and_not_the_file(published, central):
    row = published(OCTOBER, within=3, late=1)
    figure = row.figures.get(definition_id="lvs-2min-v1")
    stored = figure.definition
    stored["numerator"][0]["within_seconds"] = 400
    in_sql(*(each.format(f"definition = '{json.dumps(stored)}'") for each in UNFROZEN))
    found = {each.what: each.recomputed for each in verify(central=central).deviations}
    assert found["numerator"] == 4


def test_a_stored_definition_that_todays_schema_refuses_is_counted_by_all_the_same(
    published, central
):
    row = published(OCTOBER, within=3, late=1)
    old = row.figures.get(definition_id="lvs-2min-v1").definition
    old |= {"sources": [], "profile": "OLD", "note": "A member that is gone."}
    in_sql(*(each.format(f"definition = '{json.dumps(old)}'") for each in UNFROZEN))
    with pytest.raises(DefinitionError):
        Definition.from_dict(old)
    found = verify(central=central)
    assert (found.figures, found.deviations) == (row.figures.count(), [])


def test_a_definition_that_cannot_be_read_is_told_of_and_the_others_go_on(published, central):
    row = published(OCTOBER, within=3)
    in_sql(*(each.format('definition = \'{"id": "gone"}\'') for each in UNFROZEN))
    (found,) = verify(central=central).deviations
    assert (found.definition, found.what) == ("lvs-2min-v1", "definition")
    assert row.figures.count() > 1


def test_what_is_under_revision_is_named_and_left_out(published, central, leader):
    row = published(OCTOBER, within=1)
    published(SEPTEMBER, within=1)
    operations.open_revision(period=row, reason="Late", by=leader, at=timezone.now())
    in_sql(TAMPERED + f" AND hour_at >= '{OCTOBER.starts_at}'")
    found = verify(central=central)
    assert (found.under_revision, found.deviations) == (["2025-10"], [])
    assert found.figures == row.figures.count()
    assert "2025-10: left out, a revision is under way" in command()


def test_what_is_superseded_is_not_computed_again(published, central, leader, host_director):
    from tests.factories.months import published as publish

    row = published(OCTOBER, within=1)
    revision = operations.open_revision(period=row, reason="Late", by=leader, at=timezone.now())
    in_sql(TAMPERED)
    operations.compute(central=central, period=OCTOBER, at=timezone.now())
    publish(revision, checked_by=leader, by=host_director)
    assert verify(central=central).deviations == []


def test_an_open_month_is_not_verified(month_of_calls, central):
    month_of_calls(OCTOBER, within=1)
    in_sql(TAMPERED)
    assert verify(central=central).figures == 0


def test_the_command_ends_with_1_and_names_the_difference(published):
    published(OCTOBER, within=3, late=1)
    in_sql(TAMPERED)
    out = StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("verify_published", stdout=out)
    assert stopped.value.returncode == 1
    assert "2025-10 r1 lvs-2min-v1 denominator: stored 4, recomputed 5" in out.getvalue()


def test_the_command_speaks_json_and_of_one_central(published, central):
    published(OCTOBER, within=3)
    told = json.loads(command("--central=nordhordland", "--json"))
    assert told["nordhordland"]["deviations"] == []
    assert told["nordhordland"]["figures"] == IndicatorFigure.objects.count()
    with pytest.raises(CommandError, match="There is no central elsewhere"):
        command("--central=elsewhere")


def test_each_night_a_difference_is_logged_and_the_leader_told_once_a_week(
    published, leader, host_director, caplog
):
    published(OCTOBER, within=3, late=1)
    tasks.verify_published()
    assert outbox.outbox == []
    in_sql(TAMPERED)
    for _night in range(3):
        tasks.verify_published()
    (message,) = outbox.outbox
    assert message.to == [leader.email]
    assert "These did not come out the same: 2025-10." in message.body
    assert caplog.text.count("published figures differ") == 3

    CallHour.objects.update(calls=9)
    tasks.verify_published()
    assert len(outbox.outbox) == 2, "another difference is told of by itself"


def test_a_mail_that_could_not_be_queued_is_queued_the_next_night(published, leader, monkeypatch):
    def no_broker(**_):
        raise OperationalError

    published(OCTOBER, within=3, late=1)
    in_sql(TAMPERED)
    with monkeypatch.context() as away:
        away.setattr(tasks.tell_of_deviations, "delay", no_broker)
        with pytest.raises(OperationalError):
            tasks.verify_published()
    assert outbox.outbox == []
    tasks.verify_published()
    assert [message.to for message in outbox.outbox] == [[leader.email]]


def test_a_mail_that_could_not_be_sent_is_tried_again_the_next_night(
    published, leader, monkeypatch
):
    def refused(**_):
        raise MailRefused(code=550, permanent=True)

    published(OCTOBER, within=3, late=1)
    in_sql(TAMPERED)
    with monkeypatch.context() as away:
        away.setattr(letters, "send", refused)
        tasks.verify_published()
    for _night in range(2):
        tasks.verify_published()
    assert [message.to for message in outbox.outbox] == [[leader.email]]


def test_a_leader_who_comes_later_is_told_too(published, leader, cooperation):
    published(OCTOBER, within=3, late=1)
    in_sql(TAMPERED)
    tasks.verify_published()
    new = MembershipFactory(cooperation=cooperation, role=Role.LEADER).user
    tasks.verify_published()
    assert [message.to for message in outbox.outbox] == [[leader.email], [new.email]]
