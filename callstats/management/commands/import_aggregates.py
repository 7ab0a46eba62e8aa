"""./run manage import_aggregates FILE --series SLUG --central SLUG [--json]"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from callstats.aggregates import operations
from callstats.aggregates.messages import of_file, of_row
from callstats.aggregates.models import AggregateReport, AggregateSeries, ReportState

COUNTS = ("received", "created", "updated", "unchanged", "rejected", "ignored")


class Command(BaseCommand):
    help = "Import a report of counts per period. The same report twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--series", required=True, help="short name of the series")
        parser.add_argument("--central", required=True, help="short name of the central")
        parser.add_argument("--dry-run", action="store_true", help="check, store nothing")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file, series, central, dry_run, **options):
        with translation.override("en"):  # as the rest of the command line
            report = _import(file, series=_series(series, central), dry_run=dry_run)
            answer = _answer(report)
            if options["json"]:
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            elif report.state != ReportState.FAILED:
                self._print(answer)
            if report.state == ReportState.FAILED:
                raise CommandError(f"{file}: {answer['errors'][0]['message']}")

    def _print(self, answer: dict) -> None:
        self.stdout.write(answer["file"] + ": " + answer["status"])
        self.stdout.write("  " + ", ".join(f"{name} {answer[name]}" for name in COUNTS))
        for error in answer["errors"]:
            self.stdout.write(
                f"  line {error['line']}: {error['field']}: {error['code']}: {error['message']}"
            )


def _series(slug: str, central: str) -> AggregateSeries:
    found = AggregateSeries.objects.filter(slug=slug, central__slug=central).first()
    if found is None:
        raise CommandError(
            f"The central {central} has no series {slug}. Make it on the page Counts from reports."
        )
    return found


def _import(path: Path, *, series: AggregateSeries, dry_run: bool) -> AggregateReport:
    try:
        with path.open("rb") as file:
            report = operations.receive(
                series=series,
                chunks=iter(lambda: file.read(1 << 20), b""),
                file_name=path.name,
                at=timezone.now(),
            )
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    if report.state == ReportState.FAILED:
        return report
    decide = operations.cancel if dry_run else operations.store
    return decide(report=report, at=timezone.now())


def _answer(report: AggregateReport) -> dict:
    counts = {name: getattr(report, name) for name in COUNTS}
    errors = [error | {"message": of_row(error["code"])} for error in report.refused]
    if report.error_code:
        message = of_file(report.error_code, report.error_params)
        errors = [{"code": report.error_code, "message": message}]
    return counts | {"file": report.file_name, "status": report.state, "errors": errors}
