"""The pages of rules: who sees and decides, what is told, and what bad input is answered."""

import re
from datetime import UTC, datetime, timedelta

import fastexcel
import pytest
from django.urls import reverse
from django.utils import timezone

from callstats.calls.models import CallPurge
from callstats.exclusions import operations
from callstats.exclusions.models import Exclusion
from callstats.exclusions.rules import ExclusionKind
from callstats.periods import operations as indicators
from callstats.periods.models import IndicatorFigure
from callstats.periods.tasks import compute_month
from legevakt.lib.periods import Period
from municipalities.rules import Role
from tests.factories.callstats import call, stored
from tests.factories.exclusions import PROPOSED_AT, STARTS_AT, approved, proposed
from tests.factories.municipalities import MembershipFactory

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def told():
    """What the form sends: an hour of test calls on every line."""
    return {
        "kind": "test_calls",
        "name": "Line test",
        "reason": "The vendor tried out the new queue.",
        "line": "",
        "starts": "2025-10-24T14:00",
        "ends": "2025-10-24T15:00",
    }


@pytest.fixture
def leaders(leader, as_person):
    return as_person(leader)


@pytest.fixture
def directors(host_director, as_person):
    return as_person(host_director)


@pytest.fixture
def calls(source):
    """Four in the window, of which two in time; two outside, both in time."""
    stored(
        source=source,
        rows=[
            call("a"),
            call("b", queue="lv_direkte"),
            call("c", wait_seconds=300),
            call("d", outcome="abandoned"),
            call("e", arrived_at=STARTS_AT - HOUR),
            call("f", arrived_at=STARTS_AT + HOUR),
        ],
    )


def words_of(answer) -> str:
    """The text of the page on one line."""
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def page_of(rule):
    return reverse("exclusion", args=[rule.central.slug, rule.pk])


def step(rule, name):
    return reverse(f"exclusion_{name}", args=[rule.central.slug, rule.pk])


def send(browser, central, told):
    return browser.post(reverse("exclusion_new", args=[central.slug]), told)


def figure_of(definition_id, starts_on, revision=1):
    found = IndicatorFigure.objects.get(
        definition_id=definition_id,
        period__revision=revision,
        period__starts_on=starts_on,
        period__ends_on__lte=datetime(2025, 12, 1, tzinfo=UTC).date(),
    )
    return found.numerator, found.denominator


def test_a_rule_is_proposed_by_one_and_approved_by_another(
    leaders, directors, central, calls, told
):
    compute_month(central_id=central.pk, year=2025, month=10)
    assert send(leaders, central, told).status_code == 302
    rule = Exclusion.objects.get()
    assert (rule.starts_at, rule.ends_at) == (STARTS_AT, STARTS_AT + HOUR)
    assert "another person must approve it" in words_of(leaders.get(page_of(rule)))

    page = words_of(directors.get(page_of(rule)))
    assert "66.7% (4 of 6)" in page
    assert "100.0% (2 of 2)" in page
    answer = directors.post(step(rule, "approve"), follow=True)

    assert "The rule is approved" in words_of(answer)
    october = datetime(2025, 10, 1, tzinfo=UTC).date()
    assert figure_of("lvs-2min-v1", october) == (4, 6)
    assert figure_of("lvs-2min-caller-v1", october) == (2, 2)


def test_withdrawing_computes_the_month_again(leaders, central, leader, host_director, calls):
    rule = approved(central=central, by=leader, approver=host_director)
    compute_month(central_id=central.pk, year=2025, month=10)
    october = datetime(2025, 10, 1, tzinfo=UTC).date()
    assert figure_of("lvs-2min-caller-v1", october) == (2, 2)
    answer = leaders.post(step(rule, "withdraw"), {"reason": "Real calls."}, follow=True)
    assert "The rule is withdrawn" in words_of(answer)
    assert "Why it is withdrawn Real calls." in words_of(answer)
    assert figure_of("lvs-2min-caller-v1", october) == (4, 6)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "This field is required"),
        ("   ", "This field is required"),
        ("r" * 401, "at most 400 characters"),
        ("Kari rang frå 41 23 45 67", "looks like a telephone number"),
    ],
)
def test_without_a_reason_nothing_is_withdrawn(leaders, central, leader, reason, words):
    rule = proposed(central=central, by=leader)
    assert "Why it is withdrawn" in words_of(leaders.get(step(rule, "withdraw")))
    answer = leaders.post(step(rule, "withdraw"), {"reason": reason})
    assert answer.status_code == 422
    assert words in words_of(answer)
    rule.refresh_from_db()
    assert rule.state == "proposed"


