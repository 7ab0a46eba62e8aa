"""What differs between two texts: clause by clause, and word by word. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.5  # share of common words from which a clause with another heading is the same, renamed


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Words that stand in both texts, or only in the later (added) or the earlier (removed)."""

    change: Change
    text: str


@dataclass(frozen=True)
class Passage:
    """A clause as it is compared."""

    heading: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One clause in both versions; `before` or `after` is None where it is new or gone."""

    change: Change
    before: Passage | None
    after: Passage | None
    heading: list[Piece]
    text: list[Piece]


def word_pieces(before: str, after: str) -> list[Piece]:
    """Common, removed and added words in reading order, each with the space that follows it.

    Line breaks stand by themselves, so that a changed last word leaves the paragraph as it is.

    >>> [(str(p.change), p.text) for p in word_pieces("tolv månader", "seks månader")]
    [('removed', 'tolv '), ('added', 'seks '), ('same', 'månader')]
    """
    old, new = _words(before), _words(after)
    found = []
    for tag, start, end, from_, to in SequenceMatcher(a=old, b=new).get_opcodes():
        if tag == "equal":
            found.append(Piece(Change.SAME, "".join(new[from_:to])))
            continue
        if end > start:
            found.append(Piece(Change.REMOVED, "".join(old[start:end])))
        if to > from_:
            found.append(Piece(Change.ADDED, "".join(new[from_:to])))
    return found


def differences(before: Sequence[Passage], after: Sequence[Passage]) -> list[Difference]:
    """Every clause of both versions in the order of the later one.

    A clause that is gone stands after the one that it followed.
    """
    partner = _pairs(before, after)
    follower = {old: new for new, old in partner.items()}
    found = [_difference(before[each], None) for each in _gone_after(-1, before, follower)]
    for new, passage in enumerate(after):
        old = partner.get(new)
        found.append(_difference(None if old is None else before[old], passage))
        if old is not None:
            found += [
                _difference(before[each], None) for each in _gone_after(old, before, follower)
            ]
    return found


def _gone_after(place: int, before: Sequence[Passage], follower: dict[int, int]) -> list[int]:
    """The places right after `place` whose clauses have none that follows them."""
    found = []
    for each in range(place + 1, len(before)):
        if each in follower:
            break
        found.append(each)
    return found


def _pairs(before: Sequence[Passage], after: Sequence[Passage]) -> dict[int, int]:
    """Place in `after` → place in `before`: by the same heading, else by the most alike text."""
    free = dict(enumerate(before))
    found = {}
    for new, passage in enumerate(after):
        same = (old for old, each in free.items() if each.heading == passage.heading)
        old = next(same, None)
        if old is not None:
            found[new] = old
            del free[old]
    for new, passage in enumerate(after):
        if new not in found and free:
            old = max(free, key=lambda place: _likeness(free[place].text, passage.text))
            if _likeness(free[old].text, passage.text) >= ALIKE:
                found[new] = old
                del free[old]
    return found


def _difference(before: Passage | None, after: Passage | None) -> Difference:
    old, new = before or Passage("", ""), after or Passage("", "")
    change = Change.SAME if before == after else Change.CHANGED
    if before is None:
        change = Change.ADDED
    elif after is None:
        change = Change.REMOVED
    return Difference(
        change=change,
        before=before,
        after=after,
        heading=word_pieces(old.heading, new.heading),
        text=word_pieces(old.text, new.text),
    )


def _likeness(before: str, after: str) -> float:
    return SequenceMatcher(a=_words(before), b=_words(after)).ratio()


def _words(text: str) -> list[str]:
    return re.findall(r"\S+[^\S\n]*|\s+", text)
