"""A year's accounts taken in and closed, and what the controller expects of the year."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from municipalities.access.models import User
from municipalities.cooperations.reasons import because
from municipalities.costs.accounts.errors import CannotAccount
from municipalities.costs.accounts.files import AccountsFile, Line
from municipalities.costs.accounts.models import Accounts, AccountsLine, Forecast
from municipalities.costs.accounts.queries import accounts_in_force
from municipalities.costs.pools.models import PoolYear

WHOLE_YEAR = 12


@transaction.atomic
def import_accounts(
    *,
    pool_year: PoolYear,
    read: AccountsFile,
    up_to_month: int,
    file_name: str,
    by: User | None,
    at: datetime,
) -> tuple[Accounts, bool]:
    """(accounts, whether they are new). What the latest accounts tell already changes nothing.

    Raises CannotAccount: year_is_closed, fewer_months (month).
    """
    year = _locked(pool_year)
    if year.is_closed:
        raise CannotAccount("year_is_closed", year=year.year)
    latest = accounts_in_force(year)
    digest = digest_of(read.lines)
    if latest and (latest.digest, latest.up_to_month) == (digest, up_to_month):
        return latest, False
    if latest and latest.up_to_month > up_to_month:
        raise CannotAccount("fewer_months", month=latest.up_to_month)
    accounts = Accounts.objects.create(
        pool_year=year,
        number=(year.accounts.aggregate(last=Max("number"))["last"] or 0) + 1,
        up_to_month=up_to_month,
        file_name=file_name[:200],
        digest=digest,
        rows_read=read.rows_read,
        rows_left_out=read.rows_left_out,
        imported_at=at,
        imported_by=by,
    )
    AccountsLine.objects.bulk_create(_row(accounts, line) for line in read.lines)
    return accounts, True


def digest_of(lines: Sequence[Line]) -> str:
    """SHA-256 of everything that the lines tell: a file read otherwise is another one."""
    told = [[str(value) for value in astuple(line)] for line in lines]
    return sha256(json.dumps(told).encode()).hexdigest()


def _row(accounts: Accounts, line: Line) -> AccountsLine:
    return AccountsLine(
        accounts=accounts,
        row_number=line.row,
        unit=line.unit,
        function=line.function,
        art=line.art,
        project=line.project,
        month=line.month,
        text=line.text,
        treatment=line.treatment,
        amount=line.amount,
    )


@transaction.atomic
def write_forecast(
    *,
    pool_year: PoolYear,
    up_to_month: int,
    amounts: Mapping[str, tuple[Decimal | None, str]],
    by: User | None,
    at: datetime,
) -> None:
    """Treatment → (kroner for the year with KOSTRA's sign, why). None takes the own one away.

    Raises CannotAccount: forecast_without_why.
    """
    rows = Forecast.objects.filter(pool_year=_locked(pool_year), up_to_month=up_to_month)
    for treatment, (amount, comment) in amounts.items():
        if amount is None:
            rows.filter(treatment=treatment).delete()
            continue
        if not comment.strip():
            raise CannotAccount("forecast_without_why")
        told = {"amount": amount, "comment": comment.strip(), "made_at": at, "made_by": by}
        if not rows.filter(treatment=treatment, amount=amount, comment=comment.strip()).exists():
            Forecast.objects.update_or_create(
                pool_year=pool_year, up_to_month=up_to_month, treatment=treatment, defaults=told
            )


@transaction.atomic
def close_year(*, pool_year: PoolYear, by: User | None, at: datetime) -> PoolYear:
    """The accounts of the year are final, and can be settled finally. Safe to repeat.

    Raises CannotAccount: no_whole_year.
    """
    year = _locked(pool_year)
    if year.is_closed:
        return year
    latest = accounts_in_force(year)
    if latest is None or latest.up_to_month != WHOLE_YEAR:
        raise CannotAccount("no_whole_year", year=year.year)
    year.closed_at, year.closed_by = at, by
    year.save()
    return year


@transaction.atomic
def reopen_year(*, pool_year: PoolYear, why: str, by: User | None) -> PoolYear:
    """Newer accounts can be taken in again; the reason stays in the history. Safe to repeat.

    Raises CannotAccount: reopened_without_why.
    """
    year = _locked(pool_year)
    if not year.is_closed:
        return year
    if not why.strip():
        raise CannotAccount("reopened_without_why")
    year.closed_at, year.closed_by = None, None
    with because(why=why.strip(), by=by):
        year.save()
    return year


def _locked(pool_year: PoolYear) -> PoolYear:
    return (
        PoolYear.objects.select_for_update(of=("self",)).select_related("pool").get(pk=pool_year.pk)
    )