def test_what_is_refused_is_not_asked_why(leaders, directors, central, leader):
    rule = proposed(central=central, by=leader)
    directors.post(step(rule, "refuse"))
    page = words_of(leaders.get(step(rule, "withdraw"), follow=True))
    assert "decided already" in page


def test_who_proposed_has_no_button_and_the_decision_is_refused(central, leader, as_person):
    MembershipFactory(user=leader, cooperation=central.cooperation, role=Role.HOST_DIRECTOR)
    rule, browser = proposed(central=central, by=leader), as_person(leader)
    assert step(rule, "approve") not in browser.get(page_of(rule)).text
    for name in ("approve", "refuse"):
        answer = browser.post(step(rule, name), follow=True)
        assert "You proposed this rule yourself" in words_of(answer)
    rule.refresh_from_db()
    assert rule.state == "proposed"


def test_who_may_not_approve_has_no_button_and_gets_404(
    central, leader, secretary, controller, as_person
):
    rule = proposed(central=central, by=leader)
    for person in (leader, secretary, controller):
        browser = as_person(person)
        assert step(rule, "approve") not in browser.get(page_of(rule)).text
        assert browser.post(step(rule, "approve")).status_code == 404
    assert step(rule, "withdraw") not in as_person(controller).get(page_of(rule)).text
    assert as_person(controller).post(step(rule, "withdraw")).status_code == 404


def test_a_refused_rule_has_no_buttons_left(central, leader, directors):
    rule = proposed(central=central, by=leader)
    answer = directors.post(step(rule, "refuse"), follow=True)
    assert "It leaves nothing out" in words_of(answer)
    assert "Refused by" in words_of(answer)
    assert "/approve/" not in answer.text
    again = directors.post(step(rule, "approve"), follow=True)
    assert "decided already" in words_of(again)


def test_an_outsider_finds_nothing(central, leader, outsider, as_person):
    rule, browser = proposed(central=central, by=leader), as_person(outsider)
    for url in (reverse("exclusions", args=[central.slug]), page_of(rule)):
        assert browser.get(url).status_code == 404


def test_a_rule_is_not_found_under_another_central(central, leader, leaders, cooperation):
    rule = proposed(central=central, by=leader)
    assert leaders.get(reverse("exclusion", args=["other", rule.pk])).status_code == 404


def test_an_empty_list_says_what_to_do_next(central, leaders, partner_director, as_person):
    url = reverse("exclusions", args=[central.slug])
    assert reverse("exclusion_new", args=[central.slug]) in leaders.get(url).text
    page = as_person(partner_director).get(url)
    assert "The head of the legevakt proposes a rule" in words_of(page)
    assert reverse("exclusion_new", args=[central.slug]) not in page.text


def test_the_list_says_which_indicators_leave_what_out(central, leaders):
    page = words_of(leaders.get(reverse("exclusions", args=[central.slug])))
    assert "“Answered within two minutes”, never leaves anything out" in page
    assert "Reached within two minutes, as the caller sees it test calls " in page
    assert "without tests and outages test calls, outage " in page


def test_the_list_tells_what_each_rule_does(central, leaders, leader, host_director, calls):
    compute_month(central_id=central.pk, year=2025, month=10)
    approved(central=central, by=leader, approver=host_director)
    page = words_of(leaders.get(reverse("exclusions", args=[central.slug])))
    assert "October 2025: 66.7% (4 of 6); without 100.0% (2 of 2)" in page
    assert "24 Oct 2025, 14:00 to 24 Oct 2025, 15:00" in page
    assert leader.name in page
    assert host_director.name in page


