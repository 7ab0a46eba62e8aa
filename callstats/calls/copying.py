"""Columns into the database by COPY, the fastest door PostgreSQL has."""

from collections.abc import Callable

import polars as pl
from django.db import connection
from psycopg import sql
from psycopg.copy import QueuedLibpqWriter

ROWS_AT_A_TIME = 50_000
OnRows = Callable[[int], None]


def copy_frame(*, frame: pl.DataFrame, table: str, on_rows: OnRows | None = None) -> None:
    """Copy a frame whose columns are named as the table's; `on_rows` hears of rows sent.

    A thread sends one part while the next is written, so that the database need not wait.
    """
    columns = sql.SQL(", ").join(map(sql.Identifier, frame.columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), columns
    )
    connection.ensure_connection()
    with (
        connection.cursor() as cursor,
        cursor.copy(statement, writer=QueuedLibpqWriter(cursor.cursor)) as copy,
    ):
        for offset in range(0, frame.height, ROWS_AT_A_TIME):
            part = frame.slice(offset, ROWS_AT_A_TIME)
            copy.write(part.write_csv(include_header=False))
            if on_rows:
                on_rows(offset + part.height)
