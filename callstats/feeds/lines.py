"""Which public number each call came in on, by the source's queue map."""

from __future__ import annotations

import re
from collections.abc import Collection

import polars as pl

from callstats.feeds.models import Source
from callstats.sources.few import FewCalls
from legevakt.lib import prepared

ANY_QUEUE = "*"
LINES_SQL = "SELECT queue, line_id FROM callstats_queueline WHERE source_id = %(source)s::bigint"
_KEY = pl.coalesce("queue", "number").fill_null("")
Calls = pl.DataFrame | FewCalls
QUEUES_LISTED = 50
QUEUE_SHOWN = 80
# With + or 00 before it, or longer than the eight digits of a Norwegian number.
_LONG = r"(?<!\d)(?:\+|00)\d(?:[\s.()/-]{0,2}\d){4,}|(?<!\d)\d(?:[\s.()/-]{0,2}\d){8,}"
# As it is written without a country code; dates and decimals are none.
_NORWEGIAN = r"(?<![\d:.,-])[2-9](?:[ .\u00a0\u202f]?\d){7}(?![\d:])"
NORWEGIAN_NUMBER = re.compile(_NORWEGIAN)
PHONE_NUMBER = re.compile(f"{_LONG}|{_NORWEGIAN}")
COUNTRY_CODE = re.compile(r"^(?:00)?47(?=\d{8}$)")


class UnmappedQueues(Exception):
    """Calls came in on queues or numbers that the source does not know; nothing is stored."""

    code = "unmapped_queues"

    def __init__(self, queues: list[str], *, known: Collection[str] = ()) -> None:
        """`known`: the central's own numbers, as `own_numbers` gives them."""
        super().__init__(queues)
        self.queues = queues
        shown = list(dict.fromkeys(named(queue, known=known) for queue in queues))
        self.params = {"queues": shown[:QUEUES_LISTED], "count": len(queues)}


def named(queue: str, *, known: Collection[str] = ()) -> str:
    """A queue as it may be shown: a column mapped wrongly may hold the callers' numbers.

    Of an eight-digit number the last digit stays too: who maps the queues may know it as a
    number of their own that is not set up yet.

    >>> named("56349000", known={"56349000"}), named("56349000"), named("from 56349000")
    ('56349000', '56…0 (8)', 'from 56… (8)')
    """
    shown = masked(queue, known=known)
    if shown != queue and NORWEGIAN_NUMBER.fullmatch(queue.strip()):
        return f"{queue.strip()[:2]}…{queue.strip()[-1]} ({len(queue.strip())})"
    return shown[:QUEUE_SHOWN]


def masked(text: str, *, known: Collection[str] = ()) -> str:
    """The text without the phone numbers in it, but for those that are known.

    Of what looks like one its first two characters and its length stay: `+4… (11)`.
    """

    def cut(found: re.Match[str]) -> str:
        return found[0] if bare(found[0]) in known else f"{found[0][:2]}… ({len(found[0])})"

    return PHONE_NUMBER.sub(cut, text)


def bare(number: str) -> str:
    """The digits of a number, without Norway's country code.

    >>> bare("+47 56 34 90 00"), bare("0047 56349000"), bare("116 117")
    ('56349000', '56349000', '116117')
    """
    return COUNTRY_CODE.sub("", re.sub(r"\D", "", number))


def own_numbers(source: Source) -> frozenset[str]:
    """The bare public numbers of the source's central; a query."""
    numbers = source.central.numbers.exclude(number="")
    return frozenset(bare(number) for number in numbers.values_list("number", flat=True))


def with_lines(*, calls: Calls, source: Source) -> Calls:
    """The calls with a column `line_id`; raises UnmappedQueues with every unknown queue."""
    lines = dict(prepared.rows(LINES_SQL, {"source": source.pk}))
    fallback = lines.pop(ANY_QUEUE, None)
    mapped = _mapped(calls, lines, fallback)
    if unknown := _unknown(mapped):
        raise UnmappedQueues(sorted(unknown), known=own_numbers(source))
    return mapped


def _mapped(calls: Calls, lines: dict[str, int], fallback: int | None) -> Calls:
    if isinstance(calls, FewCalls):
        line_ids = [lines.get(key, fallback) for key in _keys(calls)]
        return FewCalls({**calls.columns, "line_id": line_ids})
    line_id = _KEY.replace_strict(lines, default=fallback, return_dtype=pl.Int64)
    return calls.with_columns(line_id.alias("line_id"))


def _keys(calls: FewCalls) -> list[str]:
    pairs = zip(calls.columns["queue"], calls.columns["number"], strict=True)
    return [queue or number or "" for queue, number in pairs]


def _unknown(mapped: Calls) -> set[str]:
    if isinstance(mapped, FewCalls):
        pairs = zip(_keys(mapped), mapped.columns["line_id"], strict=True)
        return {key for key, line_id in pairs if line_id is None}
    if not mapped["line_id"].null_count():
        return set()
    return set(mapped.filter(pl.col("line_id").is_null()).select(_KEY).to_series())
