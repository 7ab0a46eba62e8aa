"""What no column can hold is refused like any other wrong value, before anything is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import polars as pl
from django.db.models import CharField, Model

from callstats.calls.models import Call
from callstats.imports.models import RefusedRow
from callstats.sources.few import FewCalls
from callstats.sources.frames import ParsedCalls, refusals

CODE = "unknown_value"
NUL = "\x00"  # PostgreSQL's text holds every character but this one
NAMES = {"external_id": "id"}
LIMITED = ("external_id", "arrived_text", "queue", "municipality", "urgency")
TEXTS = (*LIMITED, "legs")


def _longest(model: type[Model], name: str) -> int:
    return cast(CharField, model._meta.get_field(name)).max_length or 0


LONGEST = {name: _longest(Call, name) for name in LIMITED}
LONGEST_REFUSED = {name: _longest(RefusedRow, name) for name in ("external_id", "field", "value")}


def fitting(parsed: ParsedCalls) -> ParsedCalls:
    """The calls that the table can hold; the others are refused, naming the first such field."""
    wrong = pl.coalesce(
        pl.when(_is_too_long(name) | _has_nul(name)).then(pl.lit(NAMES.get(name, name)))
        for name in LIMITED
    )
    judged = parsed.calls.with_columns(field=wrong)
    if judged["field"].null_count() == judged.height:
        return parsed
    refused = judged.filter(pl.col("field").is_not_null())
    return replace(
        parsed,
        calls=judged.filter(pl.col("field").is_null()).drop("field"),
        refused=pl.concat([parsed.refused, refusals(refused, code=pl.lit(CODE))]),
    )


def each_fits(calls: FewCalls) -> bool:
    """Whether the table can hold every one of them."""
    columns = ((name, list(filter(None, calls.columns[name]))) for name in TEXTS)
    return all(_fit(texts, longest=LONGEST.get(name)) for name, texts in columns)


def _fit(texts: list[str], *, longest: int | None) -> bool:
    every = "".join(texts)
    if NUL in every or (longest and max(map(len, texts), default=0) > longest):
        return False
    # Half of a surrogate pair, which JSON can write, is no character.
    return every.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in every)


def keepable(traces: pl.DataFrame) -> pl.DataFrame:
    """The traces of calls whose id the table can hold; the calls themselves are refused."""
    return traces.filter(~(_is_too_long("external_id") | _has_nul("external_id")))


def shortened(refused: pl.DataFrame) -> pl.DataFrame:
    """Refused rows cut to what their table holds; the place and the code say enough."""
    return refused.with_columns(
        pl.col(name).str.replace_all(NUL, "", literal=True).str.slice(0, longest)
        for name, longest in LONGEST_REFUSED.items()
    )


def _is_too_long(name: str) -> pl.Expr:
    return pl.col(name).str.len_chars() > LONGEST[name]


def _has_nul(name: str) -> pl.Expr:
    return pl.col(name).str.contains(NUL, literal=True)
