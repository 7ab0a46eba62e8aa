"""Making the next thing while the one before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")


def one_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items; each is made in another thread while the caller works on the one before.

    The first is begun at once. An error in the making rises where its item would have come.
    """
    end = object()
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")
    return _given(pool, pool.submit(next, items, end), items, end)


def _given(
    pool: ThreadPoolExecutor, coming: Future[Any], items: Iterator[Item], end: object
) -> Iterator[Item]:
    with pool:
        while (item := coming.result()) is not end:
            coming = pool.submit(next, items, end)
            yield item
