"""A year of complaints in sentences and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import number
from reporting.annual_report.chapters.parts import Told

QUARTERS = 4


def sentences(told: Told) -> Iterable[str]:
    """How many came and what became of them, as far as that is told, in one."""
    found = told.facts["years"][0]
    if not found["quarters"]:
        return
    said = [_received(found, year=told.year)]
    if found["decided"] and found["upheld"] is not None:
        upheld = _("%(upheld)s of the %(decided)s decided were wholly or partly upheld.") % {
            "upheld": number(found["upheld"]),
            "decided": number(found["decided"]),
        }
        said.append(upheld)
    yield " ".join(said)


def none_in_full(told: Told) -> str:
    """What is said where no quarter can be summed."""
    return _("No quarter's complaints are reported in full in %(year)s.") % {"year": told.year}


def notes(told: Told) -> Iterable[str]:
    """Why the outcome of few is not told."""
    found = told.facts["years"][0]
    if found["decided"] and found["upheld"] is None:
        yield _(
            "How many were upheld is not told, since few are decided: it would tell how a single"
            " complaint ended."
        )


def _received(found: Mapping[str, Any], *, year: int) -> str:
    count = {"count": number(found["received"]), "year": year}
    if found["quarters"] == QUARTERS:
        whole = ngettext(
            "%(count)s complaint came in %(year)s.",
            "%(count)s complaints came in %(year)s.",
            found["received"],
        )
        return whole % count
    part = ngettext(
        "%(count)s complaint came in the %(quarters)s of 4 quarters of %(year)s that are reported"
        " in full.",
        "%(count)s complaints came in the %(quarters)s of 4 quarters of %(year)s that are reported"
        " in full.",
        found["received"],
    )
    return part % {**count, "quarters": number(found["quarters"])}
