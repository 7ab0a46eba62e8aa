"""Which public number each queue of a source serves."""

from __future__ import annotations

from django.db import transaction

from callstats.feeds.checks import SetupError
from callstats.feeds.models import QueueLine, Source
from municipalities.models import Central, LineClass, PublicNumber

NATIONAL_NUMBER = "116117"


def map_queue(*, source: Source, queue: str, target: str) -> QueueLine:
    """Say which public number the queue serves: `116117`, `lokal8` or `lokal8:56349000`.

    Raises SetupError.
    """
    line_class, _, number = target.partition(":")
    if line_class not in LineClass.values:
        raise SetupError(
            f"{queue}={target}: unknown line class. Known: {', '.join(LineClass.values)}."
        )
    line = _line(central=source.central, line_class=line_class, number=number)
    mapped, _ = QueueLine.objects.update_or_create(
        source=source, queue=queue, defaults={"line": line}
    )
    return mapped


@transaction.atomic
def set_queues(*, source: Source, queues: dict[str, str]) -> None:
    """Make `queues` (as `map_queue` takes them) the whole map; a queue left out is unmapped."""
    source.queue_lines.exclude(queue__in=queues).delete()
    for queue, target in queues.items():
        map_queue(source=source, queue=queue, target=target)


def target_of(line: PublicNumber) -> str:
    """The number as `map_queue` takes it."""
    return f"{line.line_class}:{line.number}"


def _line(*, central: Central, line_class: str, number: str) -> PublicNumber:
    """The number; where none is named, the only one that the central has of that class."""
    if line_class == LineClass.NATIONAL:
        number = number or NATIONAL_NUMBER
    known = central.numbers.filter(line_class=line_class)
    if not number and known.count() == 1:
        return known.get()
    line, _ = PublicNumber.objects.get_or_create(
        central=central, line_class=line_class, number=number
    )
    return line
