"""How the obligations were kept, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import number
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.parts import Told


def sentences(told: Told) -> Iterable[str]:
    """How many of those that were to be kept, what lacks and what is still ahead, in one."""
    found = told.facts["years"][0]
    if not found["whole"]:
        yield _("No obligation of the agreement was due in %(year)s.") % {"year": told.year}
        return
    kept = _("The obligations of the agreement were kept %(part)s times in %(year)s.") % {
        "part": beside.part_of(found["kept"], found["whole"]),
        "year": told.year,
    }
    yield " ".join((kept, *_not_kept(found)))


def _not_kept(found: Mapping[str, int]) -> Iterable[str]:
    if found["late"]:
        late = ngettext(
            "%(count)s time that an obligation was due has no evidence.",
            "%(count)s times that obligations were due have no evidence.",
            found["late"],
        )
        yield late % {"count": number(found["late"])}
    if waiting := found["whole"] - found["kept"] - found["late"]:
        ahead = ngettext(
            "%(count)s time was not yet due when the figures were read.",
            "%(count)s times were not yet due when the figures were read.",
            waiting,
        )
        yield ahead % {"count": number(waiting)}
