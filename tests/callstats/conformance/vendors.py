"""Vendors: ways to send the scenario, one right and many wrong.

A vendor reads the scenario as the API gives it and returns requests: (body members, headers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

Row = dict
Sent = list[Row]


def moment(told: dict | None) -> str | None:
    return told["utc"] if told else None


def row_of(call: dict) -> Row:
    """A call by its canonical names, as a careful vendor sends it."""
    row = {
        "id": call["id"],
        "version": call["version"],
        "queue": call["queue"],
        "outcome": call["outcome"],
        "arrived_at": moment(call["arrived"]),
        "answered_at": moment(call["answered"]),
        "ended_at": moment(call["ended"]),
        "wait_seconds": call["wait_seconds"],
        "talk_seconds": call["talk_seconds"],
    }
    if call["legs"]:
        row["legs"] = [
            {
                "queue": leg["queue"],
                "entered_at": moment(leg["entered"]),
                "left_at": moment(leg["left"]),
                "outcome": leg["outcome"],
            }
            for leg in call["legs"]
        ]
    return row


@dataclass(frozen=True, kw_only=True)
class Vendor:
    """`change(rows, delivery, call)`: what becomes of the row of a call (none, one or more)."""

    change: Callable[[Row, str, dict], Sent] = field(default=lambda row, name, call: [row])
    is_sent: Callable[[str], bool] = field(default=lambda name: True)
    has_keys: bool = True
    reverses: bool = False

    def requests(self, scenario: dict) -> Iterator[tuple[dict, dict]]:
        deliveries = scenario["deliveries"]
        for number, delivery in enumerate(reversed(deliveries) if self.reverses else deliveries):
            if self.is_sent(delivery["name"]):
                headers = {"Idempotency-Key": f"request-{number}"} if self.has_keys else {}
                yield self.body(delivery), headers

    def body(self, delivery: dict) -> dict:
        rows = [
            changed
            for call in delivery["calls"]
            for changed in self.change(row_of(call), delivery["name"], call)
        ]
        covers = {name: delivery[name] for name in ("covers_from", "covers_to") if delivery[name]}
        return {"calls": rows} | covers


def right() -> Vendor:
    return Vendor()


TIMES = {"arrived_at": "arrived", "answered_at": "answered", "ended_at": "ended"}


def with_times(row: Row, call: dict, write: Callable[[dict], str]) -> Row:
    return row | {name: write(call[of]) for name, of in TIMES.items() if call[of]}


def local_as_utc(row, name, call) -> Sent:
    return [with_times(row, call, lambda told: told["local"].replace(" ", "T") + "Z")]


def always_winter(row, name, call) -> Sent:
    return [with_times(row, call, lambda told: told["local"].replace(" ", "T") + "+01:00")]


def fold_forgotten(row, name, call) -> Sent:
    """The doubled hour is always its second half, as many libraries have it."""
    if name != "dst-autumn" or not call["arrived"]["local"].startswith("2025-10-26 02:3"):
        return [row]
    return [with_times(row, call, lambda told: told["local"].replace(" ", "T") + "+01:00")]


def without_offset(row, name, call) -> Sent:
    if name != "midnight":
        return [row]
    return [row | {"arrived_at": call["arrived"]["local"].replace(" ", "T")}]


def wait_in_minutes(row, name, call) -> Sent:
    if row["wait_seconds"] is None:
        return [row]
    return [row | {"wait_seconds": round(row["wait_seconds"] / 60) * 60}]


def wait_in_seconds(row, name, call) -> Sent:
    if row["wait_seconds"] is None:
        return [row]
    return [row | {"wait_seconds": int(row["wait_seconds"])}]


def wait_by_wall_clock(row, name, call) -> Sent:
    if not call["answered"]:
        return [row]
    arrived, answered = (
        datetime.fromisoformat(call[of]["local"]) for of in ("arrived", "answered")
    )
    return [row | {"wait_seconds": max((answered - arrived).total_seconds(), 0)}]


def wait_of_last_queue(row, name, call) -> Sent:
    if name != "transfers":
        return [row]
    entered, left = (
        datetime.fromisoformat(call["legs"][-1][of]["utc"]) for of in ("entered", "left")
    )
    return [row | {"wait_seconds": (left - entered) / timedelta(seconds=1)}]


def call_for_each_leg(row, name, call) -> Sent:
    if not call["legs"]:
        return [row]
    bare = {key: value for key, value in row.items() if key != "legs"}
    second = call["legs"][1]
    return [
        bare,
        bare
        | {
            "id": f"{row['id']}/2",
            "queue": second["queue"],
            "arrived_at": moment(second["entered"]),
            "answered_at": moment(second["left"]),
            "wait_seconds": None,
        },
    ]


def new_id_each_time(row, name, call) -> Sent:
    return [row | {"id": f"{row['id']}-again"}] if name == "twice-again" else [row]


def half_of_it_twice(row, name, call) -> Sent:
    """Counts alone would be satisfied."""
    return [] if name == "twice-again" and row["id"] == "duplicate-2" else [row]


def other_words_the_second_time(row, name, call) -> Sent:
    return [row | {"urgency": "red"}] if name == "twice-again" else [row]


def no_version(row, name, call) -> Sent:
    return [{key: value for key, value in row.items() if key != "version"}]


def only_what_is_known_last(row, name, call) -> Sent:
    return [] if name == "first-known" and row["id"] != "stale-1" else [row]


def all_answered(row, name, call) -> Sent:
    return [row | {"outcome": "answered"}] if row["outcome"] == "timeout" else [row]


def caller_as_urgency(row, name, call) -> Sent:
    return [row | {"urgency": call["caller"][-8:]}] if name == "ordinary" else [row]


def caller_by_name(row, name, call) -> Sent:
    return [row | {"caller": call["caller"]}] if name == "ordinary" else [row]


def ghosts(row, name, call) -> Sent:
    ghost = {"id": "test", "queue": "main", "outcome": "abandoned", "wait_seconds": 5}
    is_first = row["id"] == "ordinary-1"
    return [row, ghost | {"arrived_at": "2025-02-02T02:02:02Z"}] if is_first else [row]


# vendor → checks that fail, checks whose material was not seen
WRONG: dict[str, tuple[Vendor, set[str], set[str]]] = {
    "local time as UTC": (
        Vendor(change=local_as_utc),
        {"moments", "dst-spring", "dst-autumn", "midnight", "nothing-refused"},
        set(),
    ),
    "winter's offset all the year": (
        Vendor(change=always_winter),
        {"moments", "dst-spring", "dst-autumn", "midnight", "nothing-refused"},
        set(),
    ),
    "the doubled hour's second half always": (
        Vendor(change=fold_forgotten),
        {"dst-autumn"},
        set(),
    ),
    "no offset": (Vendor(change=without_offset), {"offsets"}, {"midnight"}),
    "waits in whole minutes": (Vendor(change=wait_in_minutes), {"waits"}, set()),
    "waits in whole seconds": (Vendor(change=wait_in_seconds), {"waits"}, set()),
    "waits by the wall clock": (
        Vendor(change=wait_by_wall_clock),
        {"dst-spring", "dst-autumn"},
        set(),
    ),
    "waits of the last queue": (Vendor(change=wait_of_last_queue), {"transfer"}, set()),
    "a call for each queue": (Vendor(change=call_for_each_leg), {"transfer"}, set()),
    "a new id each time": (Vendor(change=new_id_each_time), {"duplicate"}, set()),
    "other words the second time": (
        Vendor(change=other_words_the_second_time),
        {"duplicate"},
        set(),
    ),
    "no version": (Vendor(change=no_version), {"correction", "stale"}, set()),
    "only what is known last": (
        Vendor(change=only_what_is_known_last),
        set(),
        {"correction", "open-call"},
    ),
    "nothing twice": (Vendor(is_sent=lambda name: name != "twice-again"), set(), {"duplicate"}),
    "one of two twice": (Vendor(change=half_of_it_twice), set(), {"duplicate"}),
    "only the first delivery": (
        Vendor(is_sent=lambda name: name == "ordinary"),
        set(),
        {
            "dst-spring",
            "dst-autumn",
            "midnight",
            "outcomes",
            "waits",
            "transfer",
            "duplicate",
            "order",
            "correction",
            "stale",
            "open-call",
            "quiet-hours",
        },
    ),
    "time limit told as answered": (Vendor(change=all_answered), {"outcomes"}, set()),
    "no quiet hours": (Vendor(is_sent=lambda name: name != "quiet"), set(), {"quiet-hours"}),
    "the caller in another field": (Vendor(change=caller_as_urgency), {"no-callers"}, set()),
    "the caller by name": (
        Vendor(change=caller_by_name),
        {"no-callers", "nothing-refused"},
        {"moments"},
    ),
    "calls that never were": (Vendor(change=ghosts), {"only-these"}, set()),
    "the deliveries backwards": (
        replace(right(), reverses=True),
        set(),
        {"order", "correction", "stale", "open-call"},
    ),
}
