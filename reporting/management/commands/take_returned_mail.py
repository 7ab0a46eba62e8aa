"""Take mails that came back, and complaints: from files, a Maildir or standard input."""

from __future__ import annotations

import hashlib
import json
import mailbox
import sys
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reporting.deliveries.operations import Taken, take_returned


class Command(BaseCommand):
    """Notes on each delivery what came back; what nobody knows is kept for a person to look at."""

    help = "Note which reports and letters came back, and complaints (RFC 3464, RFC 5965)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="mails; none: standard input")
        parser.add_argument("--maildir", type=Path, help="take what is new in the Maildir")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *, files: list[Path], maildir: Path | None, **options) -> None:
        if maildir:
            taken = _from_maildir(maildir)
        elif files:
            taken = [(path.name, _take(_content(path))) for path in files]
        else:
            taken = [_from_pipe(sys.stdin.buffer.read())]
        counts = Counter(str(outcome) for _, outcome in taken)
        unknown = [name for name, outcome in taken if outcome == Taken.UNKNOWN]
        told = {each.value: counts[each.value] for each in Taken}
        if options["json"]:
            self.stdout.write(json.dumps(told | {"look_at": unknown}))
            return
        self.stdout.write(", ".join(f"{count} {name}" for name, count in told.items()))
        for name in unknown:
            self.stdout.write(f"look at {name}: it is no report on a mail of ours")


def _take(content: bytes) -> Taken:
    return take_returned(content=content, at=timezone.now())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _from_maildir(folder: Path) -> list[tuple[str, Taken]]:
    """What is taken becomes seen; what is unknown is flagged, and stays for a person."""
    if not (folder / "new").is_dir():
        raise CommandError(f"{folder} is no Maildir")
    box = mailbox.Maildir(folder, create=False)
    found = []
    for key, message in list(box.items()):
        if message.get_subdir() != "new":
            continue
        outcome = _take(box.get_bytes(key))
        message.set_subdir("cur")
        message.set_flags("F" if outcome == Taken.UNKNOWN else "S")
        box[key] = message
        found.append((key, outcome))
    return found


def _from_pipe(content: bytes) -> tuple[str, Taken]:
    """What a mail server pipes in is gone afterwards: an unknown one is kept in a folder."""
    outcome = _take(content)
    name = f"{hashlib.sha256(content).hexdigest()[:16]}.eml"
    if outcome == Taken.UNKNOWN:
        folder = Path(settings.LEGEVAKT_HOME) / "returned-mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(content)
        name = str(path)
    return name, outcome
