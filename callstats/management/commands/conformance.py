"""./run manage conformance --source SLUG [--file FILE …] [--start-over] [--json]"""

import json
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from callstats.conformance import operations, presenters, queries, told
from callstats.conformance.findings import Report
from callstats.conformance.words import CHECK_TITLES, said
from callstats.feeds.models import Source


class Command(BaseCommand):
    help = "Say whether the feed of a sandbox source conforms; exit code 1 where it does not."

    def add_arguments(self, parser):
        parser.add_argument("--source", required=True)
        parser.add_argument(
            "--file", dest="files", action="append", default=[], type=Path, help="import it first"
        )
        parser.add_argument("--start-over", action="store_true", help="empty the sandbox first")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, source, files, start_over, **options):
        with translation.override("en"):  # as the rest of the command line
            found = _sandbox(source)
            if start_over:
                _empty(found)
            for path in files:
                self._import(path, source=found)
            report = queries.report_of(found)
            self._tell(report, as_json=options["json"])
        if not report.conforms:
            raise SystemExit(1)

    def _import(self, path: Path, *, source: Source) -> None:
        """A file that is not taken is one of the report's findings."""
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            call_command("import_calls", path, source=source.slug, stdout=self.stderr)
        except CommandError as error:
            self.stderr.write(str(error))

    def _tell(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told.report_told(report), ensure_ascii=False))
            return
        for check in report.checks:
            optional = "" if check.is_required else " (optional)"
            title = CHECK_TITLES[check.code]
            self.stdout.write(f"{check.status.value:9}{check.code}: {title}{optional}")
            for finding in check.findings:
                self.stdout.write(f"         - {said(finding)}")
        self.stdout.write(presenters.badge(report)[0])


def _sandbox(slug: str) -> Source:
    source = Source.objects.select_related("central").filter(slug=slug).first()
    if source is None:
        raise CommandError(f"There is no source {slug}. Make it with add_source.")
    if not source.central.is_sandbox:
        raise CommandError(f"The source {slug} is no sandbox; its calls count.")
    return source


def _empty(source: Source) -> None:
    try:
        operations.start_over(source=source)
    except operations.StillImporting as error:
        raise CommandError(f"An import of {source.slug} is still running.") from error
