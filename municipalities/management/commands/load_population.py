"""./run manage load_population FILE: inhabitants from SSB's table 07459 or norge-data."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from municipalities.register import operations, population_files
from municipalities.register.figures import UnreadablePopulation


class Command(BaseCommand):
    help = (
        "Load inhabitants: Statistics Norway's table 07459 (semicolons, ages are summed) "
        "or norge-data's JSON (needs --date)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--date", type=date.fromisoformat, help="date of the count")
        parser.add_argument("--revise", action="store_true", help="change stored figures")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args, **options):
        path = options["file"]
        try:
            population = population_files.read(path.read_bytes(), counted_date=options["date"])
            with pghistory.context(command="load_population", file=path.name):
                loaded = operations.load_population(
                    figures=population.figures,
                    source=population.source,
                    retrieved_date=timezone.localdate(),
                    revise=options["revise"],
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnreadablePopulation as error:
            raise CommandError(f"{path.name}: {error}") from error
        except operations.FigureWouldChange as error:
            raise CommandError(f"{path.name}: {error}. --revise changes them.") from error
        self._answer(loaded, as_json=options["json"])

    def _answer(self, loaded: operations.LoadedPopulation, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(loaded), default=str, ensure_ascii=False, indent=2))
            return
        dates = ", ".join(day.isoformat() for day in loaded.counted_dates)
        self.stdout.write(
            f"{dates}: {loaded.created} created, {loaded.updated} updated, "
            f"{loaded.unchanged} unchanged; sum of the file {loaded.inhabitants}"
        )
        for figure in loaded.unknown:
            self.stdout.write(f"not in the register: {figure.region} ({figure.inhabitants})")
        if loaded.missing:
            self.stdout.write(f"not in the file: {', '.join(loaded.missing)}")