def test_the_list_asks_as_much_for_many_as_for_one(
    central, leader, host_director, leaders, calls, django_assert_max_num_queries
):
    compute_month(central_id=central.pk, year=2025, month=10)
    url = reverse("exclusions", args=[central.slug])
    approved(central=central, by=leader, approver=host_director)
    with django_assert_max_num_queries(12) as few:
        leaders.get(url)
    for number in range(2, 12):
        proposed(central=central, by=leader, starts_at=STARTS_AT + number * HOUR)
    with django_assert_max_num_queries(12) as many:
        leaders.get(url)
    assert len(many) == len(few)


def test_the_page_of_a_rule_asks_for_little(
    central, leader, host_director, leaders, calls, django_assert_max_num_queries
):
    rule = approved(central=central, by=leader, approver=host_director)
    with django_assert_max_num_queries(12):
        leaders.get(page_of(rule))


def test_excluded_calls_are_shown_and_downloaded_as_on_the_screen(
    central, leader, host_director, leaders, calls
):
    rule = approved(central=central, by=leader, approver=host_director)
    page = words_of(leaders.get(page_of(rule)))
    assert "24 Oct 2025, 14:00 116 117 answered 2 1" in page
    assert "24 Oct 2025, 14:00 local 8-digit number answered 1 1" in page

    csv = leaders.get(page_of(rule), {"format": "csv"})
    assert 'filename="nordhordland-exclusion-' in csv["Content-Disposition"]
    assert csv.content.decode("utf-8-sig").splitlines()[1:] == [
        "24 Oct 2025, 14:00;116 117;abandoned by the caller;1;0",
        "24 Oct 2025, 14:00;116 117;answered;2;1",
        "24 Oct 2025, 14:00;local 8-digit number;answered;1;1",
    ]
    book = fastexcel.read_excel(leaders.get(page_of(rule), {"format": "xlsx"}).content)
    rows = book.load_sheet(0).to_polars().rows()
    assert [row[2:] for row in rows] == [
        ("abandoned by the caller", 1, 0),
        ("answered", 2, 1),
        ("answered", 1, 1),
    ]
    assert leaders.get(page_of(rule), {"format": "pdf"}).status_code == 404


def test_the_calls_hour_by_hour_are_for_those_who_see_the_logs(
    central, leader, host_director, partner_director, as_person, calls
):
    rule = approved(central=central, by=leader, approver=host_director)
    partners = as_person(partner_director)

    page = words_of(partners.get(page_of(rule)))
    assert "an hour may have one call alone" in page
    assert "24 Oct 2025, 14:00 116 117 answered 2 1" not in page
    assert partners.get(page_of(rule), {"format": "csv"}).status_code == 404


def test_a_published_month_is_revised_before_a_rule_of_it_is_approved(
    central, leader, host_director, directors, calls
):
    month = indicators.compute(central=central, period=Period.month(2025, 10), at=timezone.now())
    seen = indicators.fingerprint(month)
    indicators.check(period=month, seen=seen, by=leader, at=timezone.now())
    indicators.publish(
        period=month, by=host_director, at=PROPOSED_AT, provisional_reason="No feed hours."
    )
    rule = proposed(central=central, by=leader)
    assert "These months are published: October 2025" in words_of(directors.get(page_of(rule)))

    page = words_of(directors.post(step(rule, "approve"), follow=True))

    assert "Open a revision of them first" in page
    rule.refresh_from_db()
    assert rule.state == "proposed"
    indicators.open_revision(period=month, reason="Test calls", by=leader, at=timezone.now())
    directors.post(step(rule, "approve"))
    assert figure_of("lvs-2min-caller-v1", month.starts_on, revision=2) == (2, 2)
    assert figure_of("lvs-2min-caller-v1", month.starts_on, revision=1) == (4, 6)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ends": "2025-10-24T14:00"}, "It must end after it begins"),
        ({"ends": "2025-10-24T13:00"}, "It must end after it begins"),
        ({"ends": "2025-10-31T14:01"}, "A window is a week at most"),
        ({"starts": "2025-03-30T02:30"}, "there was no 02:30"),
        ({"starts": "noon"}, "Write the day and the time"),
        ({"starts": "0001-01-01T00:00"}, "Write the day and the time"),
        ({"starts": "2025-10-24T14:00+02:00"}, "Write the day and the time"),
        ({"starts": ""}, "This field is required"),
        ({"kind": "weather"}, "Select a valid choice"),
        ({"line": "0"}, "Select a valid choice"),
        ({"name": ""}, "This field is required"),
        ({"name": "n" * 81}, "at most 80 characters"),
        ({"reason": "r" * 401}, "at most 400 characters"),
        ({"reason": "Kari rang frå 41 23 45 67"}, "looks like a telephone number"),
        ({"name": "01019012345"}, "looks like a telephone number"),
    ],
)
def test_bad_input_is_answered_with_words_and_nothing_is_stored(
    leaders, central, told, facts, words
):
    answer = send(leaders, central, told | facts)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not Exclusion.objects.exists()


