"""The client as a module, a log that grows, and a stop that never waits."""

import importlib.util
import logging
import sys
from pathlib import Path

import pytest

CLIENT = Path(__file__).parents[2] / "clients" / "queue_log_tail.py"


@pytest.fixture(scope="session")
def tail():
    """The client, read from its file as an administrator has it."""
    spec = importlib.util.spec_from_file_location("queue_log_tail", CLIENT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class Stop:
    """Like threading.Event, but its pauses are only noted; after `most` of them it is set."""

    def __init__(self, *, most: int = 50) -> None:
        self.pauses: list[float] = []
        self.most = most

    def is_set(self) -> bool:
        return len(self.pauses) >= self.most

    def wait(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        return self.is_set()


@pytest.fixture
def stop():
    return Stop()


@pytest.fixture
def log_file(tmp_path):
    return tmp_path / "queue_log"


def event(number: int, text: str = "ENTERQUEUE||4700000000") -> bytes:
    """A line of the log, one a second."""
    return b"%d|%d.1|main|NONE|%s\n" % (1761335400 + number, 1761335400 + number, text.encode())


def events(first: int, end: int) -> bytes:
    return b"".join(event(number) for number in range(first, end))


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, logger="queue_log_tail")
    return caplog
