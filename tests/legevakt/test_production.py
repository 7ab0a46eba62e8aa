"""A production installation: what it refuses, and that Django's own checks find nothing."""

import os
import subprocess
import sys

PRODUCTION = {
    "SECRET_KEY": "k7Qn2vX9bR4tY8wZ1mC6pL3sD5fG0hJxVbNuEaTi7Qn2vX9bR4",
    "SITE_URL": "https://legevakt.example",
    "ALLOWED_HOSTS": "legevakt.example",
    "BEHIND_PROXY": "true",
    "HSTS_WHOLE_DOMAIN": "true",
    "EMAIL_URL": "smtp+tls://user:password@mail.legevakt.example:587",
    "DEMO": "false",
}


def manage(*arguments, **changes):
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL")}
    environment = kept | PRODUCTION | {n: v for n, v in changes.items() if v is not None}
    for name in (name for name, value in changes.items() if value is None):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_djangos_check_for_deployment_finds_nothing():
    checked = manage("check", "--deploy", "--fail-level", "WARNING")

    assert checked.returncode == 0, checked.stderr


def test_hsts_for_the_whole_domain_is_asked_for_and_until_then_the_check_warns():
    warned = manage("check", "--deploy", "--fail-level", "WARNING", HSTS_WHOLE_DOMAIN="false")

    assert warned.returncode != 0
    assert "security.W005" in warned.stderr


def test_without_a_secret_it_says_how_to_make_one():
    refused = manage("check", SECRET_KEY=None)

    assert refused.returncode != 0
    assert "SECRET_KEY is not set" in refused.stderr
    assert "secrets.token_urlsafe" in refused.stderr


def test_a_well_known_secret_is_refused():
    refused = manage("check", SECRET_KEY="changeme" * 8)

    assert "well-known default" in refused.stderr


def test_without_a_mail_server_it_does_not_start():
    """Else account e-mails would lie in the demonstration's outbox, for others to read."""
    assert "EMAIL_URL is not set" in manage("check", EMAIL_URL=None).stderr


def test_without_its_address_it_does_not_start():
    assert "SITE_URL is not set" in manage("check", SITE_URL=None).stderr


def test_https_without_a_proxy_would_redirect_for_ever():
    assert "BEHIND_PROXY" in manage("check", BEHIND_PROXY="false").stderr


def test_openid_connect_is_switched_on_by_environment():
    without_client = manage("check", OIDC_SERVER_URL="https://login.example/v2.0")
    assert "OIDC_CLIENT_ID is not set" in without_client.stderr

    shown = manage(
        "shell",
        "-c",
        "from django.conf import settings as s; print(s.SOCIALACCOUNT_PROVIDERS,"
        " s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])",
        OIDC_SERVER_URL="https://login.example/v2.0",
        OIDC_CLIENT_ID="legevakt",
        OIDC_CLIENT_SECRET="not a secret",
    )
    assert "https://login.example/v2.0" in shown.stdout
    assert "https://login.example'" in shown.stdout
