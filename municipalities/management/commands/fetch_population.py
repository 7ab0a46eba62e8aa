"""./run manage fetch_population --on 2026-01-01: inhabitants from Statistics Norway's API."""

from datetime import date

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from legevakt.lib.periods import local_day
from municipalities.management.commands.load_population import answer
from municipalities.register import fetching, operations, words


class Command(BaseCommand):
    help = (
        "Fetch every municipality's inhabitants on a 1 January from Statistics Norway's API, if "
        "SSB_API_URL is set. Again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--on", type=date.fromisoformat, help="the 1 January (default: this year's)"
        )
        parser.add_argument("--revise", action="store_true", help="change final figures")
        parser.add_argument("--why", default="", help="the reason for it, kept in the history")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args, **options):
        today = local_day(timezone.now())
        counted_date = options["on"] or date(today.year, 1, 1)
        if (counted_date.month, counted_date.day) != (1, 1):
            raise CommandError(f"{counted_date} is no 1 January, and no other day is counted.")
        try:
            with pghistory.context(command="fetch_population"):
                loaded = fetching.fetch(
                    counted_date=counted_date,
                    today=today,
                    revise=options["revise"],
                    why=options["why"],
                )
        except fetching.NotFetched as error:
            with translation.override(None):
                raise CommandError(words.of_fetching(error)) from error
        except operations.FigureWouldChange as error:
            raise CommandError(f"{error}. --revise --why changes them.") from error
        except operations.NotLoaded as error:
            raise CommandError(f"{error}.") from error
        answer(self, loaded, as_json=options["json"])