def test_a_line_of_another_central_is_no_choice(leaders, central, told, cooperation):
    from tests.factories.municipalities import CentralFactory, PublicNumberFactory

    other = PublicNumberFactory(central=CentralFactory(cooperation=cooperation, slug="other"))
    assert send(leaders, central, told | {"line": other.pk}).status_code == 422


def test_overlapping_an_approved_rule_says_which(leaders, central, leader, host_director, told):
    approved(central=central, by=leader, approver=host_director, name="The first one")
    answer = send(leaders, central, told | {"starts": "2025-10-24T14:59"})
    assert answer.status_code == 422
    assert "The approved rule “The first one” leaves out" in words_of(answer)


def test_a_time_whose_calls_are_deleted_is_refused_with_words(leaders, central, told):
    CallPurge.objects.create(central=central, before_at=datetime(2025, 10, 31, 23, tzinfo=UTC))
    answer = send(leaders, central, told)
    assert "The calls from before 1 Nov 2025, 00:00 are deleted" in words_of(answer)


def test_a_time_that_comes_twice_is_asked_about(leaders, central, told):
    twice = told | {"starts": "2025-10-26T02:30", "ends": "2025-10-26T02:30"}
    answer = send(leaders, central, twice)
    assert answer.status_code == 422
    assert "this time came twice" in words_of(answer)
    assert not Exclusion.objects.exists()

    send(leaders, central, twice | {"starts_which": "first", "ends_which": "second"})

    rule = Exclusion.objects.get()
    assert rule.starts_at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert rule.ends_at - rule.starts_at == HOUR
    page = words_of(leaders.get(page_of(rule)))
    assert "26 Oct 2025, 02:30 (summer time) to 26 Oct 2025, 02:30 (winter time)" in page


def test_the_second_cannot_end_before_the_first(leaders, central, told):
    twice = told | {"starts": "2025-10-26T02:30", "ends": "2025-10-26T02:30"}
    answer = send(leaders, central, twice | {"starts_which": "second", "ends_which": "first"})
    assert "It must end after it begins" in words_of(answer)


def test_a_window_across_two_months_tells_of_both(central, leader, leaders, calls):
    compute_month(central_id=central.pk, year=2025, month=10)
    rule = operations.propose(
        central=central,
        kind=ExclusionKind.OUTAGE,
        name="Storm",
        reason="The power was out.",
        line=None,
        starts_at=datetime(2025, 10, 31, 20, tzinfo=UTC),
        ends_at=datetime(2025, 11, 1, 2, tzinfo=UTC),
        by=leader,
        at=PROPOSED_AT,
    )
    page = words_of(leaders.get(page_of(rule)))
    assert "October 2025 0 0 66.7% (4 of 6) 66.7% (4 of 6)" in page
    assert "November 2025 0 0 not computed yet not computed yet" in page
    assert "No call is stored in this window" in page
