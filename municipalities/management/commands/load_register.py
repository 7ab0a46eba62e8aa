"""./run manage load_register: municipalities and inhabitants that come with the program."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.db import transaction

from municipalities.register import bundled, operations


class Command(BaseCommand):
    help = "Load all municipalities of 2024 and their inhabitants on 1 January 2024."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    @transaction.atomic
    def handle(self, *args, **options):
        register = bundled.register()
        municipalities = operations.load(entries=register.entries)
        counted = bundled.population()
        population = operations.load_population(
            figures=counted.figures,
            source=counted.source,
            retrieved_date=bundled.RETRIEVED_DATE,
        )
        if options["json"]:
            answer = {
                "municipalities": asdict(municipalities),
                "population": asdict(population),
                "disagreements": [asdict(row) for row in register.disagreements],
            }
            self.stdout.write(json.dumps(answer, default=str, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"municipalities: {_counts(municipalities)}")
        self.stdout.write(f"inhabitants:    {_counts(population)}, sum {population.inhabitants}")
        for row in register.disagreements:
            self.stdout.write(
                f"written form of {row.number} {row.name}: {row.chosen}; norge-data has {row.other}"
            )


def _counts(loaded: operations.Loaded) -> str:
    return f"{loaded.created} created, {loaded.updated} updated, {loaded.unchanged} unchanged"
