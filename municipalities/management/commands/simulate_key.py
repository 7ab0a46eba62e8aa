"""./run manage simulate_key: what each municipality bears of an amount by a key.

Needs no database: every figure is an argument. Numbers may have a comma or a point.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError

from legevakt.lib.money import Unit
from municipalities.costs.allocation import arguments, printed
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.arguments import ArgumentRefused
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.allocation.keys import Key, Part, PartKind
from municipalities.costs.allocation.members import Segment

SHARES = {
    "--equal": PartKind.EQUAL,
    "--population": PartKind.POPULATION,
    "--share-usage": PartKind.USAGE,
    "--share-host": PartKind.HOST,
}
SHARED_BY = {
    PartKind.EQUAL: "percent shared equally",
    PartKind.POPULATION: "percent shared by inhabitants",
    PartKind.USAGE: "percent shared by usage",
    PartKind.HOST: "percent borne by the host alone",
}
FIGURES = {"--inhabitants": arguments.inhabitants, "--usage": arguments.usage}
REFUSED = {
    "zero_amount": "--amount: there is nothing to share of {amount} kroner.",
    "no_members": "Name those who share by --inhabitants NAME=N, one for each.",
    "no_inhabitants": "--inhabitants: {member} has none. Add --inhabitants {member}=N.",
    "no_usage_of_member": "--usage: {member} has none. Add --usage {member}=N (0 is a figure too).",
    "no_usage": "--usage: all are 0, so nothing can be shared by --share-usage.",
    "no_host": "--share-host: nobody is host. Name it by --host NAME.",
    "floor_above_cap": "--floor and --cap: for {member} the floor is above the cap.",
    "floors_exceed": "--floor: the floors sum to more than the amount. Lower the floor.",
    "caps_fall_short": "--cap: the caps do not reach the amount. Raise the cap.",
}
BOUND = "AMOUNT, PERCENT%% or AMOUNT/inhabitant"


class Command(BaseCommand):
    help = "Share an amount by a key among municipalities, to the last krone or øre."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--amount", type=_read(arguments.amount), required=True)
        _add_shares(parser)
        _add_figures(parser)
        parser.add_argument("--host", type=arguments.name, dest="host_name", metavar="NAME")
        least, most = f"the least that one pays: {BOUND}", f"the most that one pays: {BOUND}"
        parser.add_argument("--floor", type=_read(arguments.bound), metavar="BOUND", help=least)
        parser.add_argument("--cap", type=_read(arguments.bound), metavar="BOUND", help=most)
        parser.add_argument("--unit", choices=[unit.value for unit in Unit], default="krone")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        key = _key(options)
        members = _members(options)
        try:
            shared = allocate(amount=options["amount"], segments=[Segment(key, members)])
        except CannotAllocate as error:
            raise CommandError(_refusal(error)) from error
        if options["json"]:
            self.stdout.write(printed.as_json(printed.as_dict(shared, key=key, order=members)))
        else:
            self.stdout.write(printed.as_text(shared, key=key, order=members))


def _add_shares(parser):
    for option, kind in SHARES.items():
        parser.add_argument(
            option,
            dest=kind.value,
            type=_read(arguments.percent),
            default=Decimal(0),
            metavar="PERCENT",
            help=SHARED_BY[kind],
        )


def _add_figures(parser):
    for option, reader in FIGURES.items():
        parser.add_argument(
            option,
            dest=f"{option.removeprefix('--')}_of",
            type=_read(reader),
            action="append",
            default=[],
            metavar="NAME=N",
            help="once for each municipality",
        )


def _read(reader):
    """The reader for argparse, which puts the argument's name before what is wrong."""

    def read(text):
        try:
            return reader(text)
        except ArgumentRefused as error:
            raise ArgumentTypeError(str(error)) from error

    return read


def _key(options) -> Key:
    """Only the parts that share something; they must sum to 100."""
    percents = {option: options[kind.value] for option, kind in SHARES.items()}
    total = sum(percents.values(), Decimal(0))
    if total != 100:
        told = " + ".join(f"{option} {percent}" for option, percent in percents.items() if percent)
        raise CommandError(f"The shares must sum to 100, not {total} ({told or 'none is given'}).")
    parts = [Part(kind, percents[option]) for option, kind in SHARES.items() if percents[option]]
    return Key(parts=parts, floor=options["floor"], cap=options["cap"], unit=Unit(options["unit"]))


def _members(options):
    try:
        return arguments.members(
            inhabitants=options["inhabitants_of"],
            usage=options["usage_of"],
            host=options["host_name"],
        )
    except ArgumentRefused as error:
        raise CommandError(str(error)) from error


def _refusal(error: CannotAllocate) -> str:
    return REFUSED[error.code].format(**error.facts)
