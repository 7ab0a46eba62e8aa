"""./run manage import_calls FILE… --source SLUG [--profile NAME] [--dry-run] [--json]"""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from callstats.feeds.models import Source
from callstats.imports import operations
from callstats.imports.answers import answer_for
from callstats.imports.messages import of_file
from callstats.imports.models import CallImport, Channel, ImportState
from callstats.periods.tasks import compute_month
from callstats.sources.frames import Unreadable
from callstats.sources.registry import PROFILES

COUNTS = ("received", "created", "updated", "unchanged", "rejected", "ignored", "pending")


class Command(BaseCommand):
    help = "Import call logs now, without a worker. The same file twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--source", required=True)
        parser.add_argument("--profile", help="must be the source's own profile")
        parser.add_argument("--dry-run", action="store_true", help="check, store nothing")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        with translation.override("en"):  # as the rest of the command line
            self._import_all(**options)

    def _import_all(self, *, files, source, profile, dry_run, **options):
        found = _source(source, profile)
        answers = [self._import(path, source=found, dry_run=dry_run) for path in files]
        if options["json"]:
            self.stdout.write(json.dumps(_together(answers), ensure_ascii=False))
        failed = [a for a in answers if a["status"] == ImportState.FAILED]
        for answer in answers:
            if not options["json"]:
                self._print(answer)
        if failed:
            raise CommandError("; ".join(f"{a['file']}: {a['message']}" for a in failed))

    def _import(self, path: Path, *, source: Source, dry_run: bool) -> dict:
        try:
            _check(path)
            with path.open("rb") as file:
                call_import = operations.receive(
                    source=source,
                    chunks=iter(lambda: file.read(1 << 20), b""),
                    file_name=path.name,
                    channel=Channel.COMMAND,
                    at=timezone.now(),
                    confirm_first=dry_run,
                    is_dry_run=dry_run,
                )
        except Unreadable as error:
            return _not_taken(path, error)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        _go(call_import, dry_run=dry_run)
        return answer_for(call_import) | {"file": str(path), "dry_run": dry_run}

    def _print(self, answer: dict) -> None:
        self.stdout.write(f"{answer['file']}: {answer['status']}")
        if answer["message"]:
            return
        counts = answer["counts"]
        self.stdout.write("  " + ", ".join(f"{name} {counts[name]}" for name in COUNTS))
        for error in answer["errors"]:
            self.stdout.write(f"  line {error['line']}: {error['code']}: {error['message']}")


def _check(path: Path) -> None:
    """Refuse what is no file, or too large, before a byte is copied."""
    if not path.exists():
        raise Unreadable("file_missing", name=path.name)
    if not path.is_file():
        raise Unreadable("not_a_file", name=path.name)
    limit, size = settings.IMPORT_FILE_BYTES_LIMIT, path.stat().st_size
    if size > limit:
        raise Unreadable("file_too_large", limit=limit, size=size)


def _go(call_import: CallImport, *, dry_run: bool) -> None:
    if dry_run:
        operations.check(call_import=call_import, at=timezone.now())
        if call_import.state == ImportState.CHECKED:
            operations.cancel(call_import=call_import, at=timezone.now())
        return
    operations.run(call_import=call_import, at=timezone.now())
    for name in call_import.affected_months:
        year, month = map(int, name.split("-"))
        compute_month(central_id=call_import.source.central_id, year=year, month=month)


def _source(slug: str, profile: str | None) -> Source:
    if profile and profile not in PROFILES:
        raise CommandError(f"Unknown profile {profile}. Known: {', '.join(sorted(PROFILES))}.")
    source = Source.objects.select_related("central").filter(slug=slug).first()
    if source is None:
        raise CommandError(f"There is no source {slug}. Make it with add_source.")
    if profile and profile != source.profile:
        raise CommandError(f"The source {slug} has the profile {source.profile}.")
    return source


def _not_taken(path: Path, error: Unreadable) -> dict:
    return {
        "file": str(path),
        "status": ImportState.FAILED,
        "code": error.code,
        "message": of_file(error.code, error.params),
        "counts": dict.fromkeys(COUNTS, 0),
        "errors": [],
    }


def _together(answers: list[dict]) -> dict:
    summed = {name: sum(a["counts"][name] for a in answers) for name in COUNTS}
    return summed | {
        "errors": [
            {"file": a["file"], **error}
            for a in answers
            for error in a["errors"]
            or ([{"code": a["code"], "message": a["message"]}] if a["message"] else [])
        ],
        "imports": answers,
    }
