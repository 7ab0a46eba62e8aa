"""What the database itself refuses, in forms that several tables need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db.models import CheckConstraint, F, Func, Q, Value

from legevakt.lib.periods import YEARS

# PostgreSQL names the refused rule as it does for its own constraints: lib/refusals.py reads it.
REFUSE = "RAISE EXCEPTION '{code}: {why}' USING ERRCODE = 'check_violation', CONSTRAINT = '{code}'"


def never_overlap(
    *, name: str, same: Sequence[str], start: str, end: str, condition: Q | None = None
) -> ExclusionConstraint:
    """Half-open days of rows with the same foreign keys do not overlap; an empty end is for ever.

    `same` are columns with whole numbers ("cooperation_id"). A number as a range needs no
    extension of PostgreSQL (btree_gist).
    """
    days = Func(
        F(start), F(end), RangeBoundary(), function="daterange", output_field=DateRangeField()
    )
    keys = [(_point(column), RangeOperators.EQUAL) for column in same]
    return ExclusionConstraint(
        name=name, expressions=[*keys, (days, RangeOperators.OVERLAPS)], condition=condition
    )


def within_reach(*columns: str, name: str) -> CheckConstraint:
    """The row's dates are days that can be reckoned with; an empty one is fine.

    A century more than what forms take, for days that are reckoned from those.
    """
    days = (date(YEARS[0], 1, 1), date(YEARS[-1] + 100, 1, 1))
    return CheckConstraint(
        condition=Q(**{f"{column}__range": days for column in columns}), name=name
    )


def refused_unless(
    condition: str, *, name: str, why: str, operation: pgtrigger.core.Operation | None = None
) -> pgtrigger.Trigger:
    """Each new or changed row must fulfil the SQL condition on NEW, or `name` is raised."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation or (pgtrigger.Insert | pgtrigger.Update),
        func=f"IF NOT ({condition}) THEN {REFUSE.format(code=name, why=why)}; END IF; RETURN NEW;",
    )


def frozen_while(condition: str, *, name: str, why: str) -> pgtrigger.Trigger:
    """No row may come, change or go while the SQL condition holds.

    `{row}` in it stands for the row as it was, and as it is to be.
    """
    checks = "".join(
        f"IF TG_OP <> '{other}' THEN IF {condition.format(row=row)} THEN"
        f" {REFUSE.format(code=name, why=why)}; END IF; END IF; "
        for row, other in (("OLD", "INSERT"), ("NEW", "DELETE"))
    )
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"{checks}RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;",
    )


def stays_once(condition: str, *, name: str, why: str) -> pgtrigger.Trigger:
    """No row may change or go for which the SQL condition on OLD (and NEW) holds."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"IF {condition} THEN {REFUSE.format(code=name, why=why)}; END IF;"
        " RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;",
    )


def municipality_lives(column: str, *, name: str) -> pgtrigger.Trigger:
    """The row's municipality number has not ended on the day in the column."""
    return refused_unless(
        f"NEW.{column} IS NULL OR EXISTS (SELECT FROM municipalities_municipality m"
        f" WHERE m.id = NEW.municipality_id AND (m.valid_to IS NULL OR m.valid_to > NEW.{column}))",
        name=name,
        why="the municipality number has ended",
    )


def _point(column: str) -> Func:
    return Func(
        F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
    )
