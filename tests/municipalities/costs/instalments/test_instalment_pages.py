"""The page of a year's instalments: made by the controller, approved by the director, paid."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from municipalities.costs.errors import Refused
from municipalities.costs.instalments import operations
from municipalities.costs.instalments.models import InstalmentPlan, Payment
from municipalities.costs.instalments.queries import waiting_for
from municipalities.costs.instalments.told import told, words
from municipalities.costs.pools.operations import year_of
from tests.factories import costs

BLANK = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel(datetime(2025, 5, 2, 9, 0, tzinfo=UTC), tick=False):
        yield


def address(name="instalments", *arguments, year=2025):
    return reverse(name, args=["vaernes", "legevakt", year, *arguments])


@pytest.fixture
def pool(vaernes):
    """A pool with a key of 20/80 and an adopted budget for 2025."""
    found = costs.pool(cooperation=vaernes.cooperation)
    costs.adopted_key(pool=found, parts={"equal": 20, "population": 80})
    costs.budget(pool=found, year=2025)
    return found


@pytest.fixture
def plan(pool):
    return costs.plan(pool=pool, year=2025)


def plain(text: str) -> str:
    return text.replace(BLANK, " ").replace("&nbsp;", " ")


def test_the_controller_makes_the_instalments_and_the_director_approves(as_person, vaernes, pool):
    browser = as_person(vaernes.controller)
    asked = browser.get(address("instalments_make"))
    assert 'value="2025-04-15"' in asked.text
    dates = {f"due_{number}": date(2025, 3 * number, 20) for number in (1, 2, 3, 4)}

    made = browser.post(address("instalments_make"), dates, follow=True)

    assert "another has to approve" in made.text
    assert "20 March 2025" in made.text
    assert browser.get(address("instalments_approve")).status_code == 404
    approved = as_person(vaernes.director).post(address("instalments_approve"), follow=True)
    assert "The instalments are approved" in approved.text
    assert InstalmentPlan.objects.get().state == "approved"


def test_due_dates_must_follow_each_other(as_person, vaernes, pool):
    dates = {f"due_{number}": date(2025, 6, 1) for number in (1, 2, 3, 4)}

    answer = as_person(vaernes.controller).post(address("instalments_make"), dates)

    assert answer.status_code == 422
    assert "Give a day after that of the instalment before it." in answer.text
    assert not InstalmentPlan.objects.exists()


def test_without_a_budget_the_page_says_how_to_go_on(as_person, vaernes, pool):
    year_of(pool=pool, year=2026)
    browser = as_person(vaernes.controller)

    assert "record that it is adopted first" in browser.get(address(year=2026)).text
    dates = {f"due_{number}": date(2026, 3 * number, 20) for number in (1, 2, 3, 4)}
    refused = browser.post(address("instalments_make", year=2026), dates)
    assert refused.status_code == 422
    assert "There is no adopted budget for 2026" in refused.text


def test_the_page_shows_the_figures_of_the_reference_with_sums(as_person, vaernes, plan):
    text = plain(as_person(vaernes.tydal).get(address()).text)

    assert "1,662,127" in text or "1 662 127" in text
    assert "10,000,000" in text or "10 000 000" in text
    assert "Tydal pays" in text
    assert "Record what is paid" not in text


def test_the_file_has_the_instalments_and_their_sums(as_person, vaernes, plan):
    answer = as_person(vaernes.tydal).get(address(), {"format": "csv"})

    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    by_name = {row[0]: row for row in rows}
    assert by_name["Stjørdal"][2:7] == [
        "1662127,00",
        "1662127,00",
        "1662127,00",
        "1662126,00",
        "6648507,00",
    ]
    assert by_name["All"][6] == "10000000,00"
    amounts = [[Decimal(cell.replace(",", ".")) for cell in row[2:]] for row in rows[1:]]
    assert [sum(column) for column in zip(*amounts[:-1], strict=True)] == amounts[-1]
    assert as_person(vaernes.tydal).get(address(), {"format": "xlsx"}).status_code == 200
    assert as_person(vaernes.tydal).get(address(), {"format": "exe"}).status_code == 404


def test_a_draft_is_the_host_s_and_the_auditor_s_alone(as_person, vaernes, pool):
    operations.prepare(pool_year=year_of(pool=pool, year=2025), by=None, at=costs.AT)

    assert "Draft" in as_person(vaernes.auditor).get(address()).text
    assert "Draft" not in as_person(vaernes.tydal).get(address()).text
    assert as_person(vaernes.tydal).get(address(), {"format": "csv"}).status_code == 404


def test_everybody_is_recorded_as_having_paid_once(as_person, vaernes, plan):
    browser = as_person(vaernes.controller)
    paid = {"paid_date": date(2025, 1, 15)}

    for _ in range(2):
        answer = browser.post(address("payments_all", 1), paid, follow=True)

    assert "Everybody is recorded" in answer.text
    assert Payment.objects.count() == 4
    assert sum(Payment.objects.values_list("amount", flat=True)) == sum(
        each.amount for line in plan.lines.all() for each in line.instalments.filter(number=1)
    )
    assert browser.get(address("payments_all", 5)).status_code == 404


def test_the_next_instalment_is_proposed_and_a_payment_recorded(as_person, vaernes, plan):
    operations.record_all_paid(
        plan=plan, number=1, paid_date=date(2025, 1, 15), by=None, at=costs.AT
    )
    browser, url = as_person(vaernes.controller), address("payment_new", "5033")
    assert 'value="A-konto 2/2025"' in browser.get(url).text

    given = {"amount": "196 436,50", "paid_date": date(2025, 4, 14), "reference": "B-17"}
    assert "The payment of Tydal is recorded" in browser.post(url, given, follow=True).text

    assert Payment.objects.get(reference="B-17").amount == Decimal("196436.50")
    again = browser.post(url, given | {"amount": "1"})
    assert (again.status_code, "B-17 is recorded already" in again.text) == (422, True)
    later = browser.post(url, given | {"reference": "B-18", "paid_date": date(2025, 5, 3)})
    assert "still to come" in later.text
    assert browser.get(address("payment_new", "9999")).status_code == 404


def test_a_draft_waits_for_the_director_and_not_for_who_made_it(
    vaernes, pool, django_assert_max_num_queries
):
    operations.prepare(pool_year=year_of(pool=pool, year=2025), by=vaernes.controller, at=costs.AT)

    with django_assert_max_num_queries(2):
        todo = waiting_for(
            cooperation=vaernes.cooperation, user=vaernes.director, today=date(2025, 1, 1)
        )

    assert [each.text for each in todo] == ["Approve the instalments of Legevakt for 2025"]
    for user in (vaernes.controller, vaernes.tydal):
        assert not waiting_for(cooperation=vaernes.cooperation, user=user, today=date(2025, 1, 1))


def test_a_bilateral_pool_is_found_by_its_own_alone(as_person, vaernes):
    pool = costs.pool(cooperation=vaernes.cooperation, is_bilateral=True)
    costs.pools.add_member(
        pool=pool, municipality=costs.municipality("Tydal"), joined_date=costs.STARTS
    )
    costs.adopted_key(pool=pool, parts={"equal": 100})
    costs.plan(pool=pool, year=2025)

    assert as_person(vaernes.tydal).get(address()).status_code == 200
    assert as_person(vaernes.selbu).get(address()).status_code == 404
    assert as_person(vaernes.auditor).get(address()).status_code == 200


def test_the_page_takes_few_queries(as_person, vaernes, plan, django_assert_max_num_queries):
    browser = as_person(vaernes.controller)
    browser.get(address())

    with django_assert_max_num_queries(22):
        browser.get(address())


@pytest.mark.parametrize("code", sorted(words()))
def test_every_refusal_has_words(code):
    facts = {"year": 2025, "municipality": "Tydal", "reference": "K-1", "amount": Decimal(1)}

    said = told(Refused(code, **facts))

    assert said.endswith(".")
    assert "%(" not in said
