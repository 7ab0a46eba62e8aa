"""One search over everything that the reader may see of a cooperation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.searching.rules import END, FOUND, marked, parts
from municipalities.searching.sources import SOURCES, Source

NORWEGIAN = "norwegian"
MOST = 20


@dataclass(frozen=True)
class Hit:
    """A row that was found; `marked` is a piece of its text, with marks around the words."""

    title: str
    marked: str
    url: str


@dataclass(frozen=True)
class Hits:
    """The best hits of one source, at most MOST; `has_more` tells of others."""

    source: Source
    hits: list[Hit]
    has_more: bool


def search(*, text: str, cooperation: Cooperation, user: User) -> list[Hits]:
    """What was found, by source, without those that have nothing. One query a source.

    By words in any of their forms (PostgreSQL's Norwegian), and by any piece of a text: a case
    number, a part of a compound. What is shown in translation is found by any of its languages.
    """
    found = (
        _of_source(source, text=text, cooperation=cooperation, user=user) for source in SOURCES
    )
    return [hits for hits in found if hits.hits]


def _of_source(source: Source, *, text: str, cooperation: Cooperation, user: User) -> Hits:
    query = SearchQuery(text, config=NORWEGIAN, search_type="websearch")
    vector = SearchVector(*source.fields, config=NORWEGIAN)
    has_piece = Q()
    told_with = source.told_with(text)
    for field in source.fields:
        has_piece |= Q(**{f"{field}__icontains": text}) | Q(**{f"{field}__in": told_with})
    rows = (
        source.kind.seen(cooperation=cooperation, user=user)
        .select_related(*source.related)
        .annotate(found=vector, rank=SearchRank(vector, query), title_=F(source.fields[0]))
        .filter(Q(found=query) | has_piece)
        .annotate(marked=_headline(source, query))
        .order_by("-rank", "-pk")[: MOST + 1]
    )
    hits = [
        Hit(
            title=_title(source, row),
            marked=_marked(source, row, text=text),
            url=source.address(cooperation, row),
        )
        for row in rows
    ]
    return Hits(source=source, hits=hits[:MOST], has_more=len(hits) > MOST)


def _title(source: Source, row: Any) -> str:
    return " · ".join(filter(None, (source.told(row.title_), source.of(row))))


def _marked(source: Source, row: Any, *, text: str) -> str:
    """What stands under the title, of a translated text in the reader's language."""
    under = "".join(piece for piece, _is_found in parts(row.marked))
    told = source.told(under)
    return row.marked if told == under else marked(told, asked=text)


def _headline(source: Source, query: SearchQuery) -> SearchHeadline:
    """A piece of what stands under the title."""
    texts = [part for field in source.fields[1:] for part in (F(field), Value(" · "))]
    return SearchHeadline(
        Concat(*texts[:-1], Value(""), Value(""), output_field=TextField()),
        query,
        config=NORWEGIAN,
        start_sel=FOUND,
        stop_sel=END,
        max_words=30,
        min_words=12,
    )
