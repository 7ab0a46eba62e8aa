"""What the database itself refuses: bands that cannot be true, periods that overlap."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db.models import F, Func, Q, Value

# Once a statement, of all its rows: asked row by row it took most of an import's time.
_REFUSED = """
        RAISE EXCEPTION 'aggregate_bands_fit: a band is above what was answered, or shrinks'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
BANDS_FIT = f"""
    IF EXISTS (
        SELECT FROM changed b
        JOIN callstats_aggregateperiod p ON p.id = b.period_id
        LEFT JOIN callstats_aggregateband other ON other.period_id = b.period_id
        WHERE b.answered > p.answered
           OR (other.within_seconds < b.within_seconds AND other.answered > b.answered)
           OR (other.within_seconds > b.within_seconds AND other.answered < b.answered)
    ) THEN {_REFUSED}"""
PERIOD_FITS = f"""
    IF EXISTS (
        SELECT FROM changed p JOIN callstats_aggregateband b ON b.period_id = p.id
        WHERE b.answered > p.answered
    ) THEN {_REFUSED}"""


def after(operation: pgtrigger.core.Operation, *, name: str, func: str) -> pgtrigger.Trigger:
    """A check once a statement; the function sees its rows as the table `changed`."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        operation=operation,
        when=pgtrigger.After,
        referencing=pgtrigger.Referencing(new="changed"),
        func=func,
    )


def never_overlap(line_class: str | None) -> ExclusionConstraint:
    """Periods of one series and line do not overlap.

    The series' id as a range needs no extension (btree_gist), and each line its own index.
    """
    series = Func(
        F("series_id"),
        F("series_id"),
        Value("[]"),
        function="int8range",
        output_field=BigIntegerRangeField(),
    )
    period = Func(
        F("starts_at"),
        F("ends_at"),
        RangeBoundary(),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )
    is_line = Q(line_class__isnull=True) if line_class is None else Q(line_class=line_class)
    return ExclusionConstraint(
        name=f"aggregate_periods_of_{line_class or 'all'}_do_not_overlap",
        expressions=[(series, RangeOperators.EQUAL), (period, RangeOperators.OVERLAPS)],
        condition=is_line,
    )
