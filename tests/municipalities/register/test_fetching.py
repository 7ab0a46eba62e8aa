"""Asking a real HTTP server for inhabitants, and what it may answer."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from celery.exceptions import Retry
from django.core.management import CommandError, call_command
from django.utils import translation

from legevakt.celery import app
from legevakt.lib import outgoing
from municipalities.register import fetching, tasks, words
from municipalities.register.fetching import NotFetched
from municipalities.register.models import FigureStatus, Population
from tests.factories.population import counted
from tests.fake_ssb import serving

FIRST_OF_2026 = date(2026, 1, 1)
MARCH = date(2026, 3, 28)


@pytest.fixture
def ssb(settings):
    """Statistics Norway with figures of 2026, which the installation may ask."""
    with serving() as server:
        settings.SSB_API_URL, settings.SSB_API_MAY_BE_PRIVATE = server.url, True
        server.published = {"2026": {"4631": 30_400, "4633": 509}}
        yield server


def run(*arguments) -> str:
    out = StringIO()
    call_command("fetch_population", *arguments, stdout=out)
    return out.getvalue()


def fetch(**more):
    return fetching.fetch(counted_date=FIRST_OF_2026, today=MARCH, **more)


def refusal(**more) -> str:
    with pytest.raises(NotFetched) as refused:
        fetch(**more)
    with translation.override(None):
        return words.of_fetching(refused.value)


def test_the_command_fetches_and_a_second_time_changes_nothing(ssb, host, partner):
    first = json.loads(run("--on=2026-01-01", "--json"))
    second = json.loads(run("--on=2026-01-01", "--json"))

    assert (first["created"], first["inhabitants"], first["missing"]) == (2, 30_909, [])
    assert (second["created"], second["unchanged"]) == (0, 2)
    row = Population.objects.get(municipality=host)
    assert (row.inhabitants, row.counted_date, row.status) == (30_400, FIRST_OF_2026, "final")
    assert row.source == "Statistisk sentralbyrå, tabell 07459 (CC BY 4.0)"
    question = {"Region": ["4631", "4633"], "Tid": ["2026"], "ContentsCode": ["Personer1"]}
    assert ssb.asked == [question, question]


def test_fetching_makes_provisional_figures_final(ssb, host, partner):
    counted(host, FIRST_OF_2026, 30_000, status=FigureStatus.PROVISIONAL)
    assert (fetch().settled, Population.objects.get(municipality=host).status) == (1, "final")


def test_a_final_figure_that_differs_is_revised_only_with_a_reason(ssb, host, partner):
    counted(host, FIRST_OF_2026, 30_000)
    with pytest.raises(CommandError, match="--revise"):
        run("--on=2026-01-01")
    with pytest.raises(CommandError, match="without a reason"):
        run("--on=2026-01-01", "--revise")
    assert Population.objects.count() == 1

    run("--on=2026-01-01", "--revise", "--why=Corrected by SSB")

    assert Population.objects.get(municipality=host).inhabitants == 30_400


def test_a_number_that_was_not_in_use_gets_no_figure(ssb, host, partner):
    ssb.published["2026"]["4633"] = 0
    assert (fetch().created, fetch().missing) == (1, ["4633"])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((400, b"{}"), "not published yet"),
        ((404, b""), "answered 404"),
        ((429, b""), "asks us to wait"),
        ((503, b""), "answered 503"),
        ((302, b""), "answered 302"),
        ((200, b"<html>"), "cannot be used: The JSON is damaged"),
        ((200, b"{"), "cannot be used: The JSON is damaged"),
        ((200, b""), "cannot be used: The JSON is damaged"),
    ],
)
def test_other_answers_are_refused_in_words_and_nothing_is_stored(
    ssb, host, partner, answer, reason
):
    ssb.answers = [answer]
    assert reason in refusal()
    assert not Population.objects.exists()


def test_a_year_that_is_not_published_is_told(ssb, host, partner):
    with pytest.raises(CommandError, match="not published yet"):
        run("--on=2027-01-01")


def test_another_year_than_was_asked_for_is_refused(ssb, host, partner):
    ssb.published["2025"] = ssb.published["2026"]
    chosen = {"Region": ["4631"], "Tid": ["2025"], "ContentsCode": ["Personer1"]}
    ssb.answers = [(200, json.dumps(ssb.dataset(chosen)).encode())]
    assert "no count of" in refusal()
    assert not Population.objects.exists()


def test_an_answer_without_end_is_refused(ssb, host, partner, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    ssb.answers = [(200, b" " * 2000)]
    assert "larger than it can be" in refusal()


def test_nobody_is_asked_where_the_installation_does_not_allow_it(ssb, host, settings):
    settings.SSB_API_URL = ""
    assert "SSB_API_URL turns it on" in refusal()
    assert ssb.asked == []


def test_an_address_inside_is_called_only_where_that_is_allowed(ssb, host, settings):
    settings.SSB_API_MAY_BE_PRIVATE = False
    assert "must be https" in refusal()
    settings.SSB_API_URL = ssb.url.replace("http:", "https:")
    assert "leads into our own network" in refusal()
    assert ssb.asked == []


def test_nobody_there_is_told(ssb, host, settings):
    settings.SSB_API_URL = "http://127.0.0.1:1025/nothing"
    assert "Nobody answers" in refusal()


def test_without_a_register_nothing_is_asked(ssb, db):
    assert "Run load_register" in refusal()


def test_only_a_first_of_january_is_asked_for(ssb, host):
    with pytest.raises(CommandError, match="no 1 January"):
        run("--on=2026-07-01")


@pytest.mark.parametrize("language", ["nn", "nb", "en", None])
def test_every_refusal_has_words(language):
    with translation.override(language):
        for code in words.FETCHED:
            assert words.of_fetching(NotFetched(code, status=400, reason="x"))


@time_machine.travel(MARCH)
def test_the_task_fetches_this_years_figures_once(ssb, host, partner):
    tasks.fetch_inhabitants()
    tasks.fetch_inhabitants()
    assert Population.objects.filter(counted_date=FIRST_OF_2026).count() == 2
    assert len(ssb.asked) == 1


@time_machine.travel(MARCH)
def test_the_task_does_nothing_where_it_is_not_allowed(ssb, host, settings):
    settings.SSB_API_URL = ""
    tasks.fetch_inhabitants()
    assert ssb.asked == []


@time_machine.travel(date(2027, 1, 28))
def test_the_task_waits_for_the_next_month_where_nothing_is_published(ssb, host, partner):
    tasks.fetch_inhabitants()
    assert not Population.objects.exists()


@time_machine.travel(MARCH)
def test_the_task_tries_again_when_nobody_answers(ssb, host, partner):
    ssb.answers = [(503, b"")]
    with pytest.raises(Retry):
        tasks.fetch_inhabitants.apply(throw=True, retries=0)
    assert not Population.objects.exists()


@time_machine.travel(MARCH)
def test_the_task_leaves_final_figures_that_differ_to_a_person(ssb, host, partner):
    counted(host, FIRST_OF_2026, 30_000)
    tasks.fetch_inhabitants()
    assert Population.objects.get().inhabitants == 30_000


def test_the_timetable_asks_once_a_month_from_january_to_march():
    [plan] = [
        each["schedule"]
        for each in app.conf.beat_schedule.values()
        if each["task"] == tasks.fetch_inhabitants.name
    ]
    assert (plan.day_of_month, plan.month_of_year) == ({28}, {1, 2, 3})


def test_the_door_out_is_the_one_with_the_guards():
    assert fetching.fetch.__kwdefaults__["ask"] is outgoing.ask
