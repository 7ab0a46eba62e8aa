"""Tables of amounts as a page shows them; the downloaded file has the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse

from legevakt.lib.money import half_up
from legevakt.lib.tables import FORMATS, Cell, Row, Table, download
from legevakt.lib.words import kroner, number, percent


def in_kroner(rows: Sequence[Row]) -> list[list[str]]:
    """The rows as components/_table.html takes them: øre only where there are any."""
    return [[_shown(cell) for cell in row.cells] for row in rows]


def _shown(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return kroner(cell)
    return cell if isinstance(cell, str) else number(cell)


def labelled(table: Table) -> list[list[tuple[str, str]]]:
    """Each cell of `in_kroner` with its heading, for a table that is stacked on a narrow screen."""
    return with_headings(table.headings, in_kroner(table.rows))


def with_headings(
    headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[list[tuple[str, str]]]:
    """Rows as municipalities/costs/_labelled_rows.html takes them."""
    return [list(zip(headings, row, strict=True)) for row in rows]


def part_of_whole(share: str) -> str:
    """A share that was kept as an exact fraction, as a percentage with two decimals."""
    return percent(half_up(Fraction(share) * 100, places=2))


def asked_file(request: HttpRequest, table: Table, *, name: str) -> HttpResponse:
    """The table in the format that `?format=` asks for; 404 for another."""
    file_format = request.GET["format"]
    if file_format not in FORMATS:
        raise Http404
    return download(table, file_format=file_format, name=name)
