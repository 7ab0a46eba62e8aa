"""The year that a page of quality shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest


def chosen_year(request: HttpRequest, *, years: Sequence[int], today: date) -> int:
    """The year that `?year=` asks for, among `years`; 404 for another.

    Without it this year, and in the months when nothing of it can be reported the one before.
    """
    asked = request.GET.get("year")
    if asked is None:
        earlier = [each for each in years if each < today.year]
        return max(earlier) if today.month <= 3 and earlier else today.year
    if not asked.isdecimal() or int(asked) not in years:
        raise Http404
    return int(asked)
