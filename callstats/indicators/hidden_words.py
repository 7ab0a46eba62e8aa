"""What stands where a small cell is hidden, and why: the same on every page and in files."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callstats.indicators.suppression import five_points
from legevakt.lib import words


def hidden_word() -> str:
    """What stands in a hidden cell, whatever is in it: the word must not tell which is which."""
    return _("not shown")


def hidden_note(count: int) -> str:
    """How many cells are not shown, and why; empty where none is hidden."""
    if not count:
        return ""
    return ngettext(
        "%(count)s cell is not shown: it is of fewer than 5 calls, or hidden so that such a number"
        " cannot be computed from the others.",
        "%(count)s cells are not shown: they are of fewer than 5 calls, or hidden so that such a"
        " number cannot be computed from the others.",
        count,
    ) % {"count": words.number(count)}


def about_share(part: int, whole: int) -> str:
    """Between which five percentage points a share lies, where its counts are not shown.

    >>> about_share(13, 15)
    '85–90'
    """
    lower = five_points(part, whole)
    return f"{lower}–{lower + 5}"


def about_note() -> str:
    """What such a share is."""
    return _("Where the counts are not shown, the share is told to within five percentage points.")
