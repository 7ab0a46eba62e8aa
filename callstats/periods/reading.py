"""What a period's page is made of, read for one person."""

from __future__ import annotations

from dataclasses import dataclass

from callstats.indicators.definitions import DEFAULT_ID, all_definitions
from callstats.indicators.rules import ServiceLevel
from callstats.periods.behind import ImportsBehind, imports_behind
from callstats.periods.models import IndicatorFigure, IndicatorPeriod
from legevakt.lib.periods import Period
from municipalities.models import Central, User
from municipalities.queries import is_held
from municipalities.rules import Permission


@dataclass(frozen=True)
class Rights:
    """What the reader may do with a central's figures."""

    may_check: bool
    may_publish: bool
    may_view_imports: bool

    @property
    def may_revise(self) -> bool:
        return self.may_check or self.may_publish


@dataclass(frozen=True)
class Revisions:
    """Every revision of a period, the latest first, and the one that is looked at."""

    rows: list[IndicatorPeriod]
    chosen: IndicatorPeriod

    @property
    def latest(self) -> IndicatorPeriod:
        return self.rows[0]

    @property
    def counting(self) -> IndicatorPeriod:
        """The last published, or else the only one."""
        return next((row for row in self.rows if row.is_published), self.rows[0])

    @property
    def before(self) -> IndicatorPeriod | None:
        """The revision that the chosen one corrects."""
        return next((row for row in self.rows if row.revision < self.chosen.revision), None)


def rights_of(user: User, *, central: Central) -> Rights:
    """One query a right."""

    def has(permission: Permission) -> bool:
        cooperation = central.cooperation
        return cooperation is not None and is_held(
            user=user, permission=permission, cooperation=cooperation
        )

    return Rights(
        may_check=has(Permission.CHECK_FIGURES),
        may_publish=has(Permission.PUBLISH_FIGURES),
        may_view_imports=has(Permission.VIEW_IMPORTS),
    )


def revisions_of(*, central: Central, period: Period, number: int | None) -> Revisions | None:
    """The revisions, looking at that number or at the one that counts; None where it is not."""
    rows = IndicatorPeriod.objects.of(central=central, period=period).defer("observed")
    found = list(rows.select_related("central", "checked_by", "published_by", "revised_by"))
    if number is None and found:
        return Revisions(rows=found, chosen=Revisions(rows=found, chosen=found[0]).counting)
    chosen = next((row for row in found if row.revision == number), None)
    return chosen and Revisions(rows=found, chosen=chosen)


def figures_of(row: IndicatorPeriod) -> list[IndicatorFigure]:
    """Every definition's figure, the national one first, those no longer in use last."""
    order = {name: place for place, name in enumerate(all_definitions())}
    found = row.figures.defer("parts").order_by("definition_id")
    return sorted(found, key=lambda each: order.get(each.definition_id, len(order)))


def national(figures: list[IndicatorFigure]) -> ServiceLevel:
    """The national indicator's figure among them; raises StopIteration where it is missing."""
    return ServiceLevel.from_dict(
        next(each.figures for each in figures if each.definition_id == DEFAULT_ID)
    )


def behind(row: IndicatorPeriod) -> ImportsBehind:
    """As they were when it was published, or as they are now."""
    if row.is_published:
        return ImportsBehind(**row.imports)
    return imports_behind(central=row.central, period=row.period)
