from datetime import timedelta

import pytest

from callstats.feeds import operations as feeds
from callstats.feeds.models import SourceToken
from callstats.feeds.rules import every_scope
from tests.conftest import NOW
from tests.factories.callstats import TokenFactory

pytestmark = pytest.mark.usefixtures("clock")


def test_a_token_has_the_rights_it_is_made_with(source):
    feeds.make_token(
        source=source,
        name="Puzzel",
        expires_at=NOW + timedelta(days=1),
        scopes=["calls:write"],
        networks=["192.0.2.17", "2001:db8::/32", "192.0.2.17"],
    )
    token = SourceToken.objects.get()
    assert token.scopes == ["calls:write"]
    assert token.networks == ["192.0.2.17/32", "2001:db8::/32"]
    assert token.expiry_date == NOW + timedelta(days=1)


def test_a_token_may_everything_from_anywhere_unless_told(source):
    feeds.make_token(source=source, name="Puzzel")
    token = SourceToken.objects.get()
    assert (token.scopes, token.networks, token.expiry_date) == (every_scope(), [], None)


@pytest.mark.parametrize(
    "wrong", [{"scopes": []}, {"scopes": ["agreements:read"]}, {"networks": ["here"]}]
)
def test_unknown_rights_are_refused(source, wrong):
    with pytest.raises(feeds.SetupError):
        feeds.make_token(source=source, name="Puzzel", **wrong)
    assert not SourceToken.objects.exists()


def test_both_tokens_work_until_the_overlap_has_gone(source, clock):
    old = TokenFactory(source=source, scopes=["calls:write"], networks=["192.0.2.0/24"])

    key = feeds.rotate_token(token=old, at=NOW, overlap=timedelta(days=2))

    new = SourceToken.objects.get_from_key(key)
    assert (new.name, new.scopes, new.networks) == (old.name, old.scopes, old.networks)
    old = SourceToken.objects.get(pk=old.pk)
    assert old.expiry_date == NOW + timedelta(days=2)
    assert not old.has_expired
    clock.shift(timedelta(days=2, seconds=1))
    assert old.has_expired
    assert not new.has_expired


def test_the_new_token_lives_as_long_as_the_old_one_was_made_for(source, clock):
    old = TokenFactory(source=source, expiry_date=NOW + timedelta(days=100))
    clock.shift(timedelta(days=98))
    at = NOW + timedelta(days=98)

    key = feeds.rotate_token(token=old, at=at)

    assert SourceToken.objects.get_from_key(key).expiry_date == at + timedelta(days=100)
    old = SourceToken.objects.get(pk=old.pk)
    assert old.expiry_date == NOW + timedelta(days=100), "an overlap never makes a token older"


def test_what_is_taken_no_more_cannot_be_renewed(source):
    revoked = TokenFactory(source=source, revoked=True)
    expired = TokenFactory(source=source, expiry_date=NOW)
    for token in (revoked, expired):
        with pytest.raises(feeds.SetupError):
            feeds.rotate_token(token=token, at=NOW)
    assert SourceToken.objects.count() == 2


def test_a_revoked_token_stays_in_the_list(source):
    token = TokenFactory(source=source)
    feeds.revoke_token(source=source, prefix=token.prefix)
    assert SourceToken.objects.get().revoked
    with pytest.raises(feeds.SetupError):
        feeds.revoke_token(source=source, prefix="nothing")
