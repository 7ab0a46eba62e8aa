"""Two test workers at once keep apart: each has databases of its own in Valkey.

Loaded before the settings (pytest's -p). In PostgreSQL pytest-django keeps them apart.
"""

import gc
import os

import pytest

SLOW = {"browser", "services"}

worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker.startswith("gw"):
    os.environ["REDIS_FIRST_DATABASE"] = str(2 * int(worker.removeprefix("gw")) + 2)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes longest is begun first; begun last, the other worker would wait for it."""
    if worker:
        items.sort(key=lambda item: not SLOW & {mark.name for mark in item.iter_markers()})


def pytest_collection_finish():
    """What is loaded stays until the end: the collector need not walk through it again."""
    gc.collect()
    gc.freeze()
