"""The hub in words: one sentence on how the agreement stands, and the facts."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import day, number
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.queries import RunService
from municipalities.obligations.queries import Totals


def sentence(*, in_force_since: date | None, totals: Totals) -> str:
    """Whether the agreement is in force, and kept so far this year."""
    return f"{_in_force(in_force_since)} {_kept(totals)}"


def facts(cooperation: Cooperation) -> list[tuple[str, str]]:
    """What the cooperation is, in pairs."""
    return [
        (_("Host municipality"), cooperation.host.name),
        (_("Form of cooperation"), _form(cooperation)),
        (
            _("The head of the legevakt reports to"),
            cooperation.leader_reports_to or _("not recorded"),
        ),
        (
            _("Where"),
            _("Legevaktsentral and legevakt are under one roof")
            if cooperation.is_co_located
            else _("Legevaktsentral and legevakt are apart"),
        ),
        (
            _("The staff"),
            _("Transfer of undertaking")
            if cooperation.is_transfer_of_undertaking
            else _("No transfer of undertaking"),
        ),
    ]


def services_today(services: list[RunService]) -> list[str]:
    """The services that run today, each with its legal basis and for whom, if not for all."""
    return [
        ", ".join(
            filter(
                None,
                [
                    each.service.get_kind_display(),
                    each.service.legal_basis,
                    _("only %(parties)s") % {"parties": ", ".join(each.parties)}
                    if each.parties
                    else "",
                ],
            )
        )
        for each in services
        if each.time == "today"
    ]


def _form(cooperation: Cooperation) -> str:
    told = cooperation.get_form_display()
    each = cooperation.board_members_each
    if each is None:
        return told
    members = ngettext(
        "%(form)s, %(count)s member of each participant",
        "%(form)s, %(count)s members of each participant",
        each,
    )
    return members % {"form": told, "count": number(each)}


def _in_force(since: date | None) -> str:
    if since is None:
        return _("No agreement is recorded as in force.")
    return _("The agreement has been in force since %(day)s.") % {"day": day(since)}


def _kept(totals: Totals) -> str:
    due = totals.kept + totals.late
    if not due:
        return _("Nothing of what it obliges to has been due so far this year.")
    if not totals.late:
        return _("All that was due so far this year is kept.")
    late = ngettext(
        "So far this year %(kept)s of %(due)s obligations are kept; %(late)s is late.",
        "So far this year %(kept)s of %(due)s obligations are kept; %(late)s are late.",
        totals.late,
    )
    return late % {
        "kept": number(totals.kept),
        "due": number(due),
        "late": number(totals.late),
    }
