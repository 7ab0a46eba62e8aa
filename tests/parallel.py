"""Two test workers at once keep apart: each has databases of its own in Valkey.

Loaded before the settings (pytest's -p). In PostgreSQL pytest-django keeps them apart.
"""

import os

worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker.startswith("gw"):
    os.environ["REDIS_FIRST_DATABASE"] = str(2 * int(worker.removeprefix("gw")) + 2)
