"""The page of a schedule: its kind, its roles, and who without a login receives it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reporting.deliveries import operations as deliveries
from reporting.deliveries.models import OutsideRecipient, Schedule, ScheduleKind
from tests.factories.reporting import AFTER_THE_YEAR, schedule

pytestmark = pytest.mark.usefixtures("after_the_year")
MAYOR = {"name": "Ola Ordførar", "email": "ordforar@fedje.example", "language": "nb"}


@pytest.fixture
def after_the_year(clock):
    """It is 21 January 2026."""
    clock.move_to(AFTER_THE_YEAR + timedelta(days=1))


def url_of(cooperation, kind, name="delivery_schedule", *more):
    return reverse(name, args=[cooperation.slug, kind, *more])


@pytest.mark.parametrize("kind", ScheduleKind.values)
def test_each_kind_is_proposed_saved_and_told(as_person, cooperation, secretary, kind):
    browser, url = as_person(secretary), url_of(cooperation, kind)
    assert browser.get(url).status_code == 200
    given = {"months_after": 2, "day": 5, "local_time": "07:30", "is_active": "on"}
    given["roles"] = ["leader", "partner_director"]
    assert browser.post(url, given).status_code == 302
    plan = Schedule.objects.get(kind=kind)
    assert (plan.months_after, plan.roles) == (2, ["leader", "partner_director"])
    assert not plan.is_attached
    assert "07:30" in browser.get(url).content.decode()
    assert "07:30" in browser.get(reverse("deliveries")).content.decode()


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("annual_report", {"months_after": 13}),
        ("monthly_letter", {"months_after": 4}),
        ("tertial_report", {"months_after": 0}),
        ("orientation", {"local_time": "25:00"}),
        ("orientation", {"roles": ["mayor"]}),
        ("orientation", {"day": 31}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(as_person, cooperation, secretary, kind, wrong):
    given = {"months_after": 1, "day": 5, "local_time": "07:30", "roles": ["leader"]} | wrong
    answer = as_person(secretary).post(url_of(cooperation, kind), given)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
    assert not Schedule.objects.exists()


def test_there_is_no_page_of_another_kind(as_person, cooperation, secretary):
    browser = as_person(secretary)
    assert browser.get(url_of(cooperation, "weekly")).status_code == 404
    assert browser.get(url_of(cooperation, "orientation", "recipient_new")).status_code == 404


def test_somebody_without_a_login_is_added_and_removed(as_person, cooperation, secretary, partner):
    plan = schedule(cooperation, kind="orientation")
    browser, page = as_person(secretary), url_of(cooperation, "orientation")
    new = url_of(cooperation, "orientation", "recipient_new")
    assert browser.get(new).status_code == 200
    for _ in range(2):
        assert browser.post(new, MAYOR | {"municipality": partner.pk}).url == page
    mayor = OutsideRecipient.objects.get()
    assert (mayor.schedule, mayor.municipality) == (plan, partner)
    assert mayor.email in browser.get(page).content.decode()
    browser.post(url_of(cooperation, "orientation", "recipient_remove", mayor.pk))
    assert mayor.email not in browser.get(page).content.decode()
    mayor.refresh_from_db()
    assert mayor.removed_at is not None
    browser.post(new, MAYOR | {"municipality": partner.pk})
    assert OutsideRecipient.objects.count() == 2


def test_a_municipality_that_takes_no_part_is_refused(as_person, cooperation, secretary):
    from tests.factories.municipalities import MunicipalityFactory

    schedule(cooperation, kind="orientation")
    given = MAYOR | {"municipality": MunicipalityFactory(number="1103").pk, "email": "no"}
    answer = as_person(secretary).post(url_of(cooperation, "orientation", "recipient_new"), given)
    assert set(answer.context["form"].errors) == {"municipality", "email"}


def test_who_is_of_another_schedule_is_not_removed(as_person, cooperation, secretary, partner):
    other = schedule(cooperation, kind="tertial_report")
    schedule(cooperation, kind="orientation")
    mayor = deliveries.add_outside(schedule=other, municipality=partner, at=AFTER_THE_YEAR, **MAYOR)
    url = url_of(cooperation, "orientation", "recipient_remove", mayor.pk)
    assert as_person(secretary).post(url).status_code == 404


def test_who_declined_is_told(as_person, cooperation, secretary, host_director):
    plan = schedule(cooperation, kind="orientation")
    deliveries.decline(schedule=plan, email=host_director.email, at=AFTER_THE_YEAR)
    told = as_person(secretary).get(url_of(cooperation, "orientation")).content.decode()
    assert "Do not want it any more" in told
    assert told.count(host_director.email) == 1


@pytest.mark.parametrize("person", ["auditor", "controller", "partner_director", "outsider"])
def test_who_may_not_send_gets_404(person, request, as_person, cooperation, partner):
    plan = schedule(cooperation, kind="orientation")
    mayor = deliveries.add_outside(schedule=plan, municipality=partner, at=AFTER_THE_YEAR, **MAYOR)
    browser = as_person(request.getfixturevalue(person))
    assert browser.get(url_of(cooperation, "orientation")).status_code == 404
    assert browser.get(url_of(cooperation, "orientation", "recipient_new")).status_code == 404
    remove = url_of(cooperation, "orientation", "recipient_remove", mayor.pk)
    assert browser.post(remove).status_code == 404
    mayor.refresh_from_db()
    assert mayor.removed_at is None
