"""The settlement of a pool's year: ./run manage settle --pool SLUG --year YEAR [--json]."""

from __future__ import annotations

from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError

from municipalities.costs.accounts.queries import accounts_in_force
from municipalities.costs.allocation import printed
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.keys.told import told
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.costs.settlements import queries
from municipalities.costs.settlements.computing import Computed, computed


class Command(BaseCommand):
    help = (
        "Show the settlement of a pool's year: the last one that is stored, else what the latest"
        " accounts give. Stores nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--pool", required=True, help="the pool's short name")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument(
            "--cooperation", default="", help="where several have a pool of that name"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, pool, year, cooperation, as_json, **_):
        found = _year(pool=pool, year=year, cooperation=cooperation)
        answer = _stored(found) or _fresh(found)
        self.stdout.write(printed.as_json(answer) if as_json else _table(answer))


def _year(*, pool: str, year: int, cooperation: str) -> PoolYear:
    pools = Pool.objects.filter(slug=pool)
    pools = pools.filter(cooperation__slug=cooperation) if cooperation else pools
    names = [f"{each.cooperation.slug}/{each.slug}" for each in pools.select_related("cooperation")]
    if len(names) != 1:
        known = ", ".join(names or Pool.objects.values_list("slug", flat=True).order_by("slug"))
        problem = "is in several cooperations" if names else "is not there"
        raise CommandError(f"--pool {pool}: {problem}. Known: {known or 'none'}")
    found = PoolYear.objects.filter(pool=pools.get(), year=year).first()
    if found is None:
        raise CommandError(f"--year {year}: {pool} has no budget or accounts of that year")
    return found


def _stored(year: PoolYear) -> dict | None:
    settlement = queries.latest(year)
    if settlement is None:
        return None
    lines = settlement.lines.select_related("municipality").order_by("municipality__number")
    return _answer(
        year,
        state=settlement.state,
        net=settlement,
        function_290=settlement.function_290,
        lines=list(lines),
    )


def _fresh(year: PoolYear) -> dict:
    accounts = accounts_in_force(year)
    if accounts is None:
        raise CommandError(f"--year {year.year}: {year.pool.slug} has no accounts of that year")
    try:
        found: Computed = computed(pool_year=year, accounts=accounts)
    except CannotAllocate as error:
        raise CommandError(told(error, pool=year.pool)) from error
    return _answer(
        year,
        state="computed",
        net=found.net,
        function_290=found.function_290,
        lines=list(found.lines),
    )


def _answer(year: PoolYear, *, state: str, net, function_290, lines: list) -> dict:
    """What is printed; amounts are whole numbers where they are whole kroner."""
    return {
        "pool": year.pool.slug,
        "year": year.year,
        "state": state,
        "gross": _number(net.gross),
        "own_revenue": _number(net.own_revenue),
        "overhead": _number(net.overhead),
        "fund": _number(net.fund),
        "rounding": _number(net.rounding),
        "net": _number(net.net),
        "function_290": None if function_290 is None else _number(function_290),
        "amounts": {line.municipality.name: _number(line.amount) for line in lines},
        "rests": {line.municipality.name: _number(line.rest) for line in lines},
        "lines": [
            {
                "number": line.municipality.number,
                "name": line.municipality.name,
                "share": str(line.share),
                "amount": _number(line.amount),
                "a_konto": _number(line.a_konto),
                "settled_before": _number(line.settled_before),
                "rest": _number(line.rest),
            }
            for line in lines
        ],
        "rest": _number(sum((line.rest for line in lines), Decimal(0))),
    }


def _number(amount: Decimal) -> Decimal:
    """Without øre where there are none: 738723 rather than 738723.00."""
    return Decimal(int(amount)) if amount == amount.to_integral_value() else amount


def _table(answer: dict) -> str:
    rows = [("", "amount", "a-konto", "rest")]
    rows += [
        (line["name"], *(str(line[name]) for name in ("amount", "a_konto", "rest")))
        for line in answer["lines"]
    ]
    rows.append(("", str(answer["net"]), "", str(answer["rest"])))
    return "\n".join(f"{row[0]:<24}" + "".join(f"{cell:>16}" for cell in row[1:]) for row in rows)
