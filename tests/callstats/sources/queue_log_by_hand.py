"""The slow, obvious way from queue_log lines to calls: a state machine, line by line."""

from __future__ import annotations

from typing import Any

ENDED = {
    "ABANDON": "abandoned",
    "EXITWITHTIMEOUT": "timeout",
    "EXITEMPTY": "no_agents",
    "EXITWITHKEY": "callback_requested",
    "WITHDRAW": "unknown",
    "AGENTDUMP": "unknown",
    "SYSCOMPAT": "unknown",
}
AT_THE_DOOR = {"FULL": "queue_full", "JOINEMPTY": "no_agents", "CLOSED": "closed"}
FINISHED = ("COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER")


def calls_by_hand(text: str) -> dict[str, dict[str, Any]]:
    """callid → queue, outcome, wait, talk, forwarded, number of legs."""
    calls: dict[str, list[dict[str, Any]]] = {}
    for line in text.split("\n"):
        if not line:
            continue
        epoch, callid, queue, _agent, verb, *data = line.split("|")
        if callid in ("NONE", "MANAGER", "CLI", "REALTIME"):
            continue
        legs = calls.setdefault(callid, [])
        if verb == "ENTERQUEUE" or verb in AT_THE_DOOR:
            outcome = AT_THE_DOOR.get(verb, "incomplete")
            left = int(epoch) if verb in AT_THE_DOOR else None
            legs.append({"queue": queue, "entered": int(epoch), "outcome": outcome, "left": left})
        elif verb == "CONNECT":
            legs[-1] |= {"outcome": "answered", "answered": int(epoch)}
        elif verb in ENDED:
            legs[-1] |= {"outcome": ENDED[verb], "left": int(epoch)}
        elif verb in FINISHED:
            talk = data[3] if "TRANSFER" in verb else data[1]
            legs[-1] |= {"left": int(epoch), "talk": int(talk), "verb": verb}
    return {callid: _call(legs) for callid, legs in calls.items() if legs}


def _call(legs: list[dict[str, Any]]) -> dict[str, Any]:
    answers = [leg["answered"] for leg in legs if "answered" in leg]
    until = answers[0] if answers else legs[-1]["left"]
    if not answers and all(leg["outcome"] in ("queue_full", "closed") for leg in legs):
        until = None
    talks = [leg.get("talk") for leg in legs if "answered" in leg]
    return {
        "queue": legs[0]["queue"],
        "outcome": "answered" if answers else legs[-1]["outcome"],
        "wait": None if until is None else until - legs[0]["entered"],
        "talk": sum(talks) if talks and None not in talks else None,
        "forwarded": "other" if "TRANSFER" in legs[-1].get("verb", "") else None,
        "legs": len(legs),
    }
