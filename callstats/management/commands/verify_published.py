"""./run manage verify_published [--central SLUG] [--json]"""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from callstats.periods.verifying import Verification, verify
from municipalities.models import Central


class Command(BaseCommand):
    help = (
        "Compute every published figure again from the stored hours, by the definition stored with"
        " it, and tell of any difference. Exit code 1 where there is one."
    )

    def add_arguments(self, parser):
        parser.add_argument("--central", metavar="SLUG")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, central, **options):
        centrals = Central.objects.counted().order_by("slug")
        if central:
            centrals = centrals.filter(slug=central)
            if not centrals:
                raise CommandError(f"There is no central {central}.")
        found = {each.slug: verify(central=each) for each in centrals}
        deviations = sum(len(each.deviations) for each in found.values())
        self.stdout.write(_as_json(found) if options["json"] else _as_text(found))
        if deviations:
            raise CommandError(f"{deviations} differences.", returncode=1)


def _as_json(found: dict[str, Verification]) -> str:
    return json.dumps({slug: asdict(each) for slug, each in found.items()}, ensure_ascii=False)


def _as_text(found: dict[str, Verification]) -> str:
    return "\n".join(line for slug, each in found.items() for line in _lines(slug, each))


def _lines(slug: str, verification: Verification) -> list[str]:
    count, differing = verification.figures, len(verification.deviations)
    return [
        f"{slug}: {count} published figures computed again, {differing} differences",
        *(
            f"  {period}: left out, a revision is under way"
            for period in verification.under_revision
        ),
        *(
            f"  {each.period} r{each.revision} {each.definition} {each.what}:"
            f" stored {json.dumps(each.stored)}, recomputed {json.dumps(each.recomputed)}"
            for each in verification.deviations
        ),
    ]
