"""queue_log lines written as the tables of four systems, as their databases export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
ENDED = ("COMPLETEAGENT", "COMPLETECALLER")
MOVED = ("BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER")
_Cells = list[str]


def table_of(log: str, *, system: str, newest_first: bool = True, mark: str = ",") -> str:
    """The lines of `log` as `system` (a key of SYSTEMS) has them, with their header."""
    header, row_of = SYSTEMS[system]
    lines = [line for line in log.split("\n") if line]
    rows = [row_of(n, _cells(line)) for n, line in enumerate(lines, 1)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(reversed(rows) if newest_first else rows)
    return out.getvalue()


def _cells(line: str) -> _Cells:
    """Epoch, callid, queue, agent, event and five of data."""
    told = line.split("|")
    return (told + [""] * 10)[:10]


def local(epoch: str, *, micro: str = "") -> str:
    at = datetime.fromtimestamp(int(epoch), tz=OSLO)
    return at.strftime("%Y-%m-%d %H:%M:%S") + micro


def _queuemetrics(_: int, cells: _Cells) -> _Cells:
    return ["P001", *cells, ""]


def _wazo(n: int, cells: _Cells) -> _Cells:
    at = datetime.fromtimestamp(int(cells[0]), tz=UTC)
    return [at.strftime("%Y-%m-%d %H:%M:%S") + f".{n % 1_000_000:06}+00", *cells[1:]]


def _wazo_local(n: int, cells: _Cells) -> _Cells:
    return [local(cells[0], micro=f".{n % 1_000_000:06}"), *cells[1:]]


def _freepbx(n: int, cells: _Cells) -> _Cells:
    _, callid, queue, agent, event, *data = cells
    return [str(n), local(cells[0]), callid, queue, "", agent, event, *data]


def _bicom(n: int, cells: _Cells) -> _Cells:
    """Bicom takes the counts out of the data: what is left is param1..3."""
    epoch, callid, queue, agent, event, *data = cells
    param, position, hold, talk = data[:3], ["", ""], "", ""
    if event in ENDED:
        param, hold, talk = ["", "", ""], data[0], data[1]
    elif event in MOVED:
        param, hold, talk = [data[0], data[1], ""], data[2], data[3]
    told_later = local(str(int(epoch) + n % 2))
    return [str(n), epoch, callid, queue, agent, event, *param, *position, hold, talk, told_later]


_DATA = ["data1", "data2", "data3", "data4", "data5"]
_PARAMS, _COUNTS = ["param1", "param2", "param3"], ["entpos", "expos", "htime", "ttime"]
_REALTIME = ["time", "callid", "queuename", "agent", "event", *_DATA]
SYSTEMS: dict[str, tuple[_Cells, Callable[[int, _Cells], _Cells]]] = {
    "queuemetrics": (
        ["partition", "time_id", "call_id", "queue", "agent", "verb", *_DATA, "serverid"],
        _queuemetrics,
    ),
    "wazo": (_REALTIME, _wazo),
    "wazo local": (_REALTIME, _wazo_local),
    "freepbx": (
        ["id", "time", "callid", "queuename", "serverid", "agent", "event", *_DATA],
        _freepbx,
    ),
    "bicom": (
        ["uid", "date_time", "callid", "queue_name", "type", "event", *_PARAMS, *_COUNTS, "time"],
        _bicom,
    ),
}
