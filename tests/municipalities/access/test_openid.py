"""Login by OpenID Connect, against a provider that runs beside the test."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.urls import reverse


class Provider:
    """A provider that lets everybody in as the person in `claims`."""

    def __init__(self):
        self.claims = {"sub": "subject-1"}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer(provider.get(urlsplit(self.path).path))

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self._answer(provider.token())

            def _answer(self, content):
                body = json.dumps(content).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def get(self, path: str) -> dict:
        if path == "/userinfo":
            return self.claims
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
        }

    def token(self) -> dict:
        claims = self.claims | {"iss": self.url, "aud": "legevakt", "exp": time.time() + 60}
        token = jwt.encode(claims | {"iat": time.time()}, "x" * 32)
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def provider(settings):
    running = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Entra ID",
                    "client_id": "legevakt",
                    "secret": "not a secret",
                    "settings": {"server_url": running.url},
                }
            ],
        }
    }
    yield running
    running.server.shutdown()
    running.server.server_close()


def log_in(browser: Client):
    """Go to the provider and come back with its code."""
    away = browser.post(reverse("openid_connect_login", args=["oidc"]))
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    return browser.get(
        reverse("openid_connect_callback", args=["oidc"]),
        {"code": "c", "state": asked["state"][0]},
        follow=True,
    )


@pytest.mark.django_db
def test_the_login_page_offers_the_provider(provider):
    assert "Entra ID" in Client().get(reverse("account_login")).text


@pytest.mark.django_db
def test_a_verified_address_logs_in_the_person_who_has_it(provider, leader):
    provider.claims |= {"email": leader.email.upper(), "email_verified": True}
    browser = Client()

    page = log_in(browser)

    assert page.status_code == 200
    assert browser.session["_auth_user_id"] == str(leader.pk)


@pytest.mark.django_db
def test_an_address_that_is_not_verified_logs_nobody_in(provider, leader):
    provider.claims |= {"email": leader.email}
    browser = Client()

    log_in(browser)

    assert "_auth_user_id" not in browser.session


@pytest.mark.django_db
def test_the_addresses_of_ones_own_directory_can_be_trusted(provider, leader, settings):
    settings.OIDC_TRUST_EMAIL = True
    provider.claims |= {"email": leader.email}
    browser = Client()

    log_in(browser)

    assert browser.session["_auth_user_id"] == str(leader.pk)


@pytest.mark.django_db
def test_somebody_unknown_is_told_whom_to_ask_and_gets_no_account(
    provider, leader, django_user_model
):
    provider.claims |= {"email": "unknown@elsewhere.example", "email_verified": True}
    browser = Client()

    page = log_in(browser)

    assert "_auth_user_id" not in browser.session
    assert django_user_model.objects.count() == 1
    assert "ds-alert" in page.text
