"""Run every measurement on a throw-away database and print the ratios."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import django

from bench.nation import CALLS_A_YEAR


def main() -> None:
    arguments = argparse.ArgumentParser(prog="./run bench")
    arguments.add_argument(
        "--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 5_000_000]
    )
    arguments.add_argument("--years", type=int, default=5, help="of a nation's calls")
    arguments.add_argument("--calls-a-year", type=int, default=CALLS_A_YEAR)
    arguments.add_argument("--reports", type=int, default=100, help="rendered in a batch")
    arguments.add_argument(
        "--only", choices=["sending", "importing", "reading", "rendering", "batch"]
    )
    chosen = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legevakt.settings")
    django.setup()

    import logging

    from django.conf import settings
    from django.db import connection

    from bench import batch, importing, reading, rendering, sending

    logging.disable(logging.WARNING)  # a line a request would stand between the figures
    with tempfile.TemporaryDirectory() as home:
        settings.UPLOADS_DIR = Path(home)
        settings.IMPORT_FILE_BYTES_LIMIT = 1 << 30
        database = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            if chosen.only in (None, "sending"):
                sending.measure()
            if chosen.only in (None, "importing"):
                importing.measure(rows=chosen.rows, folder=Path(home))
            if chosen.only in (None, "reading"):
                reading.measure(
                    years=chosen.years, calls_a_year=chosen.calls_a_year, folder=Path(home)
                )
            if chosen.only in (None, "rendering"):
                rendering.measure()
            if chosen.only in (None, "batch"):
                batch.measure(reports_made=chosen.reports)
        finally:
            connection.creation.destroy_test_db(database, verbosity=0)


if __name__ == "__main__":
    main()
