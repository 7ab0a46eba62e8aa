"""./run manage add_source SLUG --central SLUG --profile NAME --queue NAME=CLASS …"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from callstats.feeds import operations as feeds
from callstats.feeds.tokens import LIFETIME


class Command(BaseCommand):
    help = "Set up a telephone system as a source of calls, or change how it is set up."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--central", required=True, help="short name of the central")
        parser.add_argument("--create-central", action="store_true")
        parser.add_argument("--cooperation", help="short name, for --create-central")
        parser.add_argument("--profile", required=True)
        parser.add_argument(
            "--queue",
            action="append",
            default=[],
            metavar="QUEUE=CLASS[:NUMBER]",
            help="116117, lokal8, professional or other; '*=116117' maps all the rest",
        )
        parser.add_argument("--mapping", type=Path, help="JSON file for the profile table")
        parser.add_argument("--zone", default="Europe/Oslo")
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--not-expected",
            action="store_true",
            help="its silence is no gap: a single log, or a system taken out of use",
        )
        parser.add_argument("--token", action="store_true", help="make a token, shown once")
        parser.add_argument("--json", action="store_true")

    @transaction.atomic
    def handle(self, *, slug, central, profile, queue, **options):
        try:
            source = feeds.add_source(
                slug=slug,
                central=feeds.find_central(
                    slug=central,
                    create=options["create_central"],
                    cooperation=options["cooperation"],
                ),
                profile=profile,
                queues=dict(_pair(text) for text in queue),
                at=timezone.now(),
                name=options["name"],
                mapping=_mapping(options["mapping"]),
                zone=options["zone"],
                is_expected=not options["not_expected"],
            )
        except feeds.SetupError as error:
            raise CommandError(str(error)) from error
        answer = {
            "source": source.slug,
            "central": source.central.slug,
            "profile": source.profile,
            "queues": {
                q.queue: q.line.line_class for q in source.queue_lines.select_related("line")
            },
        }
        if options["token"]:
            answer["token"] = feeds.make_token(
                source=source, name="command line", expires_at=timezone.now() + LIFETIME
            )
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for key, value in answer.items():
                self.stdout.write(f"{key}: {value}")


def _pair(text: str) -> tuple[str, str]:
    queue, separator, target = text.rpartition("=")
    if not separator or not queue:
        raise CommandError(f"--queue {text}: write QUEUE=CLASS, as in lv_116117=116117.")
    return queue, target


def _mapping(path: Path | None) -> dict | None:
    if path is None:
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"--mapping {path}: {error}") from error
