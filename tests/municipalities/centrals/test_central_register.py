"""A central's public numbers and whom it answers for, through the pages and past them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from callstats.indicators.definitions import DEFAULT_ID
from callstats.periods import operations as periods
from callstats.periods.stored import level_of
from legevakt.lib.periods import Period
from legevakt.lib.refusals import refused_rule
from municipalities.centrals import operations
from municipalities.centrals.models import LineClass, PublicNumber, ServedMunicipality
from municipalities.centrals.queries import served_on
from municipalities.centrals.rules import NumberError
from municipalities.models import Municipality
from tests.factories.centrals import serving
from tests.factories.months import month_of_calls
from tests.factories.municipalities import CentralFactory, MunicipalityFactory, PublicNumberFactory

pytestmark = pytest.mark.usefixtures("clock")

NUMBER = {"line_class": "lokal8", "number": "56 34 90 00", "valid_from": "2025-07-01"}


@pytest.fixture
def keeper(leader, as_person):
    return as_person(leader)


@pytest.fixture
def other(cooperation):
    return CentralFactory(slug="other", cooperation=cooperation)


def page(name, central, *more):
    return reverse(name, args=["nordhordland", central.slug, *more])


def test_a_number_is_added_with_the_day_it_began(keeper, central):
    answer = keeper.post(page("central_number_new", central), NUMBER, follow=True)

    found = PublicNumber.objects.get(number="56349000")
    assert (found.line_class, found.valid_from, found.valid_to) == (
        LineClass.LOCAL,
        date(2025, 7, 1),
        None,
    )
    assert "56 34 90 00" in answer.text
    assert "from 1 July 2025" in answer.text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"number": "+4756349000"}, "Write digits only"),
        ({"number": "5634900"}, "has eight digits"),
        ({"line_class": "116117"}, "The national number is 116 117"),
        ({"line_class": "other", "number": "1" * 16}, "at most 15 digits"),
        ({"line_class": "116117", "number": "116117"}, "has this number already"),
        ({"valid_from": "30.02.2025"}, "Enter a valid date"),
    ],
)
def test_a_number_that_is_refused_is_told_in_words(keeper, central, told, words):
    answer = keeper.post(page("central_number_new", central), NUMBER | told)

    assert answer.status_code == 422
    assert words in answer.text
    assert central.numbers.count() == 2


def test_no_operation_takes_what_is_no_number(central):
    with pytest.raises(NumberError):
        operations.add_number(
            central=central, line_class="lokal8", number="call us", valid_from=None
        )


def test_a_number_is_ended_by_its_last_day_with_the_reason_in_the_history(keeper, central):
    line = PublicNumberFactory(central=central, line_class="lokal8", number="56349000")
    url = page("central_number_change", central, line.pk)
    told = {"valid_from": "", "last_day": "2025-10-31", "reason": "A new number"}

    answer = keeper.post(url, told, follow=True)

    line.refresh_from_db()
    assert (line.valid_from, line.valid_to) == (None, date(2025, 11, 1))
    assert "until 31 October 2025" in answer.text
    assert "Ended" in answer.text
    assert line.events.latest("pgh_id").pgh_context.metadata["reason"] == "A new number"
    assert 'value="2025-10-31"' in keeper.get(url).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"last_day": "2025-06-30"}, "cannot be before the first"),
        ({"reason": ""}, "This field is required"),
    ],
)
def test_days_of_a_number_that_are_refused_are_told_in_words(keeper, central, told, words):
    line = central.numbers.first()
    days = {"valid_from": "2025-07-01", "last_day": "2025-12-31", "reason": "It moved"}

    answer = keeper.post(page("central_number_change", central, line.pk), days | told)

    assert answer.status_code == 422
    assert words in answer.text
    line.refresh_from_db()
    assert line.valid_from is None


def test_a_number_that_was_not_known_is_written_once_and_never_changed(keeper, central):
    line = central.numbers.get(number="")
    url = page("central_number_change", central, line.pk)
    days = {"valid_from": "", "last_day": "", "reason": "Asked the supplier"}

    for number in ("56349000", "56349999"):
        keeper.post(url, days | {"number": number})

    line.refresh_from_db()
    assert line.number == "56349000"


def test_a_number_written_where_it_is_listed_already_is_told_in_words(keeper, central):
    PublicNumberFactory(central=central, line_class="lokal8", number="56349000")
    line = central.numbers.get(number="")
    told = {"number": "56349000", "valid_from": "", "last_day": "", "reason": "Known now"}

    answer = keeper.post(page("central_number_change", central, line.pk), told)

    assert "has this number already" in answer.text


def test_new_days_of_the_numbers_change_no_figure(central, leader):
    october = Period.month(2025, 10)
    before = month_of_calls(central, october, within=3, late=1, unanswered=1)
    seen = level_of(before, definition_id=DEFAULT_ID)

    for line in central.numbers.all():
        operations.change_number(
            line=line,
            valid_from=date(2025, 11, 1),
            valid_to=date(2025, 11, 2),
            reason="It is not in use in October",
        )
    after = periods.compute(central=central, period=october, at=timezone.now())

    assert (seen.numerator, seen.denominator) == (3, 5)
    assert level_of(after, definition_id=DEFAULT_ID) == seen


def test_the_database_refuses_a_number_that_ends_first_or_is_listed_twice(central):
    line = central.numbers.get(number="116117")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        central.numbers.filter(pk=line.pk).update(
            valid_from=date(2025, 1, 1), valid_to=date(2025, 1, 1)
        )
    assert refused_rule(refusal.value) == "number_ends_after_start"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        PublicNumber.objects.bulk_create(
            [PublicNumber(central=central, line_class="116117", number="116117")]
        )
    assert refused_rule(refusal.value) == "number_is_listed_once"


def served(municipality, **told):
    return {
        "municipality": municipality.pk,
        "area": "",
        "valid_from": "2025-07-01",
        "last_day": "",
    } | told


def test_a_municipality_is_served_from_the_middle_of_the_year(keeper, central, partner):
    answer = keeper.post(page("central_served_new", central), served(partner), follow=True)

    found = ServedMunicipality.objects.get()
    assert (found.municipality, found.valid_from, found.valid_to) == (
        partner,
        date(2025, 7, 1),
        None,
    )
    assert "Fedje (4633)" in answer.text
    assert "Today it answers for 1 municipality" in answer.text
    assert [each.municipality for each in served_on(central=central, day=date(2025, 7, 1))] == [
        partner
    ]
    assert not served_on(central=central, day=date(2025, 6, 30)).exists()


def test_the_form_proposes_the_next_half_year(keeper, central):
    assert 'value="2026-01-01"' in keeper.get(page("central_served_new", central)).text


def test_two_centrals_may_each_answer_for_a_part(keeper, central, other, partner):
    serving(central=other, municipality=partner, area="North")

    keeper.post(page("central_served_new", central), served(partner, area="South"))

    assert [each.area for each in served_on(central=central, day=date(2025, 7, 1))] == ["South"]


def test_what_cannot_be_served_is_told_in_words(keeper, central, other, partner):
    serving(central=other, municipality=partner)
    gone = MunicipalityFactory(
        number="4620", name="Gone", valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 1)
    )
    gone.participations.create(cooperation=central.cooperation, joined_date=date(2022, 1, 1))
    url = page("central_served_new", central)

    for told, words in (
        (served(partner), "answers for the whole municipality in these days already"),
        (served(gone), "The municipality number had ended on that day"),
        (served(partner, last_day="2025-06-30"), "cannot be before the first"),
        (served(partner) | {"municipality": 0}, "Select a valid choice"),
    ):
        answer = keeper.post(url, told)
        assert answer.status_code == 422
        assert words in answer.text
    assert "Gone (4620), until 31 December 2023" in keeper.get(url).text
    assert not central.served.exists()


def test_a_service_is_ended_so_that_another_central_can_follow(keeper, central, other, partner):
    row = serving(central=other, municipality=partner)
    url = page("central_served_change", other, row.pk)
    end = served(partner, valid_from="2024-01-01", last_day="2025-06-30", reason="Moved")

    answer = keeper.post(url, end, follow=True)
    keeper.post(page("central_served_new", central), served(partner))

    assert "1 January 2024 to 30 June 2025" in answer.text
    row.refresh_from_db()
    assert row.valid_to == date(2025, 7, 1)
    assert row.events.latest("pgh_id").pgh_context.metadata["reason"] == "Moved"
    assert central.served.count() == 1


def test_a_change_that_overlaps_is_told_in_words(keeper, central, other, partner):
    serving(central=other, municipality=partner, valid_to=date(2025, 7, 1))
    row = serving(central=central, municipality=partner, valid_from=date(2025, 7, 1))
    told = served(partner, valid_from="2025-06-30", reason="Earlier")

    answer = keeper.post(page("central_served_change", central, row.pk), told)

    assert "answers for the whole municipality in these days already" in answer.text


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({}, "municipality_is_served_by_one_central_at_a_time"),
        (
            {"valid_from": date(2023, 1, 1), "valid_to": date(2023, 1, 1)},
            "service_of_municipality_ends_after_start",
        ),
        ({"municipality__number": "4620"}, "served_municipality_exists"),
    ],
)
def test_the_database_refuses_a_service_against_its_rules(central, other, partner, facts, rule):
    serving(central=other, municipality=partner)
    MunicipalityFactory(number="4620", valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 1))
    number = facts.pop("municipality__number", partner.number)
    told = {"valid_from": date(2025, 1, 1), "central": central} | facts
    row = ServedMunicipality(municipality=Municipality.objects.get(number=number), **told)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ServedMunicipality.objects.bulk_create([row])

    assert refused_rule(refusal.value) == rule


def test_who_only_reads_sees_the_register_and_cannot_change_it(
    central, partner, partner_director, as_person
):
    row = serving(central=central, municipality=partner)
    browser = as_person(partner_director)

    told = browser.get(page("central_record", central)).text

    assert "116 117" in told
    assert "Fedje" in told
    assert page("central_number_new", central) not in told
    for url in (
        page("central_number_new", central),
        page("central_number_change", central, central.numbers.first().pk),
        page("central_served_new", central),
        page("central_served_change", central, row.pk),
    ):
        assert browser.post(url).status_code == 404


def test_one_central_is_its_own_page_and_several_are_a_list(central, auditor, as_person):
    browser, url = as_person(auditor), reverse("centrals_of", args=["nordhordland"])

    assert browser.get(url)["Location"] == page("central_record", central)
    other = CentralFactory(slug="other", cooperation=central.cooperation)
    told = browser.get(url).text
    assert page("central_record", other) in told
    assert "0 of 30 requirements are fulfilled; not yet checked: 30." in told
    assert "0 of 26 requirements are fulfilled; not yet checked: 26." in told


def test_empty_pages_say_what_to_do_next(cooperation, auditor, as_person):
    browser = as_person(auditor)

    assert "add_source" in browser.get(reverse("centrals_of", args=["nordhordland"])).text
    told = browser.get(page("central_record", CentralFactory(cooperation=cooperation))).text
    assert "Add 116 117 and the central" in told
    assert "Add those whose 116 117 calls are answered here" in told


def test_a_central_of_another_cooperation_or_a_sandbox_is_not_found(central, leader, as_person):
    browser = as_person(leader)

    for stranger in (
        CentralFactory(),
        CentralFactory(cooperation=central.cooperation, is_sandbox=True),
    ):
        assert browser.get(page("central_record", stranger)).status_code == 404


def test_the_page_asks_as_much_for_many_rows_as_for_one(
    central, partner, keeper, django_assert_max_num_queries
):
    url = page("central_record", central)
    with django_assert_max_num_queries(14) as few:
        keeper.get(url)
    for n in range(10):
        PublicNumberFactory(central=central, line_class="other", number=f"0280{n}")
        serving(central=central, municipality=partner, area=f"Part {n}")
    with django_assert_max_num_queries(14) as many:
        keeper.get(url)
    assert len(many) == len(few)
