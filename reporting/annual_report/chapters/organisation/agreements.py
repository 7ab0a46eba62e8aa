"""The agreements of a year told: which version from which day, and who adopted it when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib import words
from legevakt.lib.periods import DAY
from legevakt.lib.tables import Row, Table
from municipalities.models import Adopter, Layer, ServiceKind
from municipalities.queries import Page
from reporting.annual_report import numbers

Version = Mapping[str, Any]
LAYERS = dict(Layer.choices)
SERVICES = dict(ServiceKind.choices)


def page(versions: Sequence[Version], *, year: int) -> Page:
    """Every version that held in the year."""
    return Page(lead=lead(versions, year=year), tables=(_table(versions, year=year),))


def lead(versions: Sequence[Version], *, year: int) -> str:
    """The latest version of the first agreement: the political one, where there is one."""
    first = versions[0]
    same = (each for each in versions if _agreement(each) == _agreement(first))
    version = max(same, key=lambda each: each["from"])
    told = {"title": version["title"], "number": words.number(version["version"])}
    if version["to"]:
        return _("“%(title)s”, version %(number)s, was in force %(days)s.") % (
            told | {"days": held(version)}
        )
    if version["from"] >= f"{year}-01-01":
        text = _("“%(title)s”, version %(number)s, came into force on %(day)s.")
    else:
        text = _("“%(title)s”, version %(number)s, has been in force since %(day)s.")
    return text % (told | {"day": numbers.day(version["from"])})


def held(version: Version) -> str:
    """From when, and to its last day where it has ended."""
    starts = date.fromisoformat(version["from"])
    if version["to"]:
        return words.days(starts, date.fromisoformat(version["to"]))
    return _("from %(date)s") % {"date": words.day(starts)}


def service_name(kind: str) -> str:
    """What the host runs; the code where nobody knows its words any more."""
    return str(SERVICES.get(kind, kind))


def _agreement(version: Version) -> tuple[str, ...]:
    """Titles need not be unlike."""
    return version["layer"], version["title"], version["service"] or ""


def _table(versions: Sequence[Version], *, year: int) -> Table:
    return Table(
        caption=_("Agreements in force in %(year)s") % {"year": year},
        headings=(_("Agreement"), _("Which"), _("Version"), _("In force"), _("Adopted")),
        rows=tuple(
            Row(
                (
                    each["title"],
                    _which(each),
                    words.number(each["version"]),
                    held(each),
                    _adopted(each),
                )
            )
            for each in versions
        ),
    )


def _which(version: Version) -> str:
    layer = capfirst(str(LAYERS.get(version["layer"], version["layer"])))
    return f"{layer}: {service_name(version['service'])}" if version["service"] else layer


def _adopted(version: Version) -> str:
    """By how many, and the first and the last day."""
    if not version["adopted_by"]:
        return numbers.NOTHING
    first = date.fromisoformat(version["adopted_first"])
    last = date.fromisoformat(version["adopted_last"])
    count = version["adopted_by"]
    if version["adopter"] == Adopter.COUNCIL:
        text = ngettext("%(count)s municipal council", "%(count)s municipal councils", count)
    else:
        text = ngettext("%(count)s chief executive", "%(count)s chief executives", count)
    days = words.days(first, last + DAY)
    return f"{text % {'count': words.number(count)}}, {days}"
