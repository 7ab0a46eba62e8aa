"""One import of a central at a time: its hours are brought up to date by one after the other."""

from __future__ import annotations

from datetime import timedelta

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from legevakt.lib import prepared

# Most often nobody else is there. What follows looks calls up one by one: a plan that is kept from
# when the table had a page or two would read all of it for each of them. Before PostgreSQL 18 a
# scan that is off but needed counts as so dear that the statement would be compiled first (jit).
FREE_SQL = """
    SELECT id, set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
    FROM municipalities_central WHERE id = %(central)s::bigint
    FOR NO KEY UPDATE SKIP LOCKED
"""
WAIT_SQL = """
    SET LOCAL enable_seqscan = off;
    SET LOCAL jit = off;
    SET LOCAL lock_timeout = {milliseconds};
    SELECT id FROM municipalities_central WHERE id = {central} FOR NO KEY UPDATE;
    SET LOCAL lock_timeout = 0
"""


class CentralIsBusy(Exception):
    """Another import of the same central holds its lock for longer than we may wait."""


def take_turn(*, central_id: int, wait: timedelta | None) -> None:
    """Hold the central's lock until the transaction ends; raises CentralIsBusy.

    With `wait` no longer than that for another import of the central.
    """
    if prepared.rows(FREE_SQL, {"central": central_id}):
        return
    milliseconds = int(wait.total_seconds() * 1000) if wait else 0
    with connection.cursor() as cursor:
        try:
            cursor.execute(WAIT_SQL.format(milliseconds=milliseconds, central=int(central_id)))
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise CentralIsBusy from error
            raise
