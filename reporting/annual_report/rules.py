"""What an annual report is made of and when it may be issued. No Django here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

DOCUMENT_LANGUAGES = ("nn", "nb")
STAGES = ("collecting", "charts", "layout", "pdf")

# What a document says whose approved file is gone, and whose rendering gives another one.
CANNOT_BE_MADE_AGAIN = "cannot_be_made_again"


def canonical(figures: dict[str, Any]) -> bytes:
    """The one way to write the figures down: sorted keys, no spaces, UTF-8.

    >>> canonical({"b": 1, "a": "ø"}).decode()
    '{"a":"ø","b":1}'
    """
    return json.dumps(
        figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def checksum(figures: dict[str, Any]) -> str:
    """SHA-256 of the canonical figures, in hexadecimal."""
    return hashlib.sha256(canonical(figures)).hexdigest()


def content_checksum(
    *,
    figures_sha256: str,
    texts: Mapping[str, Mapping[str, str]],
    left_out: Collection[str],
    edition: int,
    reason: str,
) -> str:
    """SHA-256 of all that the documents are made of; `texts` by language and chapter."""
    written = {
        language: {chapter: text for chapter, text in of_language.items() if text}
        for language, of_language in texts.items()
    }
    content = {
        "figures": figures_sha256,
        "texts": {language: found for language, found in written.items() if found},
        "left_out": sorted(left_out),
        "edition": edition,
        "reason": reason,
    }
    return checksum(content)


def untranslated(
    texts: Mapping[str, Mapping[str, str]], *, left_out: Collection[str]
) -> tuple[str, ...]:
    """The chapters in the report that are written in one language and not in the other.

    >>> untranslated({"nn": {"summary": "Eit godt år."}, "nb": {"summary": ""}}, left_out=[])
    ('summary',)
    """
    written = {
        language: {code for code, text in texts.get(language, {}).items() if text}
        for language in DOCUMENT_LANGUAGES
    }
    in_some, in_all = set.union(*written.values()), set.intersection(*written.values())
    return tuple(sorted(in_some - in_all - set(left_out)))


def language_of(*wanted: str) -> str:
    """The first of the wanted languages that the report is written in; else nynorsk.

    >>> language_of("", "en", "nb"), language_of("en")
    ('nb', 'nn')
    """
    return next((each for each in wanted if each in DOCUMENT_LANGUAGES), DOCUMENT_LANGUAGES[0])


def with_sentence(text: str, sentence: str) -> str:
    """The text with the sentence as a paragraph at its end, once.

    >>> with_sentence("Eit godt år.", "Ho svara på 12 anrop.").splitlines()
    ['Eit godt år.', '', 'Ho svara på 12 anrop.']
    """
    if sentence in text:
        return text
    return f"{text.rstrip()}\n\n{sentence}".lstrip()


def is_over(*, year: int, today: date) -> bool:
    """Whether the year has ended, so that its report can be issued.

    >>> is_over(year=2025, today=date(2025, 12, 31))
    False
    """
    return today.year > year


def file_name(*, year: int, language: str, part: str = "", ending: str = "pdf") -> str:
    """The name a reader saves the report under, or a part of it.

    >>> file_name(year=2025, language="nn")
    'arsrapport-2025-nn.pdf'
    >>> file_name(year=2025, language="nb", part="tal", ending="xlsx")
    'arsrapport-2025-nb-tal.xlsx'
    """
    name = "-".join(filter(None, ("arsrapport", str(year), language, part)))
    return f"{name}.{ending}"


def progress_percent(*, state: str, stage: str) -> int:
    """How far a rendering is, 0 to 100: its stages count alike, and only a ready one is 100.

    >>> progress_percent(state="rendering", stage="layout")
    50
    """
    if state == "done":
        return 100
    if stage not in STAGES:
        return 0
    return 100 * STAGES.index(stage) // len(STAGES)
