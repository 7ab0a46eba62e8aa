"""./run manage source_tokens SOURCE [--add NAME | --rotate PREFIX | --revoke PREFIX] [--json]"""

import json
from datetime import date, datetime, time, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from callstats.feeds import operations as feeds
from callstats.feeds.models import Source, SourceToken
from callstats.feeds.rules import every_scope
from callstats.feeds.tokens import LIFETIME, OVERLAP, token_of
from legevakt.lib.periods import OSLO

ONLY_WITH_ADD = ("expires", "scope", "network")


class Command(BaseCommand):
    help = "List the tokens of a telephone system; make one, renew one, or revoke one."

    def add_arguments(self, parser):
        parser.add_argument("source")
        parser.add_argument("--add", metavar="NAME", help="make a token, shown once")
        parser.add_argument(
            "--expires",
            type=_day,
            help="first day it is not taken: 2027-01-01 (a year from now, unless told)",
        )
        parser.add_argument(
            "--scope",
            action="append",
            metavar="SCOPE",
            help=f"what it may: {', '.join(every_scope())} (all, unless told)",
        )
        parser.add_argument(
            "--network",
            action="append",
            metavar="CIDR",
            help="where it may come from: 192.0.2.0/24 (anywhere, unless told)",
        )
        parser.add_argument(
            "--rotate", metavar="PREFIX", help="a new token like that one, shown once"
        )
        parser.add_argument(
            "--overlap-days",
            type=int,
            metavar="N",
            help=f"how long the old one is still taken ({OVERLAP.days}, unless told)",
        )
        parser.add_argument("--revoke", metavar="PREFIX", help="as the list shows it")
        parser.add_argument("--json", action="store_true")

    @transaction.atomic
    def handle(self, *, source, **options):
        _check(options)
        found = Source.objects.filter(slug=source).first()
        if found is None:
            raise CommandError(f"There is no source {source}. Make it with add_source.")
        try:
            answer = {"source": found.slug} | _changed(found, options)
        except feeds.SetupError as error:
            raise CommandError(str(error)) from error
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
            rights = (*token["scopes"], *token["networks"])
            self.stdout.write("  " + "  ".join((*told, *rights)))


def _check(options: dict) -> None:
    for name in ONLY_WITH_ADD:
        if options[name] and not options["add"]:
            raise CommandError(f"--{name} belongs to --add.")
    days = options["overlap_days"]
    if days is not None and not options["rotate"]:
        raise CommandError("--overlap-days belongs to --rotate.")
    if days is not None and days < 0:
        raise CommandError("--overlap-days is 0 or more.")
    if options["add"] and options["rotate"]:
        raise CommandError("--add and --rotate each show a token; ask for one at a time.")


def _changed(source: Source, options: dict) -> dict:
    """Do what is asked; the secret of a new token is in the answer, this once."""
    told = {}
    if options["add"]:
        told["token"] = feeds.make_token(
            source=source,
            name=options["add"],
            expires_at=options["expires"] or timezone.now() + LIFETIME,
            scopes=options["scope"],
            networks=options["network"] or (),
        )
    if options["rotate"]:
        told["token"] = feeds.rotate_token(
            token=token_of(source=source, prefix=options["rotate"]),
            at=timezone.now(),
            overlap=_overlap(options["overlap_days"]),
        )
    if options["revoke"]:
        feeds.revoke_token(source=source, prefix=options["revoke"])
    return told


def _overlap(days: int | None) -> timedelta:
    return OVERLAP if days is None else timedelta(days=days)


def _told(token: SourceToken) -> dict:
    """JSON-ready; a token's secret is known to nobody."""
    ended = "expired" if token.has_expired else "valid"
    return {
        "prefix": token.prefix,
        "name": token.name,
        "scopes": token.scopes,
        "networks": token.networks,
        "created": token.created.isoformat(timespec="seconds"),
        "expires": token.expiry_date.astimezone(OSLO).date().isoformat()
        if token.expiry_date
        else None,
        "last_used": token.last_used_at.isoformat(timespec="seconds")
        if token.last_used_at
        else None,
        "state": "revoked" if token.revoked else ended,
    }


def _day(text: str) -> datetime:
    """Midnight of the day in Oslo."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=OSLO)
    except ValueError as error:
        raise CommandError(f"{text} is no date; write it as 2027-01-01.") from error
