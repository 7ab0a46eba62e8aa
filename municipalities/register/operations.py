"""Bringing the register in line with its files. Repeating either changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from municipalities.register.figures import Figure
from municipalities.register.models import Municipality, Population
from municipalities.register.readers import Entry


@dataclass
class Loaded:
    """What a load did, in rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class LoadedPopulation(Loaded):
    """`unknown` regions are not in the register; `missing` numbers are not in the file."""

    counted_dates: list[date] = field(default_factory=list)
    inhabitants: int = 0
    unknown: list[Figure] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A stored figure and the one the file has instead."""

    number: str
    counted_date: date
    stored: int
    given: int


class FigureWouldChange(Exception):
    """The file contradicts stored figures (`changes`), and revising was not asked for."""

    def __init__(self, changes: list[Change]) -> None:
        first = changes[0]
        super().__init__(
            f"{len(changes)} stored figures would change, first {first.number} on "
            f"{first.counted_date}: {first.stored} is stored, {first.given} given"
        )
        self.changes = changes


@transaction.atomic
def load(*, entries: Iterable[Entry]) -> Loaded:
    """Make the register say what the entries say; municipalities not among them stay."""
    loaded = Loaded()
    stored = {(row.number, row.valid_from): row for row in Municipality.objects.all()}
    for entry in entries:
        row = stored.get((entry.number, entry.valid_from))
        if row is None:
            Municipality.objects.create(**_facts(entry))
            loaded.created += 1
        elif _bring_in_line(row, entry):
            loaded.updated += 1
        else:
            loaded.unchanged += 1
    return loaded


@transaction.atomic
def load_population(
    *,
    figures: Iterable[Figure],
    source: str,
    retrieved_date: date,
    revise: bool = False,
) -> LoadedPopulation:
    """Store the figures of municipalities that are in the register; name the others.

    A figure that is stored with another value is changed only when `revise` is set;
    otherwise FigureWouldChange is raised and nothing is stored.
    """
    figures = list(figures)
    register = _register()
    known = {_key(figure, register): figure for figure in figures if _in(register, figure)}
    stored = {
        (row.municipality_id, row.counted_date): row
        for row in Population.objects.filter(counted_date__in={f.counted_date for f in figures})
    }
    changed = {k: f for k, f in known.items() if k in stored and _differs(stored[k], f)}
    if changed and not revise:
        raise FigureWouldChange([_change(stored[key], f) for key, f in changed.items()])
    new = {key: figure for key, figure in known.items() if key not in stored}
    Population.objects.bulk_create(
        Population(
            municipality_id=municipality_id,
            counted_date=counted_date,
            inhabitants=figure.inhabitants,
            source=source,
            retrieved_date=retrieved_date,
        )
        for (municipality_id, counted_date), figure in new.items()
    )
    for key, figure in changed.items():
        _revise(stored[key], figure=figure, source=source, retrieved_date=retrieved_date)
    return LoadedPopulation(
        created=len(new),
        updated=len(changed),
        unchanged=len(known) - len(new) - len(changed),
        counted_dates=sorted({figure.counted_date for figure in figures}),
        inhabitants=sum(figure.inhabitants for figure in figures),
        unknown=[figure for figure in figures if not _in(register, figure)],
        missing=sorted(set(register) - {figure.number for figure in figures}),
    )


def _facts(entry: Entry) -> dict:
    return {
        "number": entry.number,
        "name": entry.name,
        "county_number": entry.county_number,
        "county": entry.county,
        "written_form": entry.written_form,
        "valid_from": entry.valid_from,
    }


def _bring_in_line(row: Municipality, entry: Entry) -> bool:
    """Save the row if it differs; whether it did."""
    facts = _facts(entry)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return True


def _register() -> dict[str, list[Municipality]]:
    """Number → its times of validity, oldest first."""
    register: dict[str, list[Municipality]] = {}
    for municipality in Municipality.objects.order_by("number", "valid_from", "pk"):
        register.setdefault(municipality.number, []).append(municipality)
    return register


def _in(register: dict[str, list[Municipality]], figure: Figure) -> bool:
    return figure.number in register


def _key(figure: Figure, register: dict[str, list[Municipality]]) -> tuple[int, date]:
    """The municipality with the figure's number on its date, or the first one after it.

    The register begins in 2024; a number that was in use before has kept its territory.
    """
    times = register[str(figure.number)]
    on_date = [m for m in times if m.valid_to is None or m.valid_to > figure.counted_date]
    return (on_date or times[-1:])[0].pk, figure.counted_date


def _differs(row: Population, figure: Figure) -> bool:
    return row.inhabitants != figure.inhabitants


def _change(row: Population, figure: Figure) -> Change:
    return Change(
        number=str(figure.number),
        counted_date=row.counted_date,
        stored=row.inhabitants,
        given=figure.inhabitants,
    )


def _revise(row: Population, *, figure: Figure, source: str, retrieved_date: date) -> None:
    row.inhabitants = figure.inhabitants
    row.source = source
    row.retrieved_date = retrieved_date
    row.save()
