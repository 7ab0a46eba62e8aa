"""./run manage service_level: any indicator of a central and a period, or what there are."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from callstats.indicators import printed, queries
from callstats.indicators.definitions import (
    DEFAULT_ID,
    Definition,
    UnknownDefinition,
    all_definitions,
    by_id,
    default_definition,
)
from callstats.indicators.printed import Measured
from legevakt.lib.periods import Period, PeriodError
from municipalities.models import Central

EVERY = "all"


class Command(BaseCommand):
    help = "Print the indicators of a central for a half-open period (--to is not included)."

    def add_arguments(self, parser):
        parser.add_argument("--definitions", action="store_true", help="list them, and no more")
        parser.add_argument("--central")
        parser.add_argument("--from", dest="first", type=_day, metavar="DATE")
        parser.add_argument("--to", dest="end", type=_day, metavar="DATE")
        parser.add_argument("--definition", default=DEFAULT_ID, metavar="ID", help="or: all")
        parser.add_argument("--by", choices=["hour", "day", "month"])
        parser.add_argument("--json", action="store_true")

    def handle(self, *, definitions, central, first, end, definition, by, **options):
        as_json = options["json"]
        if definitions:
            self._list(as_json=as_json)
            return
        measured = _measured(
            central=_central(central),
            period=_period(first, end),
            definitions=_definitions(definition),
            by=by,
        )
        if as_json:
            self._print(_answer(measured, central=central, is_every=definition == EVERY))
        else:
            self.stdout.write("\n\n".join(printed.as_text(each) for each in measured))

    def _list(self, *, as_json: bool) -> None:
        known = list(all_definitions().values())
        if as_json:
            self._print({"definitions": printed.list_as_json(known)})
        else:
            self.stdout.write(printed.list_as_text(known))

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _measured(
    *, central: Central, period: Period, definitions: list[Definition], by: str | None
) -> list[Measured]:
    """All from one pass, and their steps; beside each the calls answered within two minutes."""
    asked = [*definitions, default_definition()]
    try:
        *levels, national = queries.service_levels(
            centrals=[central], period=period, definitions=asked
        )
        *steps, national_steps = [
            queries.service_level_by(
                centrals=[central], period=period, definition=definition, step=by
            )
            if by
            else []
            for definition in asked
        ]
    except PeriodError as error:
        raise CommandError(f"--from {period.starts_on} --to {period.ends_on}: {error}.") from error
    return [
        Measured(
            definition=definition,
            level=level,
            within_two_minutes=national.numerator,
            steps=tuple(
                Measured(definition=definition, level=step, within_two_minutes=beside.numerator)
                for step, beside in zip(parts, national_steps, strict=True)
            ),
        )
        for definition, level, parts in zip(definitions, levels, steps, strict=True)
    ]


def _answer(measured: list[Measured], *, central: str, is_every: bool) -> dict[str, Any]:
    if is_every:
        return {"central": central, "figures": [printed.as_json(each) for each in measured]}
    return printed.as_json(measured[0]) | {"central": central}


def _central(slug: str | None) -> Central:
    if slug is None:
        raise CommandError("Name a --central, or list the indicators by --definitions.")
    found = Central.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no central {slug}.")
    return found


def _period(first: date | None, end: date | None) -> Period:
    if first is None or end is None:
        raise CommandError("Say --from and --to: the first day, and the day after the last.")
    try:
        return Period(first, end)
    except PeriodError as error:
        raise CommandError(f"--from {first} --to {end}: {error}.") from error


def _definitions(name: str) -> list[Definition]:
    if name == EVERY:
        return list(all_definitions().values())
    try:
        return [by_id(name)]
    except UnknownDefinition as error:
        known = ", ".join(all_definitions())
        raise CommandError(f"There is no definition {name}. Known: {known}.") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no date; write it as 2025-10-24") from error
