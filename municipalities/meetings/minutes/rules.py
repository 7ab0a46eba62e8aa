"""Minutes without Django: what is frozen and its fingerprint, and what two people wrote at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

REGISTER_NAME_LENGTH = 40  # of a case number in the decision register
MARK_LENGTH = 16


def canonical(content: Any) -> str:
    """The one way to write the value as JSON: keys in order, no blanks, letters as they are.

    >>> canonical({"b": [1, None], "a": "Ås"})
    '{"a":"Ås","b":[1,null]}'
    """
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256_of(content: Any) -> str:
    """The SHA-256 of the value's canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return sha256(canonical(content).encode()).hexdigest()


def plain(text: str) -> str:
    """The text as it is stored: a browser sends CRLF, and a blank end says nothing.

    >>> plain("Ein\\r\\nto \\r\\n")
    'Ein\\nto'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def marks_of(parts: Mapping[str, Any]) -> dict[str, str]:
    """A short mark of what each part says; the same words give the same mark."""
    return {name: sha256_of(said)[:MARK_LENGTH] for name, said in parts.items()}


@dataclass(frozen=True)
class Merge:
    """Parts to be stored, and parts that another person has written meanwhile."""

    to_write: frozenset[str]
    both: frozenset[str]


def merge(*, mine: Mapping[str, str], base: Mapping[str, str], now: Mapping[str, str]) -> Merge:
    """What becomes of each part, by the marks of mine, of what I began from, and of what is stored.

    What I left as it was is left as it is; what only I changed is stored; what both changed, each
    in their way, is told.

    >>> merge(mine={"a": "1", "b": "9"}, base={"a": "1", "b": "2"}, now={"a": "5", "b": "2"})
    Merge(to_write=frozenset({'b'}), both=frozenset())
    """
    changed = {
        name for name, mark in mine.items() if mark not in (base.get(name, ""), now.get(name, ""))
    }
    both = {name for name in changed if base.get(name, "") != now.get(name, "")}
    return Merge(to_write=frozenset(changed - both), both=frozenset(both))


def register_name(*, case: str, forum: str, forum_id: int) -> str:
    """The case number in the decision register: one in the cooperation, at most 40 characters.

    >>> register_name(case="Sak 3/25", forum="Kommunedirektørmøtet", forum_id=7)
    'Sak 3/25 Kommunedirektørmøtet'
    >>> register_name(case="Sak 3/25", forum="Forum for kommunalsjefar og overlegar", forum_id=7)
    'Sak 3/25 Forum for kommunalsjefar og … 7'
    """
    whole = f"{case} {forum}".strip()
    if len(whole) <= REGISTER_NAME_LENGTH:
        return whole
    end = f"… {forum_id}"
    return whole[: REGISTER_NAME_LENGTH - len(end)] + end


def may_remark(*, until: date, today: date) -> bool:
    """Remarks are taken to the end of the deadline's day."""
    return today <= until
