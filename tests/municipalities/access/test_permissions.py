"""The matrix decides, guardian's rows follow it, and its page shows it."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from guardian.models import UserObjectPermission

from municipalities.access import operations
from municipalities.access.models import CooperationUserObjectPermission, Membership
from municipalities.access.permissions import cooperations_where, is_held, set_held
from municipalities.access.presenters import matrix
from municipalities.access.queries import needs_second_factor
from municipalities.access.rules import MATRIX, Permission, Role, may_write, permissions_of
from municipalities.access.words import PERMISSION_NAMES, ROLE_NAMES
from tests.factories.municipalities import CooperationFactory, MembershipFactory, UserFactory

WRITERS = set(Role) - {Role.AUDITOR}


def held(user, cooperation) -> set[str]:
    return {p for p in Permission if is_held(user=user, permission=p, cooperation=cooperation)}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_what_the_matrix_says_and_nothing_more(cooperation, role):
    user = MembershipFactory(cooperation=cooperation, role=role).user
    assert held(user, cooperation) == MATRIX[role]
    assert held(user, CooperationFactory()) == set()
    assert not UserObjectPermission.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_who_can_change_something_is_who_the_matrix_lets(role):
    assert may_write({role}) == (role in WRITERS)


def test_nothing_is_held_without_a_role_nor_by_somebody_put_out(cooperation, outsider, leader):
    assert held(outsider, cooperation) == set()
    leader.is_active = False
    leader.save()
    assert held(leader, cooperation) == set()
    outsider.is_superuser = True
    outsider.save()
    assert held(outsider, cooperation) == set()


def test_two_roles_give_both_and_one_taken_leaves_the_other(cooperation, host):
    user = MembershipFactory(cooperation=cooperation, role=Role.SECRETARY).user
    operations.grant(user=user, cooperation=cooperation, municipality=host, role=Role.LEADER)
    assert held(user, cooperation) == permissions_of({Role.SECRETARY, Role.LEADER})
    operations.revoke(membership=Membership.objects.get(role=Role.LEADER))
    assert held(user, cooperation) == MATRIX[Role.SECRETARY]
    operations.revoke(membership=Membership.objects.get())
    assert held(user, cooperation) == set()
    assert not CooperationUserObjectPermission.objects.exists()


def test_an_upgrade_brings_everybody_in_line_with_the_matrix(cooperation, leader):
    set_held(user=leader, cooperation=cooperation, held=frozenset({Permission.APPROVE_REPORT}))
    operations.refresh()
    assert held(leader, cooperation) == MATRIX[Role.LEADER]


def test_each_role_and_permission_has_a_name_of_its_own():
    assert set(ROLE_NAMES) == set(Role) == set(MATRIX)
    assert set(PERMISSION_NAMES) == set(Permission)
    assert set().union(*MATRIX.values()) == set(Permission)


def test_the_page_shows_the_matrix_that_decides(auditor, as_person):
    page = as_person(auditor).get(reverse("access"))
    with translation.override("en"):
        shown = matrix()
        assert shown.columns[1:] == [str(ROLE_NAMES[role]) for role in Role]
    for row, permission in zip(shown.rows, Permission, strict=True):
        assert [cell == "yes" for cell in row[1:]] == [permission in MATRIX[r] for r in Role]
    for text in (*shown.columns, *(row[0] for row in shown.rows)):
        assert text in page.text


def test_several_cooperations_are_found_by_what_is_held_there(leader, host):
    other = CooperationFactory(slug="other", host=host)
    operations.grant(user=leader, cooperation=other, municipality=host, role=Role.AUDITOR)
    found = cooperations_where(user=leader, permission=Permission.VIEW_IMPORTS)
    assert {each.slug for each in found} == {"nordhordland", "other"}
    importing = cooperations_where(user=leader, permission=Permission.IMPORT_CALLS)
    assert [each.slug for each in importing] == ["nordhordland"]


# --- the second factor ---------------------------------------------------------------


@pytest.fixture
def second_factor_is_due(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.usefixtures("second_factor_is_due")
@pytest.mark.parametrize("address", ["/", "/telephony/", "/api/", "/administration/"])
def test_who_can_change_something_sets_up_a_second_factor_first(leader, as_person, address):
    answer = as_person(leader).get(address)
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.usefixtures("second_factor_is_due")
def test_nor_can_such_a_person_post_anything(leader, as_person):
    answer = as_person(leader).post(reverse("import_upload"), {})
    assert answer["Location"] == reverse("mfa_index")


@pytest.mark.usefixtures("second_factor_is_due")
def test_the_pages_to_set_it_up_and_to_leave_are_open(leader, as_person):
    browser = as_person(leader)
    assert browser.get(reverse("mfa_index")).status_code == 200
    assert browser.get(reverse("account_logout")).status_code == 200
    assert browser.post(reverse("set_language"), {"language": "nb"})["Location"] == "/"
    assert browser.get(reverse("health_live")).status_code == 200


@pytest.mark.usefixtures("second_factor_is_due")
def test_who_only_reads_needs_none(auditor, outsider, as_person):
    for person in (auditor, outsider):
        assert not needs_second_factor(person)
        assert as_person(person).get("/").status_code == 200


@pytest.mark.usefixtures("second_factor_is_due")
def test_with_a_second_factor_everything_is_open(leader, as_person):
    Authenticator.objects.create(user=leader, type="totp", data={"secret": "x"})
    assert as_person(leader).get("/telephony/").status_code == 200


# --- language --------------------------------------------------------------------------


def test_a_person_s_language_is_remembered_with_the_person(partner_director, as_person):
    browser = as_person(partner_director)
    answer = browser.post(reverse("set_language"), {"language": "nb", "next": "/help/"})
    assert answer["Location"] == "/help/"
    partner_director.refresh_from_db()
    assert partner_director.language == "nb"
    assert '<html lang="nb"' in as_person(partner_director).get("/").text


@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_before_login_the_language_is_kept_in_a_cookie(language, db):
    browser = Client()
    browser.post(reverse("set_language"), {"language": language})
    assert f'<html lang="{language}"' in browser.get(reverse("account_login")).text


@pytest.mark.parametrize("language", ["", "sv", "../nn", None])
def test_a_language_that_is_not_spoken_here_changes_nothing(partner_director, as_person, language):
    data = {} if language is None else {"language": language}
    assert as_person(partner_director).post(reverse("set_language"), data).status_code == 302
    partner_director.refresh_from_db()
    assert partner_director.language == "en"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_choosing_a_language_leads_nowhere_else(address, db):
    answer = Client().post(reverse("set_language"), {"language": "nn", "next": address})
    assert answer["Location"] == "/"


def test_a_language_is_chosen_by_post_alone(db):
    assert Client().get(reverse("set_language")).status_code == 405


def test_an_email_address_is_one_person_whatever_its_letters(db):
    assert UserFactory(email="Leif@Alver.Example").email == "leif@alver.example"


# --- OpenID Connect by environment ---------------------------------------------------------


def settings_with(**variables) -> subprocess.CompletedProcess:
    """A process of its own that reads the settings with these variables."""
    code = (
        "import django; django.setup(); from django.urls import reverse;"
        "from django.conf import settings;"
        "print(settings.SOCIALACCOUNT_PROVIDERS, reverse('openid_connect_login', args=['entra']))"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=django_settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "legevakt.settings"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_openid_connect_is_switched_on_by_the_environment():
    read = settings_with(
        OIDC_SERVER_URL="https://login.example/v2.0",
        OIDC_ID="entra",
        OIDC_CLIENT_ID="legevakt",
        OIDC_CLIENT_SECRET="s" * 40,
    )
    assert read.returncode == 0, read.stderr
    assert "https://login.example/v2.0" in read.stdout
    assert "/account/oidc/entra/login/" in read.stdout


def test_a_missing_client_of_openid_connect_is_named():
    read = settings_with(OIDC_SERVER_URL="https://login.example/v2.0")
    assert read.returncode != 0
    assert "OIDC_CLIENT_ID is not set" in read.stderr
