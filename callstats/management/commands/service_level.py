"""./run manage service_level --central SLUG --from DATE --to DATE [--by hour|day|month]"""

import json
from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from callstats.indicators import queries
from callstats.indicators.definitions import UnknownDefinition, all_definitions, by_id
from callstats.indicators.rules import ServiceLevel
from legevakt.lib.periods import OSLO, Period, PeriodError
from municipalities.models import Central


class Command(BaseCommand):
    help = "Print the indicator of a central for a half-open period (--to is not included)."

    def add_arguments(self, parser):
        parser.add_argument("--central", required=True)
        parser.add_argument("--from", dest="first", required=True, type=_day, metavar="DATE")
        parser.add_argument("--to", dest="end", required=True, type=_day, metavar="DATE")
        parser.add_argument("--definition", default="lvs-2min-v1", metavar="ID")
        parser.add_argument("--by", choices=["hour", "day", "month"])
        parser.add_argument("--json", action="store_true")

    def handle(self, *, central, first, end, definition, by, **options):
        found = Central.objects.filter(slug=central).first()
        if found is None:
            raise CommandError(f"There is no central {central}.")
        try:
            chosen = by_id(definition)
            period = Period(first, end)
            level = queries.service_level(centrals=[found], period=period, definition=chosen)
            steps = (
                queries.service_level_by(
                    centrals=[found], period=period, definition=chosen, step=by
                )
                if by
                else []
            )
        except UnknownDefinition as error:
            known = ", ".join(all_definitions())
            raise CommandError(f"There is no definition {definition}. Known: {known}.") from error
        except PeriodError as error:
            raise CommandError(f"--from {first} --to {end}: {error}.") from error
        if options["json"]:
            answer = _as_json(level) | {"central": central}
            if by:
                answer["steps"] = [_as_json(step) for step in steps]
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(_as_text(level))
        for step in steps:
            self.stdout.write(f"{_begin(step)}  {_line(step)}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no date; write it as 2025-10-24") from error


def _as_json(level: ServiceLevel) -> dict:
    return level.as_dict() | {
        "within_two_minutes": level.numerator,
        "within_ten_minutes": level.within_second,
    }


def _begin(level: ServiceLevel) -> str:
    """The local day, or the local hour with its offset, so that the doubled hour is told apart."""
    if level.starts_at is None:
        return level.starts_on.isoformat()
    return level.starts_at.astimezone(OSLO).isoformat(timespec="minutes")


def _line(level: ServiceLevel) -> str:
    if level.state != "figures":
        return {"no_calls": "no calls", "no_data": "no data"}[level.state]
    return f"{level.numerator}/{level.denominator} = {level.percent} %"


def _as_text(level: ServiceLevel) -> str:
    return "\n".join(
        [
            f"{level.definition_id}  {level.starts_on} up to {level.ends_on}",
            f"within two minutes  {_line(level)}",
            f"offered             {level.offered}",
            f"answered            {level.answered}",
            f"unanswered          {level.unanswered}",
            f"within ten minutes  {level.within_second}",
            f"median, p90         {level.median_seconds} s, {level.p90_seconds} s of answered",
            f"unknown waits       {level.unknown_waits}",
            f"completeness        {level.hours_with_feed} of {level.hours_in_period} hours",
        ]
    )
