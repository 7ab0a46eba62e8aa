"""What came, as it came: the raw requests and files, searched for as long as they are kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from callstats.conformance.scenario import CALLER_BEGINNING
from callstats.imports.models import CallImport

# More than a whole scenario, sent anew a few times.
MOST_BODIES = 200


def with_callers(requests: QuerySet[CallImport]) -> Iterator[str]:
    """The requests that had a caller's number in the body, by name."""
    for request, body in _bodies(requests):
        if CALLER_BEGINNING.encode() in body:
            yield f"{request.file_name} ({request.pk})"


def times_told(imports: QuerySet[CallImport], *, ids: Iterable[str]) -> dict[str, int]:
    """How often each id stands in what came; without those that are in no text (a workbook).

    A log of events names a call in each line of it, so only "once" says something for certain.
    """
    pattern = re.compile(rb"(?<![\w-])(?:%s)(?![\w-])" % b"|".join(map(_quoted, ids)))
    found: Counter[str] = Counter()
    for _, body in _bodies(imports):
        found.update(id.decode() for id in pattern.findall(body))
    return dict(found)


def _quoted(id: str) -> bytes:
    return re.escape(id.encode())


def _bodies(imports: QuerySet[CallImport]) -> Iterator[tuple[CallImport, bytes]]:
    for each in imports.order_by("-created_at", "pk")[:MOST_BODIES]:
        if each.path.exists():
            yield each, each.path.read_bytes()
