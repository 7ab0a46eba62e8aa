"""Run every measurement on a throw-away database and print the ratios."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import django

ROWS = [10_000, 100_000, 1_000_000, 5_000_000]


def main() -> None:
    arguments = argparse.ArgumentParser(prog="./run bench")
    arguments.add_argument(
        "--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 5_000_000]
    )
    chosen = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legevakt.settings")
    django.setup()

    from django.conf import settings
    from django.db import connection

    from bench import importing, rendering, sending

    with tempfile.TemporaryDirectory() as home:
        settings.UPLOADS_DIR = Path(home)
        settings.IMPORT_FILE_BYTES_LIMIT = 1 << 30
        database = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            sending.measure()
            importing.measure(rows=chosen.rows, folder=Path(home))
            rendering.measure()
        finally:
            connection.creation.destroy_test_db(database, verbosity=0)


if __name__ == "__main__":
    main()
