"""One import of a central at a time: its hours are brought up to date by one after the other."""

from __future__ import annotations

from datetime import timedelta

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

LOCK_SQL = "SELECT id FROM municipalities_central WHERE id = %s FOR NO KEY UPDATE"


class CentralIsBusy(Exception):
    """Another import of the same central holds its lock for longer than we may wait."""


def take_turn(*, central_id: int, wait: timedelta | None) -> None:
    """Hold the central's lock until the transaction ends; raises CentralIsBusy.

    With `wait` no longer than that for another import of the central.
    """
    with connection.cursor() as cursor:
        if wait:
            cursor.execute(f"SET LOCAL lock_timeout = {int(wait.total_seconds() * 1000)}")
        try:
            cursor.execute(LOCK_SQL, [central_id])
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise CentralIsBusy from error
            raise
        if wait:
            cursor.execute("SET LOCAL lock_timeout = 0")
