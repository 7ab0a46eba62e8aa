"""What shifts of a year come to, and whether all its days are counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.words import number
from reporting.annual_report import numbers

COUNTS = ("owed", "delivered", "hired", "unfilled")

Counts = Mapping[str, int]
Year = Mapping[str, Any]


def summed(year: Year) -> dict[str, int]:
    """The shifts that are known, of all the municipalities together."""
    known = [each["counts"] for each in year["municipalities"] if each["counts"]]
    return {name: sum(each[name] for each in known) for name in COUNTS}


def covered(counts: Counts | None) -> str:
    """Delivered of owed; a dash where nothing was owed, or it is not known."""
    if counts is None:
        return numbers.NOTHING
    return numbers.ratio(counts["delivered"], counts["owed"])


def is_partial(year: Year) -> bool:
    """Whether shifts of some of its days are not counted."""
    return any(lacks_days(each) for each in year["municipalities"])


def uncounted(year: Year) -> str:
    """The municipalities of which some days are not counted; empty where there are none."""
    told = [
        _("%(municipality)s (%(days)s of %(all)s days)")
        % {
            "municipality": each["name"],
            "days": number(each["days"]),
            "all": number(each["days_in"]),
        }
        for each in year["municipalities"]
        if lacks_days(each)
    ]
    if not told:
        return ""
    return _("Shifts are not counted for all of %(year)s: %(municipalities)s.") % {
        "year": year["year"],
        "municipalities": numbers.listing(told),
    }


def lacks_days(municipality: Mapping[str, Any]) -> bool:
    """Whether shifts of some day on which it took part are not counted."""
    return bool(municipality["days"] < municipality["days_in"])
