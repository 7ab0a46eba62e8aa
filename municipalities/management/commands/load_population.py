"""./run manage load_population FILE: inhabitants from SSB's statbank or norge-data."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from municipalities.register import operations, population_files, words
from municipalities.register.figures import UnreadablePopulation
from municipalities.register.models import FigureStatus


class Command(BaseCommand):
    help = (
        "Load inhabitants: Statistics Norway's table 07459 as CSV or JSON-stat2 (sexes and ages "
        "are summed) or norge-data's JSON (needs --date)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--date", type=date.fromisoformat, help="date of the count")
        parser.add_argument(
            "--provisional", action="store_true", help="the figures are not final yet"
        )
        parser.add_argument("--revise", action="store_true", help="change final figures")
        parser.add_argument("--why", default="", help="the reason for it, kept in the history")
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
                    status=FigureStatus.PROVISIONAL
                    if options["provisional"]
                    else FigureStatus.FINAL,
                    revise=options["revise"],
                    why=options["why"],
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnreadablePopulation as error:
            with translation.override(None):
                raise CommandError(f"{path.name}: {words.of_file(error)}") from error
        except operations.FigureWouldChange as error:
            raise CommandError(f"{path.name}: {error}. --revise --why changes them.") from error
        except operations.ReasonMissing as error:
            raise CommandError(f"{path.name}: {error}. --why says it.") from error
        except operations.FinalStays as error:
            raise CommandError(f"{path.name}: {error}. Load it without --provisional.") from error
        answer(self, loaded, as_json=options["json"])


def answer(command: BaseCommand, loaded: operations.LoadedPopulation, *, as_json: bool) -> None:
    """Say what was loaded."""
    out = command.stdout
    if as_json:
        out.write(json.dumps(asdict(loaded), default=str, ensure_ascii=False, indent=2))
        return
    dates = ", ".join(day.isoformat() for day in loaded.counted_dates)
    out.write(
        f"{dates}: {loaded.created} created, {loaded.updated} updated, "
        f"{loaded.unchanged} unchanged; sum of the file {loaded.inhabitants}"
    )
    for figure in loaded.unknown:
        out.write(f"not in the register: {figure.region} ({figure.inhabitants})")
    if loaded.missing:
        out.write(f"not in the file: {', '.join(loaded.missing)}")
