"""./run manage source_tokens SOURCE [--add NAME --expires DATE] [--revoke PREFIX] [--json]"""

import json
from datetime import date, datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from callstats.feeds import operations as feeds
from callstats.feeds.models import Source, SourceToken
from legevakt.lib.periods import OSLO


class Command(BaseCommand):
    help = "List the tokens of a telephone system; make one, or revoke one that has leaked."

    def add_arguments(self, parser):
        parser.add_argument("source")
        parser.add_argument("--add", metavar="NAME", help="make a token, shown once")
        parser.add_argument("--expires", type=_day, help="first day it is not taken: 2027-01-01")
        parser.add_argument("--revoke", metavar="PREFIX", help="as the list shows it")
        parser.add_argument("--json", action="store_true")

    @transaction.atomic
    def handle(self, *, source, add, expires, revoke, **options):
        if expires and not add:
            raise CommandError("--expires belongs to --add.")
        found = Source.objects.filter(slug=source).first()
        if found is None:
            raise CommandError(f"There is no source {source}. Make it with add_source.")
        answer = {"source": found.slug}
        if add:
            answer["token"] = feeds.make_token(source=found, name=add, expires_at=expires)
        if revoke:
            _revoke(found, revoke)
        tokens = [_told(token) for token in found.tokens.order_by("created", "pk")]
        if options["json"]:
            self.stdout.write(json.dumps(answer | {"tokens": tokens}, ensure_ascii=False))
        else:
            self._print(answer, tokens)

    def _print(self, answer: dict, tokens: list[dict]) -> None:
        for key, value in answer.items():
            self.stdout.write(f"{key}: {value}")
        for token in tokens:
            told = (token["prefix"], token["state"], token["expires"] or "no end", token["name"])
            self.stdout.write("  " + "  ".join(told))


def _revoke(source: Source, prefix: str) -> None:
    try:
        feeds.revoke_token(source=source, prefix=prefix)
    except feeds.SetupError as error:
        raise CommandError(str(error)) from error


def _told(token: SourceToken) -> dict:
    """JSON-ready; a token's secret is known to nobody."""
    ended = "expired" if token.has_expired else "valid"
    return {
        "prefix": token.prefix,
        "name": token.name,
        "created": token.created.isoformat(timespec="seconds"),
        "expires": token.expiry_date.astimezone(OSLO).date().isoformat()
        if token.expiry_date
        else None,
        "state": "revoked" if token.revoked else ended,
    }


def _day(text: str) -> datetime:
    """Midnight of the day in Oslo."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=OSLO)
    except ValueError as error:
        raise CommandError(f"{text} is no date; write it as 2027-01-01.") from error
