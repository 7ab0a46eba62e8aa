"""A log of each profile with a caller and an operator that are found again wherever they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.samples.bad.making import (
    canonical,
    puzzel,
    queue_log,
    queue_table,
    tables,
    telia,
    threecx,
    workbooks,
)
from tests.samples.bad.making.cases import lines

NUMBER, NAME = "+4799900011", "Kari Planta"
# What is left of them when they are cut, folded or written without their prefix.
TRACES = ("99900011", "planta")
_ENDS = ("00000001", "00000002", "00000003")


@dataclass(frozen=True, kw_only=True)
class Planted:
    """`calls`: how many are to be stored."""

    profile: str
    name: str
    data: bytes
    calls: int
    mapping: dict[str, Any] | None = None


def every_log() -> list[Planted]:
    """Good rows and bad ones, both with the caller's number and name in them."""
    return [*_events(), *_reports(), *_tables(), *_canonical()]


def _told(rows: tuple[str, ...], *others: str) -> bytes:
    """Every caller is the planted one; operators are too."""
    text = lines(*rows, *others)
    for end in _ENDS:
        text = text.replace(end, NUMBER)
    for operator in ("PJSIP/op1", "Operatør A", "Operatør B", "Operatør (101)", "Fiktiv"):
        text = text.replace(operator, NAME)
    return text.encode()


def _events() -> list[Planted]:
    log_row = f"1761336670|1761336669.9|{NAME}\x07|{NAME}|ENTERQUEUE||{NUMBER}|1|{NAME}"
    shifted = f"{NUMBER},pbx-9,lv_116117,{NAME},ENTERQUEUE,,{NUMBER},1,,"
    return [
        Planted(
            profile="asterisk-queue-log",
            name="log",
            data=_told(queue_log.GOOD, log_row, f"{NUMBER}|{NAME}"),
            calls=3,
        ),
        Planted(
            profile="asterisk-queue-table",
            name="table.csv",
            data=_told(queue_table.GOOD, shifted, f"{NUMBER},{NAME}"),
            calls=3,
        ),
    ]


def _reports() -> list[Planted]:
    shifted = f"{NUMBER},{NAME},,Q 801 Legevakt,{NAME},00:00:00,00:00:40,,,{NAME},"
    event = puzzel.GOOD[5].replace(puzzel.B, "1234567890123456999").replace(puzzel.AT, NUMBER)
    row = f"s9;{NUMBER};{NUMBER};{NUMBER};Legevakt;{NUMBER};{NAME};{NAME};{NAME}"
    return [
        Planted(
            profile="3cx-call-report",
            name="report.csv",
            data=_told((*threecx.GOOD[:7], shifted, *threecx.GOOD[7:])),
            calls=3,
        ),
        Planted(
            profile="puzzel-call-events",
            name="events.csv",
            data=_told(puzzel.GOOD, event.replace(",q,h,", f",q,{NAME},"), f"{NUMBER},{NAME}"),
            calls=3,
        ),
        Planted(
            profile="telia-samtalelogg",
            name="samtalelogg.csv",
            data=_told(telia.GOOD, row, f"{NUMBER};{NAME}"),
            calls=3,
        ),
    ]


def _tables() -> list[Planted]:
    head, *rows = (f"{row};{NUMBER};{NAME}" for row in tables.GOOD)
    header = head.replace(f"{NUMBER};{NAME}", "A-nummer;Agent")
    # A stray semicolon has moved every column: caller and operator stand where the times do.
    moved = f"a9;{NUMBER};{NAME};main;116117;Besvart;{NUMBER};{NUMBER};{NAME};;1;;;"
    sheet = [(*workbooks.HEAD, "A-nummer", "Agent")]
    sheet += [(*row, NUMBER, NAME) for row in workbooks.GOOD[1:]]
    sheet += [("a9", NUMBER, "main", "Besvart", NAME, NUMBER, NAME)]
    return [
        Planted(
            profile="table",
            name="anrop.csv",
            data=lines(header, *rows, moved).encode(),
            calls=3,
            mapping=tables.NORWEGIAN,
        ),
        Planted(
            profile="table",
            name="anrop.xlsx",
            data=workbooks.xlsx(sheet),
            calls=3,
            mapping=workbooks.WORKBOOK,
        ),
    ]


def _canonical() -> list[Planted]:
    bad = [
        canonical.GOOD[0] | {"id": "c8", "caller": NUMBER, "name": NAME},
        canonical.GOOD[0] | {"id": "c9", "number": NAME},
        canonical.GOOD[0] | {"id": "c10", "arrived_at": NUMBER},
        canonical.GOOD[0] | {"id": "c11", "wait_seconds": NAME},
    ]
    rows = [*canonical.GOOD, *bad]
    return [
        Planted(
            profile="canonical",
            name="calls.json",
            data=json.dumps({"calls": rows}).encode(),
            calls=3,
        ),
    ]
