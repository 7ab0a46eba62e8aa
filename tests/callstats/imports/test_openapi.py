"""The committed OpenAPI document says what the API does."""

import io
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import call_command

from callstats.imports.models import ImportState
from callstats.sources.canonical_row import NAMES

COMMITTED = Path(settings.BASE_DIR) / "docs" / "api" / "openapi.yaml"


def generated() -> str:
    out = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    return out.getvalue()


def test_the_committed_document_is_the_generated_one():
    """After a change: ./run manage spectacular --fail-on-warn --file docs/api/openapi.yaml"""
    assert COMMITTED.read_text(encoding="utf-8").strip() == generated().strip()


def test_the_document_knows_the_canonical_names():
    schemas = yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))["components"]["schemas"]
    assert set(schemas["CallInput"]["properties"]) == NAMES


def test_the_document_knows_every_state():
    assert all(f"- {state}" in COMMITTED.read_text(encoding="utf-8") for state in ImportState)


def test_the_schema_and_its_page_are_public(client, db):
    assert client.get("/api/schema.yaml").status_code == 200
    assert client.get("/api/").status_code == 200
