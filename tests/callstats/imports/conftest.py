"""A source of the real queue log, one of canonical rows, and a way to import."""

from pathlib import Path

import pytest
from django.utils import timezone

from callstats.imports import operations
from callstats.imports.models import Channel
from tests.factories.callstats import SourceFactory

SAMPLES = Path(__file__).parents[2] / "samples"
FIRST_LOG = SAMPLES / "asterisk20_2025-10-24_queue_log.0"
SECOND_LOG = SAMPLES / "asterisk20_2025-10-24_queue_log"
QUEUES = {"lv_116117": "116117", "lv_direkte": "lokal8", "lv_overlop": "116117"}


@pytest.fixture
def exchange(central):
    """The Asterisk whose log the samples are."""
    return SourceFactory(
        slug="asterisk", central=central, profile="asterisk-queue-log", queues=QUEUES
    )


@pytest.fixture
def source(central):
    """A source of canonical rows."""
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture
def receive():
    def receive(source, data: bytes, **options):
        return operations.receive(
            source=source,
            chunks=[data],
            at=timezone.now(),
            **{"file_name": "log.csv", "channel": Channel.COMMAND} | options,
        )

    return receive


@pytest.fixture
def run(receive):
    """`run(source, bytes)` receives and imports; the import afterwards."""

    def run(source, data: bytes, **options):
        call_import = receive(source, data, **options)
        operations.run(call_import=call_import, at=timezone.now())
        call_import.refresh_from_db()
        return call_import

    return run
