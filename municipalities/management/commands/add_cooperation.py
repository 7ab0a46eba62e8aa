"""./run manage add_cooperation SLUG --name NAME --host 4631 --partner 4633 …"""

from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from municipalities.cooperations import operations


class Command(BaseCommand):
    help = "Found a cooperation of a host municipality and its partners."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--name", required=True)
        parser.add_argument("--host", required=True, metavar="NUMBER")
        parser.add_argument("--partner", action="append", default=[], metavar="NUMBER")
        parser.add_argument("--joined", type=date.fromisoformat, required=True, metavar="DATE")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default="nn")

    def handle(self, *, slug, name, host, partner, joined, language, **options):
        try:
            operations.found(
                slug=slug,
                name=name,
                host=host,
                partners=partner,
                joined_date=joined,
                language=language,
            )
        except operations.NoSuchMunicipality as error:
            raise CommandError(
                f"No municipality has the number {error}. Is the register loaded (load_register)?"
            ) from error
        self.stdout.write(f"{name}: {1 + len(partner)} municipalities.")
