"""What a search box's text is, and where in a text it was found. Plain Python."""

from __future__ import annotations

import re
from itertools import cycle

LONGEST = 200
SHORTEST = 2
# Characters for private use, which no text holds: where PostgreSQL found a word, and where it ends.
FOUND, END = "\ue000", "\ue001"


def searched(text: str) -> str:
    """What to search for; empty where it is too little to search for.

    >>> searched("  24/118  "), searched("a"), searched("fr\\x00itak")
    ('24/118', '', 'fritak')
    """
    asked = text.replace("\x00", "").strip()[:LONGEST]
    return asked if len(asked) >= SHORTEST else ""


def marked(text: str, *, asked: str) -> str:
    """The text with marks around every piece that is one of the words asked for.

    >>> parts(marked("Årleg møte", asked="MØTE"))
    [('Årleg ', False), ('møte', True)]
    """
    words = "|".join(re.escape(word) for word in asked.split())
    return re.sub(f"({words})", rf"{FOUND}\1{END}", text, flags=re.IGNORECASE)


def parts(marked: str) -> list[tuple[str, bool]]:
    """Pieces of a marked text, and whether each is what was found.

    >>> parts("om \\ue000fritak\\ue001 frå vakt")
    [('om ', False), ('fritak', True), (' frå vakt', False)]
    """
    pieces = marked.replace(END, FOUND).split(FOUND)
    return [(piece, hit) for piece, hit in zip(pieces, cycle((False, True))) if piece]
