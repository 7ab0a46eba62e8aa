"""Two versions side by side: the facts that differ, and every clause with what changed in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words as lib_words
from municipalities.agreements import presenters, words
from municipalities.agreements.comparing import Change, Difference, Passage, Piece, differences
from municipalities.agreements.details import parties_of
from municipalities.agreements.models import AgreementVersion

CHANGE_WORDS = {
    Change.SAME: (gettext_lazy("unchanged"), "neutral"),
    Change.CHANGED: (gettext_lazy("changed"), "info"),
    Change.ADDED: (gettext_lazy("added"), "success"),
    Change.REMOVED: (gettext_lazy("removed"), "danger"),
}


@dataclass(frozen=True, kw_only=True)
class ComparedClause:
    """A clause with its heading and text in pieces; `letters` only where they changed."""

    label: str
    color: str
    is_same: bool
    heading: list[Piece]
    text: list[Piece]
    letters: str


def clauses(before: AgreementVersion, after: AgreementVersion) -> list[ComparedClause]:
    """Every clause of both. Two queries."""
    return [_clause(each) for each in differences(_passages(before), _passages(after))]


def changed_facts(before: AgreementVersion, after: AgreementVersion) -> list[list[str]]:
    """Rows of what differs: its name, as it was, as it is. Four queries."""
    pairs = zip(_facts(before), _facts(after), strict=True)
    return [[name, old, new] for (name, old), (_name, new) in pairs if old != new]


def fact_columns(before: AgreementVersion, after: AgreementVersion) -> list[str]:
    return [_("What"), *(_("Version %(number)s") % {"number": v.number} for v in (before, after))]


def _facts(version: AgreementVersion) -> list[tuple[str, str]]:
    return [
        (_("Dated"), lib_words.day(version.dated_date)),
        (_("Parties"), presenters.party_names(parties_of(version))),
        (_("Notice of withdrawal"), presenters.notice(version)),
        (_("Attached document"), version.document.name if version.document else "–"),
    ]


def _passages(version: AgreementVersion) -> list[Passage]:
    return [Passage(each.heading, each.text, tuple(each.items)) for each in version.clauses.all()]


def _clause(found: Difference) -> ComparedClause:
    label, color = CHANGE_WORDS[found.change]
    return ComparedClause(
        label=capfirst(str(label)),
        color=color,
        is_same=found.change == Change.SAME,
        heading=found.heading,
        text=found.text,
        letters=_letters(found),
    )


def _letters(found: Difference) -> str:
    """Which letters of § 20-4 it answered and answers, where that is not the same."""
    if not found.before or not found.after or found.before.items == found.after.items:
        return ""
    return _("Letters of § 20-4: %(before)s → %(after)s") % {
        "before": words.letters(found.before.items) or "–",
        "after": words.letters(found.after.items) or "–",
    }
