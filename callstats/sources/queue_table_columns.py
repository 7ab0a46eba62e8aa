"""Which table of queue events a header names, and which of its columns is what.

Sources: QueueMetrics' queue_log table (vicidial and qloaderd write it too); Asterisk's realtime
queue_log, as Wazo has it; FreePBX' asteriskcdrdb.queuelog, the same with `id`, `serverid` and
often `created`; Bicom PBXware. Columns that are not named here are left unread, and so are
agents. Of the data columns only those are read that hold talk time: never ENTERQUEUE's caller.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field

from callstats.sources.frames import Unreadable
from callstats.sources.table_mapping import DELIMITERS

# Lines that may stand before the header: titles of a report tool.
_SEARCHED = 50


@dataclass(frozen=True, kw_only=True)
class TableKind:
    """A system's own names. `times`: the best first. `talk` is that of COMPLETE*, and

    `transfer_talk` that of a transfer. `servers` tell which exchange wrote the row.
    """

    name: str
    times: tuple[str, ...]
    external_id: str
    queue: str
    event: str
    talk: str = "data2"
    transfer_talk: str = "data4"
    order: tuple[str, ...] = ()
    servers: tuple[str, ...] = ("serverid",)

    @property
    def required(self) -> set[str]:
        return {self.times[0], self.external_id, self.queue, self.event}


KINDS = (
    TableKind(
        name="queuemetrics",
        times=("time_id",),
        external_id="call_id",
        queue="queue",
        event="verb",
        order=("unique_row_count",),
        servers=("partition", "serverid"),
    ),
    TableKind(
        name="bicom",
        times=("date_time", "time"),
        external_id="callid",
        queue="queue_name",
        event="event",
        talk="ttime",
        transfer_talk="ttime",
        order=("uid",),
    ),
    TableKind(
        name="realtime",
        times=("time",),
        external_id="callid",
        queue="queuename",
        event="event",
        order=("id",),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Header:
    """`names`: the kind's own name → the name as the file writes it, for columns it has."""

    kind: TableKind
    line: int
    delimiter: str
    names: dict[str, str] = field(default_factory=dict)

    def mapping(self) -> dict[str, object]:
        """As `table_lines.rows_of` takes it: every column to be read."""
        return {
            "columns": self.names,
            "header_line": self.line,
            "delimiter": self.delimiter,
        }


def header_of(text: str) -> Header:
    """The first line that names one of KINDS. Raises Unreadable not_a_queue_log."""
    for number, line in enumerate(text.split("\n", _SEARCHED)[:_SEARCHED], 1):
        for delimiter in DELIMITERS:
            found = _header(line.rstrip("\r"), number, delimiter)
            if found:
                return found
    raise Unreadable("not_a_queue_log", line=1)


def _header(line: str, number: int, delimiter: str) -> Header | None:
    try:
        written = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return None
    known = {_plain(name): name for name in reversed(written)}
    kind = next((kind for kind in KINDS if kind.required <= set(known)), None)
    if kind is None:
        return None
    names = {name: known[name] for name in _read(kind) if name in known}
    return Header(kind=kind, line=number, delimiter=delimiter, names=names)


def _plain(name: str) -> str:
    """«`Queue_Log`.`Time` (local)» → «time»."""
    bare = re.sub(r"\(.*\)|[`\[\]]", "", name).strip().casefold()
    return bare.rsplit(".", 1)[-1].strip()


def _read(kind: TableKind) -> list[str]:
    named = [*kind.times, kind.external_id, kind.queue, kind.event, kind.talk, kind.transfer_talk]
    return list(dict.fromkeys([*named, *kind.order, *kind.servers]))
