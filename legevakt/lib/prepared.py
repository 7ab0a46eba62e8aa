"""Statements that are planned once a connection, for what every request of an API runs.

Django writes its values into each statement, and PostgreSQL plans it anew; of a long statement
over a few rows the planning is the larger part. Where PREPARED_STATEMENTS is off they are planned
each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model


def rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement, in the transaction of Django's connection.

    `values` are bound by the database: write the type of each where SQL does not show it.
    Raises as Django's own cursor does. No history is kept of what it changes.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql.encode(), values, prepare=True)
        return cursor.fetchall() if cursor.description else []


def insert(row: Model) -> None:
    """What `row.save(force_insert=True)` does, without signals. Raises IntegrityError."""
    values = {
        str(field.column): field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in row._meta.concrete_fields
    }
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(f"%({name})s" for name in values)
    rows(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({marks})", values)
    row._state.adding, row._state.db = False, connection.alias
