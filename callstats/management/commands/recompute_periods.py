"""./run manage recompute_periods [--central SLUG]"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from callstats.indicators.feed import first_fed_on
from callstats.periods import operations
from legevakt.lib.periods import Period, local_day
from municipalities.models import Central


class Command(BaseCommand):
    help = "Compute every month and year since a central's first data. Published ones stay."

    def add_arguments(self, parser):
        parser.add_argument("--central", metavar="SLUG", help="only this one (default: all)")

    def handle(self, *, central, **options):
        found = Central.objects.counted().order_by("slug")
        chosen = found.filter(slug=central) if central else found
        if central and not chosen:
            raise CommandError(f"There is no central {central}.")
        for each in chosen:
            self.stdout.write(f"{each.slug}: {self._compute(each)} periods")

    def _compute(self, central: Central) -> int:
        at = timezone.now()
        first = first_fed_on(central)
        if first is None:
            return 0
        today = local_day(at)
        years = [Period.year(year) for year in range(first.year, today.year + 1)]
        months = [m for year in years for m in year.months() if first < m.ends_on <= today]
        for period in (*months, *years):
            operations.compute(central=central, period=period, at=at)
        return len(months) + len(years)
