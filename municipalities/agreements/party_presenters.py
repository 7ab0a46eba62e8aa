"""Delegations and notices as the pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import words as lib_words
from municipalities.agreements.details import ParticipantDelegation
from municipalities.agreements.models import Delegation, Withdrawal
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document

DELEGATION_COLUMNS = (
    gettext_lazy("Municipality"),
    gettext_lazy("State"),
    gettext_lazy("The council's instruction"),
    gettext_lazy("Letter of delegation"),
    gettext_lazy("Change"),
)
NOTICE_COLUMNS = (
    gettext_lazy("Municipality"),
    gettext_lazy("State"),
    gettext_lazy("Notice received"),
    gettext_lazy("Leaves"),
    gettext_lazy("Agreement"),
    gettext_lazy("Change"),
)


@dataclass(frozen=True, kw_only=True)
class DelegationRow:
    """A participant; `url` and `withdraw_url` are empty for who may not write."""

    pk: int | None
    name: str
    state: str
    color: str
    instruction: str
    letter: str
    document: Document | None
    url: str
    withdraw_url: str


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    pk: int
    name: str
    state: str
    color: str
    received: str
    leaves: str
    agreement: str
    cancel_url: str


def delegation_rows(
    found: Iterable[ParticipantDelegation],
    *,
    cooperation: Cooperation,
    answers_for: Collection[int] | None,
) -> list[DelegationRow]:
    """The participants and what is missing from each; `answers_for` as in addressed."""
    return [
        _delegation_row(
            each,
            cooperation=cooperation,
            may_write=answers_for is None or each.municipality.pk in answers_for,
        )
        for each in found
    ]


def delegated(found: Sequence[ParticipantDelegation]) -> str:
    """How many have done both, as a sentence."""
    done = sum(bool(each.delegation and each.delegation.letter_date) for each in found)
    return ngettext(
        "%(done)s of %(all)s participant has delegated, by instruction and letter",
        "%(done)s of %(all)s participants have delegated, by instruction and letter",
        len(found),
    ) % {"done": done, "all": len(found)}


def notice_rows(
    found: Iterable[Withdrawal],
    *,
    cooperation: Cooperation,
    answers_for: Collection[int] | None,
    today: date,
) -> list[NoticeRow]:
    """Every notice with how it stands; it can be cancelled until the day comes."""
    return [
        _notice_row(
            each,
            slug=cooperation.slug,
            may_write=answers_for is None or each.municipality_id in answers_for,
            today=today,
        )
        for each in found
    ]


def _delegation_row(
    found: ParticipantDelegation, *, cooperation: Cooperation, may_write: bool
) -> DelegationRow:
    delegation, municipality = found.delegation, found.municipality
    state, color = _delegation_state(delegation)
    arguments = [cooperation.slug, municipality.number]
    return DelegationRow(
        pk=delegation.pk if delegation else None,
        name=municipality.name,
        state=state,
        color=color,
        instruction=_instruction(delegation) if delegation else "–",
        letter=lib_words.day(delegation.letter_date)
        if delegation and delegation.letter_date
        else "–",
        document=delegation.letter if delegation else None,
        url=reverse("delegation", args=arguments) if may_write else "",
        withdraw_url=reverse("delegation_withdraw", args=arguments)
        if may_write and delegation
        else "",
    )


def _delegation_state(delegation: Delegation | None) -> tuple[str, str]:
    if delegation is None:
        return _("instruction and letter are missing"), "danger"
    if delegation.letter_date is None:
        return _("the letter is missing"), "warning"
    return _("delegated"), "success"


def _instruction(delegation: Delegation) -> str:
    return _("%(day)s, case %(case)s") % {
        "day": lib_words.day(delegation.instructed_date),
        "case": delegation.case_number,
    }


def _notice_row(found: Withdrawal, *, slug: str, may_write: bool, today: date) -> NoticeRow:
    is_cancelled, has_left = found.cancelled_date is not None, found.leaves_date <= today
    if is_cancelled:
        state, color = _("cancelled"), "neutral"
    elif has_left:
        state, color = _("has left"), "neutral"
    else:
        state, color = _("is leaving"), "warning"
    may_cancel = may_write and not is_cancelled and not has_left
    return NoticeRow(
        pk=found.pk,
        name=found.municipality.name,
        state=state,
        color=color,
        received=_("%(day)s, case %(case)s")
        % {"day": lib_words.day(found.received_date), "case": found.case_number},
        leaves=_leaves(found),
        agreement=_("%(agreement)s, version %(number)s")
        % {"agreement": found.version.agreement.title, "number": found.version.number},
        cancel_url=reverse("withdrawal_cancel", args=[slug, found.pk]) if may_cancel else "",
    )


def _leaves(found: Withdrawal) -> str:
    day = lib_words.day(found.leaves_date)
    if found.is_agreed_by_all:
        return _("%(day)s, agreed by all") % {"day": day}
    return day
