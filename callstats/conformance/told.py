"""The report and the scenario as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from callstats.conformance.deliveries import DELIVERIES
from callstats.conformance.findings import Check, Finding, Report
from callstats.conformance.presenters import queues_of
from callstats.conformance.scenario import Delivery, Leg, Telling, utc, wall_clock
from callstats.conformance.words import CHECK_TITLES, INSTRUCTIONS, said

ZONE = "Europe/Oslo"
CSV_COLUMNS = (
    "delivery",
    "id",
    "version",
    "queue",
    "outcome",
    "arrived_utc",
    "arrived_local",
    "arrived_fold",
    "arrived_offset",
    "answered_utc",
    "answered_local",
    "answered_fold",
    "answered_by",
    "ended_utc",
    "wait_seconds",
    "talk_seconds",
    "caller",
)


def report_told(report: Report) -> dict[str, Any]:
    """JSON-ready: whether it conforms, and each check with its reasons."""
    return {
        "conforms": report.conforms,
        "conforms_at": utc(report.conforms_at) if report.conforms_at else None,
        "checks": [_check_told(check) for check in report.checks],
    }


def scenario_told() -> dict[str, Any]:
    """JSON-ready: the deliveries in the order in which they are sent."""
    return {"zone": ZONE, "deliveries": [_delivery_told(each) for each in DELIVERIES]}


def scenario_csv() -> str:
    """A line for each call of each delivery; what a call has not is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS)
    writer.writeheader()
    writer.writerows(_csv_rows())
    return out.getvalue()


def _check_told(check: Check) -> dict[str, Any]:
    return {
        "code": check.code,
        "title": str(CHECK_TITLES[check.code]),
        "status": check.status.value,
        "required": check.is_required,
        "findings": [_finding_told(finding) for finding in check.findings],
    }


def _finding_told(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "call": finding.call or None, "message": said(finding)}


def _delivery_told(delivery: Delivery) -> dict[str, Any]:
    covers = delivery.covers
    return {
        "name": delivery.name,
        "instruction": str(INSTRUCTIONS[delivery.name]),
        "covers_from": utc(covers[0]) if covers else None,
        "covers_to": utc(covers[1]) if covers else None,
        "calls": [_call_told(told) for told in delivery.tellings],
    }


def _call_told(told: Telling) -> dict[str, Any]:
    return {
        "id": told.id,
        "version": told.version,
        "queue": told.queue,
        "outcome": told.outcome,
        "arrived": _moment_told(told.arrived_at),
        "answered": _moment_told(told.answered_at),
        "answered_by": told.answered_by or None,
        "ended": _moment_told(told.ended_at),
        "wait_seconds": _number(told.wait_seconds),
        "talk_seconds": _number(told.talk_seconds),
        "caller": told.caller,
        "legs": [_leg_told(leg) for leg in told.legs],
    }


def _leg_told(leg: Leg) -> dict[str, Any]:
    return {
        "queue": leg.queue,
        "entered": _moment_told(leg.entered_at),
        "left": _moment_told(leg.left_at),
        "outcome": leg.outcome,
    }


def _moment_told(moment: datetime | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    wall = wall_clock(moment)
    return {"utc": utc(moment), "local": wall.text, "fold": wall.fold, "offset": wall.offset}


def _csv_rows() -> Iterator[dict[str, Any]]:
    for delivery in DELIVERIES:
        for told in delivery.tellings:
            yield {
                "delivery": delivery.name,
                "id": told.id,
                "version": told.version,
                "queue": queues_of(told),
                "outcome": told.outcome,
                "answered_by": told.answered_by,
                "wait_seconds": told.wait_seconds,
                "talk_seconds": told.talk_seconds,
                "caller": told.caller,
                **_csv_moment("arrived", told.arrived_at),
                **_csv_moment("answered", told.answered_at),
                "ended_utc": utc(told.ended_at) if told.ended_at else "",
            }


def _csv_moment(name: str, moment: datetime | None) -> dict[str, Any]:
    if moment is None:
        return {}
    wall = wall_clock(moment)
    told = {f"{name}_utc": utc(moment), f"{name}_local": wall.text, f"{name}_fold": wall.fold}
    return told | ({"arrived_offset": wall.offset} if name == "arrived" else {})


def _number(seconds: Decimal | None) -> float | None:
    return None if seconds is None else float(seconds)
