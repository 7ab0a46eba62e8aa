"""A pool's year with a draft of a budget and a mapping, in any cooperation."""

from municipalities.cooperations.models import Cooperation
from municipalities.costs.accounts.models import AccountsMapping, Budget, BudgetLine
from municipalities.costs.pools.operations import year_of
from tests.factories import costs


def drafted(*, cooperation: Cooperation, year: int = 2025) -> Budget:
    """A budget of one line."""
    pool = costs.pool(cooperation=cooperation, slug="drafted", name="Bakvakt")
    pool_year = year_of(pool=pool, year=year)
    AccountsMapping.objects.create(cooperation=cooperation, name="Visma")
    found = Budget.objects.create(pool_year=pool_year, number=1, created_at=costs.AT)
    BudgetLine.objects.create(budget=found, function="290", art="010", amount=1)
    return found
