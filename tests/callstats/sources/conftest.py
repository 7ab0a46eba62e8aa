from datetime import UTC, datetime
from pathlib import Path

import pytest

from callstats.sources.frames import SourceSettings

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def log_settings() -> SourceSettings:
    return SourceSettings(profile="asterisk-queue-log", now=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def older_log() -> Path:
    return SAMPLES / "asterisk20_2025-10-24_queue_log.0"


@pytest.fixture
def newer_log() -> Path:
    return SAMPLES / "asterisk20_2025-10-24_queue_log"
