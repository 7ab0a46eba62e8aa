"""The pages that show telephone systems: who sees them, and what they say."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from callstats.calls.operations import note_feed
from callstats.feeds import operations as feeds
from callstats.feeds import tasks
from callstats.feeds.models import QueueLine, Source
from callstats.feeds.profile_words import WORDS
from callstats.sources.registry import PROFILES
from tests.conftest import NOW
from tests.factories.callstats import CallImportFactory, SourceFactory, TokenFactory

pytestmark = pytest.mark.usefixtures("clock")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MANAGED = ("source_edit", "source_queues", "source_tokens", "source_token_new")


@pytest.fixture
def browser(leader, as_person):
    return as_person(leader)


@pytest.fixture
def looker(controller, as_person):
    """Sees telephone systems, and may change nothing."""
    return as_person(controller)


def feed_page(browser, slug="pbx"):
    return browser.get(reverse("source", args=[slug]))


@pytest.mark.usefixtures("source")
def test_the_list_says_when_each_was_heard_and_how_it_is_read(browser, heard, source):
    heard(source, NOW - HOUR, rejected=7)
    page = browser.get(reverse("sources")).text
    assert reverse("source", args=["pbx"]) in page
    assert "10 Nov 2025, 12:00" in page
    assert "is heard from" in page
    assert ">7<" in page


@pytest.mark.usefixtures("source")
def test_a_telephone_system_whose_only_import_failed_is_not_heard_from(browser, heard, source):
    heard(source, NOW - HOUR, state="failed", error_code="unmapped_queues", created=0)
    for page in (browser.get(reverse("sources")).text, feed_page(browser).text):
        assert "nothing has come yet" in page
        assert "is heard from" not in page


def test_an_empty_list_says_what_to_do_next(browser, looker, central):
    assert reverse("source_new") in browser.get(reverse("sources")).text
    page = looker.get(reverse("sources")).text
    assert reverse("source_new") not in page
    assert "The head of the legevakt sets up the first one" in page


def test_the_list_asks_as_much_for_many_as_for_one(
    browser, source, heard, central, django_assert_max_num_queries
):
    heard(source)
    with django_assert_max_num_queries(16) as few:
        browser.get(reverse("sources"))
    for number in range(20):
        other = SourceFactory(central=central, name=f"Exchange {number}", silent_after_minutes=60)
        heard(other, NOW - 2 * HOUR)
    tasks.watch_sources()
    with django_assert_max_num_queries(16) as many:
        page = browser.get(reverse("sources"))
    assert len(many) == len(few)
    assert page.text.count("is silent") == 20


def test_a_feed_page_asks_as_much_for_many_imports_as_for_few(
    browser, source, heard, hours, django_assert_max_num_queries
):
    heard(source)
    feed_page(browser)  # what Django remembers is asked for now
    with django_assert_max_num_queries(25) as few:
        feed_page(browser)
    for age in range(30):
        heard(source, NOW - age * HOUR, rejected=1)
    hours(source, datetime(2025, 11, 1, tzinfo=UTC), 200)
    with django_assert_max_num_queries(25) as many:
        feed_page(browser)
    assert len(many) == len(few)


def test_nobody_of_another_cooperation_sees_a_source(browser):
    SourceFactory(slug="foreign", name="Foreign exchange")
    assert "Foreign exchange" not in browser.get(reverse("sources")).text
    for name in ("source", *MANAGED):
        assert browser.get(reverse(name, args=["foreign"])).status_code == 404


def test_who_may_only_look_finds_no_way_to_change(looker, source):
    page = feed_page(looker)
    assert page.status_code == 200
    for name in MANAGED:
        address = reverse(name, args=["pbx"])
        assert address not in page.text
        assert looker.get(address).status_code == 404
        assert looker.post(address).status_code in (404, 405)
    assert looker.post(reverse("source_sandbox", args=["pbx"])).status_code == 404
    assert reverse("source_sandbox", args=["pbx"]) not in page.text


def test_the_feed_page_tells_of_hours_lag_and_refused_rows(browser, source, heard, hours):
    heard(source, NOW - 2 * HOUR, rejected=3, file_name="late.csv")
    hours(source, datetime(2025, 11, 9, 23, tzinfo=UTC), 11)
    page = feed_page(browser).text
    assert "11 hours with data, 2 hours without." in page
    assert "11 of 13" in page
    assert "10 Nov 2025, 10:59, 2 hours, 1 minute ago" in page.replace("\xa0", " ")
    refused = reverse("import_refused", args=[source.imports.get().pk])
    assert refused in page


def test_an_old_file_imported_last_does_not_make_the_data_old(browser, source, heard, hours):
    hours(source, datetime(2025, 11, 10, 9, tzinfo=UTC), 1)
    heard(source, NOW - HOUR, last_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert "10 Nov 2025, 11:00, 2 hours ago" in feed_page(browser).text.replace("\xa0", " ")


def test_a_failed_import_is_neither_heard_nor_data(browser, source, heard):
    heard(source, NOW - HOUR, state="failed", error_code="empty_file")
    page = feed_page(browser).text.replace("\xa0", " ")
    assert "nothing has come yet" in page
    assert "1 hour ago" not in page
    assert "There are no data yet" in page


def test_the_use_of_a_token_stands_beside_when_something_was_last_stored(
    browser, source, heard, used
):
    assert reverse("source_token_new", args=["pbx"]) in feed_page(browser).text
    used(TokenFactory(source=source), NOW - HOUR)
    page = feed_page(browser).text.replace("\xa0", " ")
    assert "nothing has come yet" in page
    assert "Make a token, with which" not in page
    heard(source, NOW - 3 * HOUR)
    page = " ".join(feed_page(browser).text.replace("\xa0", " ").split())
    assert re.search(r"Last seen</dt> <dd> 10 Nov 2025, 10:00, 3 hours ago", page)
    assert re.search(r"The token was last used</dt> <dd> 10 Nov 2025, 12:00, 1 hour ago", page)


def test_every_import_of_the_source_is_a_click_away(browser, source, heard, central):
    heard(source, file_name="mine.csv")
    heard(SourceFactory(slug="other", central=central), file_name="theirs.csv")
    address = f"{reverse('imports')}?source=pbx"
    assert address in feed_page(browser).text
    page = browser.get(address).text
    assert "mine.csv" in page
    assert "theirs.csv" not in page


def test_a_file_is_imported_from_the_page_of_its_source(browser, looker, source, heard):
    heard(source)
    address = f"{reverse('import_upload')}?source=pbx"
    assert address in feed_page(browser).text
    assert address not in feed_page(looker).text


def test_a_fresh_source_says_what_is_to_be_done(browser, central):
    feeds.make_source(slug="new", name="New", central=central, profile="table", zone="Europe/Oslo")
    page = feed_page(browser, "new").text
    for name, arguments in (
        ("mapping_start", ["new"]),
        ("source_queues", ["new"]),
        ("import_upload", []),
        ("source_token_new", ["new"]),
    ):
        assert reverse(name, args=arguments) in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (40, None),
        (20, "The token Exchange ends 30 Nov 2025, 13:00"),
        (-1, "The token Exchange ended 9 Nov 2025, 13:00"),
        (-40, None),
    ],
)
def test_a_token_that_ends_soon_is_told_of(browser, source, heard, days, words):
    heard(source)
    TokenFactory(source=source, name="Older", expiry_date=NOW - 60 * DAY)
    TokenFactory(source=source, name="Exchange", expiry_date=NOW + days * DAY)
    page = feed_page(browser).text
    assert (words in page) if words else "The token Exchange" not in page


def test_a_token_that_was_renewed_is_not_told_of(browser, source, heard):
    heard(source)
    for days in (3, 360):
        TokenFactory(source=source, name="Exchange", expiry_date=NOW + days * DAY)
    assert "The token Exchange" not in feed_page(browser).text


def test_queues_at_which_an_import_stopped_are_named(browser, source, central):
    CallImportFactory(
        source=source,
        state="failed",
        error_code="unmapped_queues",
        error_params={"queues": ["lv_ny"]},
        created_at=NOW,
    )
    assert "lv_ny" in feed_page(browser).text
    assert 'value="lv_ny"' in browser.get(reverse("source_queues", args=["pbx"])).text


def test_a_silence_stands_on_the_feed_page_and_on_the_imports_page(browser, source, heard):
    Source.objects.filter(pk=source.pk).update(silent_after_minutes=60)
    heard(source, NOW - 3 * HOUR)
    assert "The exchange is silent" not in browser.get(reverse("imports")).text
    tasks.watch_sources()
    for address in (reverse("imports"), reverse("sources"), reverse("source", args=["pbx"])):
        page = browser.get(address).text
        assert "The exchange is silent" in page, address
        assert "10 Nov 2025, 10:00" in page, address


def test_a_sandbox_is_said_to_be_one(browser, source):
    answer = browser.post(reverse("source_sandbox", args=["pbx"]), follow=True)
    assert answer.redirect_chain == [(reverse("source", args=["pbx-sandbox"]), 302)]
    assert "counts in no figure" in answer.text
    assert reverse("source_sandbox", args=["pbx-sandbox"]) not in answer.text
    assert "sandbox" in browser.get(reverse("sources")).text
    browser.post(reverse("source_sandbox", args=["pbx"]))
    assert Source.objects.count() == 2


def test_the_imports_page_leads_to_the_systems(browser, source):
    page = browser.get(reverse("imports")).text
    assert reverse("sources") in page
    assert reverse("source", args=["pbx"]) in page


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_says_whether_it_was_proven(browser, source, name):
    Source.objects.filter(pk=source.pk).update(profile=name)
    expected = "not yet proven on real files"
    assert (expected in feed_page(browser).text) is not PROFILES[name].proven
    assert f'id="{name}"' in browser.get(reverse("profiles")).text
    assert set(WORDS) == set(PROFILES)


def test_a_new_system_is_set_up_and_its_queues_asked_for(browser, central):
    answer = browser.post(
        reverse("source_new"),
        {
            "name": "Sentralen på Frekhaug ø",
            "central": central.pk,
            "profile": "telia-samtalelogg",
            "zone": "Europe/Oslo",
        },
    )
    made = Source.objects.get()
    assert made.slug == "sentralen-pa-frekhaug-o"
    assert (made.central, made.profile) == (central, "telia-samtalelogg")
    assert answer.url == reverse("source_queues", args=[made.slug])


def test_a_sandbox_can_be_set_up_from_nothing(browser, central):
    fields = {"name": "Vendor", "central": central.pk, "profile": "canonical", "zone": "UTC"}
    browser.post(reverse("source_new"), fields | {"is_sandbox": "on"})
    assert Source.objects.get().central.is_sandbox


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"zone": "Oslo"}, "The time zone Oslo is not known"),
        ({"slug": "pbx"}, "The short name is taken"),
        ({"profile": "fax"}, "Select a valid choice"),
        ({"name": ""}, "required"),
    ],
)
def test_a_wrong_new_system_is_told_and_not_made(browser, source, central, wrong, words):
    fields = {"name": "New", "central": central.pk, "profile": "canonical", "zone": "UTC"}
    answer = browser.post(reverse("source_new"), fields | wrong)
    assert answer.status_code == 422
    assert words in answer.text
    assert Source.objects.get() == source


def test_nobody_sets_up_a_system_at_a_foreign_central(browser, central):
    foreign = SourceFactory(slug="foreign").central
    fields = {"name": "New", "central": foreign.pk, "profile": "canonical", "zone": "UTC"}
    assert browser.post(reverse("source_new"), fields).status_code == 422
    assert Source.objects.count() == 1


def test_settings_are_changed_on_their_page(browser, source):
    address = reverse("source_edit", args=["pbx"])
    assert "The exchange" in browser.get(address).text
    fields = {"name": "Other", "profile": "canonical", "zone": "Europe/Oslo", "is_expected": "on"}
    answer = browser.post(address, fields | {"silent_after_minutes": "90"})
    assert answer.url == reverse("source", args=["pbx"])
    source.refresh_from_db()
    assert (source.name, source.silent_after_minutes, source.is_expected) == ("Other", 90, True)


def test_what_need_not_send_is_not_watched(browser, source):
    fields = {"name": "Other", "profile": "canonical", "zone": "Europe/Oslo"}
    answer = browser.post(
        reverse("source_edit", args=["pbx"]), fields | {"silent_after_minutes": "90"}
    )
    assert answer.status_code == 422
    assert "cannot fall silent" in answer.text


def test_queues_are_added_changed_and_taken_out(browser, source):
    rows = [("lv_116117", "lokal8:"), ("", "lokal8:"), ("*", "116117:116117"), ("", "")]
    data = {f"queue_{n}": queue for n, (queue, _) in enumerate(rows)}
    data |= {f"line_{n}": target for n, (_, target) in enumerate(rows)}
    answer = browser.post(reverse("source_queues", args=["pbx"]), data, follow=True)
    assert "2 queues are mapped" in answer.text
    assert "any other" in answer.text
    mapped = QueueLine.objects.filter(source=source)
    assert dict(mapped.values_list("queue", "line__line_class")) == {
        "lv_116117": "lokal8",
        "*": "116117",
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            {"queue_0": "a", "line_0": "other:", "queue_1": "a", "line_1": "other:"},
            "stands there twice",
        ),
        ({"queue_0": "a", "line_0": ""}, "Choose the number"),
        ({"queue_0": "a", "line_0": "fax:"}, "Select a valid choice"),
        ({"queue_0": "a" * 81, "line_0": "other:"}, "at most 80"),
        ({}, "without its fields"),
    ],
)
def test_a_wrong_queue_map_changes_nothing(browser, source, data, words):
    before = list(source.queue_lines.values())
    answer = browser.post(reverse("source_queues", args=["pbx"]), data)
    assert answer.status_code == 422
    assert words in answer.text
    assert list(source.queue_lines.values()) == before


def test_a_system_that_need_not_send_has_no_table_of_missing_hours(
    as_person, leader, central, clock
):
    source = SourceFactory(slug="evening", central=central, is_expected=False)
    note_feed(source_id=source.pk, first_at=NOW - 2160 * HOUR, last_at=NOW - 2160 * HOUR)
    page = as_person(leader).get(reverse("source", args=["evening"])).content.decode()
    assert "feed-hours" not in page
    Source.objects.update(is_expected=True)
    assert (
        "feed-hours" in as_person(leader).get(reverse("source", args=["evening"])).content.decode()
    )
