"""Roles are given and taken in the page, and by command for the first one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from legevakt.lib.outbox import read_outbox
from municipalities.access import rules
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.models import Membership, User


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"


def given(partner, **changes):
    return {
        "name": "Ny Direktør",
        "email": "ny@fedje.example",
        "language": "nb",
        "municipality": partner.pk,
        "role": "partner_director",
    } | changes


def test_a_new_person_gets_the_role_and_a_link_to_choose_a_password(
    host_director, partner, cooperation, as_person
):
    answer = as_person(host_director).post(reverse("access"), given(partner))

    assert answer.status_code == 302
    user = User.objects.get(email="ny@fedje.example")
    assert not user.has_usable_password()
    assert is_held(user=user, permission=Permission.VIEW_OVERVIEW, cooperation=cooperation)
    (mail,) = read_outbox()
    assert "ny@fedje.example" in mail.to
    assert "/account/password/reset/key/" in mail.text
    assert cooperation.name in mail.subject
    assert host_director.name in mail.text


def test_somebody_known_gets_the_role_without_an_email(host_director, leader, host, as_person):
    as_person(host_director).post(
        reverse("access"), given(host, email=leader.email, role="secretary")
    )

    assert leader.memberships.filter(role="secretary").exists()
    assert read_outbox() == []


def test_a_partners_role_is_not_given_on_behalf_of_the_host(host_director, host, as_person):
    answer = as_person(host_director).post(reverse("access"), given(host))

    assert answer.status_code == 422
    assert not User.objects.filter(email="ny@fedje.example").exists()


def test_who_only_sees_the_page_cannot_give_roles(leader, partner, as_person):
    assert as_person(leader).post(reverse("access"), given(partner)).status_code == 404


def test_a_role_taken_away_takes_its_permissions(
    host_director, partner_director, cooperation, as_person
):
    membership = partner_director.memberships.get()

    as_person(host_director).post(reverse("access_revoke", args=[membership.pk]))

    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert not is_held(
        user=partner_director, permission=Permission.VIEW_OVERVIEW, cooperation=cooperation
    )


def test_before_a_role_is_taken_it_is_asked(host_director, partner_director, as_person):
    membership = partner_director.memberships.get()
    browser, url = as_person(host_director), reverse("access_revoke", args=[membership.pk])

    assert f'href="{url}"' in browser.get(reverse("access")).text
    page = browser.get(url)

    assert partner_director.name in page.text
    assert membership.municipality.name in page.text
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_nobody_locks_themselves_out(host_director, as_person):
    membership = host_director.memberships.get()

    as_person(host_director).post(reverse("access_revoke", args=[membership.pk]))

    assert Membership.objects.filter(pk=membership.pk).exists()


def test_another_cooperations_roles_are_not_found(host_director, outsider, as_person, db):
    from tests.factories.municipalities import CooperationFactory, MembershipFactory

    elsewhere = CooperationFactory(slug="elsewhere")
    membership = MembershipFactory(
        user=outsider, cooperation=elsewhere, municipality=elsewhere.host, role="leader"
    )

    answer = as_person(host_director).post(reverse("access_revoke", args=[membership.pk]))

    assert answer.status_code == 404


def test_a_cooperation_and_its_first_director_are_made_by_command(host, partner):
    call_command(
        "add_cooperation",
        "nordhordland",
        "--name=Nordhordland",
        "--host=4631",
        "--partner=4633",
        "--joined=2026-01-01",
        stdout=StringIO(),
    )
    arguments = [
        "give_role",
        "Kari@alver.example",
        "--name=Kari",
        "--role=host_director",
        "--cooperation=nordhordland",
        "--municipality=4631",
    ]
    call_command(*arguments, stdout=StringIO())
    call_command(*arguments, stdout=StringIO())

    user = Membership.objects.get().user
    assert user.email == "kari@alver.example"
    assert user.language == host.language


def test_a_number_that_no_municipality_has_is_named(db):
    with pytest.raises(CommandError, match="9999"):
        call_command("add_cooperation", "x", "--name=x", "--host=9999", "--joined=2026-01-01")


def test_after_an_upgrade_permissions_follow_the_new_matrix(leader, cooperation, monkeypatch):
    smaller = rules.MATRIX | {rules.Role.LEADER: frozenset({Permission.VIEW_OVERVIEW})}
    monkeypatch.setattr(rules, "MATRIX", smaller)

    call_command("migrate", verbosity=0)

    held = {p for p in Permission if is_held(user=leader, permission=p, cooperation=cooperation)}
    assert held == {Permission.VIEW_OVERVIEW}


def test_a_mail_server_that_is_down_is_told_and_the_role_stays(
    host_director, partner, as_person, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    page = as_person(host_director).post(reverse("access"), given(partner), follow=True)

    assert page.status_code == 200
    assert Membership.objects.filter(user__email="ny@fedje.example").exists()
    assert "app-messages" in page.text
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]


def test_a_mail_server_that_is_down_does_not_tell_who_has_an_account(leader, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    address = reverse("account_reset_password")

    known = client.post(address, {"email": leader.email})
    unknown = client.post(address, {"email": "nobody@elsewhere.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_who_manages_two_cooperations_chooses_between_them(host_director, as_person):
    from tests.factories.municipalities import CooperationFactory, MembershipFactory

    second = CooperationFactory(slug="a-second", name="A second")
    MembershipFactory(
        user=host_director, cooperation=second, municipality=second.host, role="host_director"
    )
    browser = as_person(host_director)

    assert "?cooperation=a-second" in browser.get(reverse("access")).text
    chosen = browser.get(reverse("access"), {"cooperation": "nordhordland"})
    assert chosen.context["chosen"].slug == "nordhordland"
    assert browser.get(reverse("access"), {"cooperation": "none"}).status_code == 404
