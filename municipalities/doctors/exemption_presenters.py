"""Doctors and exemptions as their pages show them, to those who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import day, percent
from municipalities.doctors import words
from municipalities.doctors.models import (
    GROUNDS,
    Decider,
    Doctor,
    DutyTerms,
    Exemption,
    ExemptionState,
)
from municipalities.doctors.rules import Ground

DOCTOR_COLUMNS = (
    gettext_lazy("Name"),
    gettext_lazy("Contract with"),
    gettext_lazy("Contract"),
    gettext_lazy("Exemption"),
)
EXEMPTION_COLUMNS = (
    gettext_lazy("Days"),
    gettext_lazy("State"),
    gettext_lazy("Ground"),
    gettext_lazy("Part of the duty"),
)


def doctor_rows(doctors: Iterable[Doctor], *, today: date) -> list[dict[str, Any]]:
    """The list; the exemptions must be prefetched."""
    return [
        {
            "pk": doctor.pk,
            "name": doctor.name,
            "municipality": doctor.municipality.name,
            "contract": words.days(doctor.starts_date, doctor.ends_date),
            "exemptions": [
                exemption_row(each)
                for each in doctor.exemptions.all()
                if each.state == ExemptionState.APPLIED or _is_current(each, today)
            ],
        }
        for doctor in doctors
    ]


def contract(doctor: Doctor) -> list[tuple[str, str]]:
    """What is known of a doctor."""
    return [
        (_("Contract with"), doctor.municipality.name),
        (_("Contract"), words.days(doctor.starts_date, doctor.ends_date)),
    ]


def exemption_row(exemption: Exemption) -> dict[str, Any]:
    """One exemption in a list."""
    return {
        "pk": exemption.pk,
        "days": words.days(exemption.starts_date, exemption.ends_date),
        "state": exemption.get_state_display(),
        "color": words.COLORS[exemption.state],
        "ground": exemption.get_ground_display(),
        "part": percent(exemption.share_percent),
    }


def facts(exemption: Exemption) -> list[tuple[str, str]]:
    """What is known of an exemption, in the order it happened."""
    pairs = [
        (_("Ground"), exemption.get_ground_display()),
        (_("Days"), words.days(exemption.starts_date, exemption.ends_date)),
        (_("Part of the duty"), percent(exemption.share_percent)),
        (_("Applied for on"), _day(exemption.applied_date)),
        (_("Consulted on"), _day(exemption.consulted_date)),
        (_("Decided on"), _day(exemption.decided_date)),
        (_("Decided by"), str(exemption.decided_by) if exemption.decided_by else ""),
        (_("Case number"), exemption.decision_reference),
        (_("Deadline for an appeal"), _day(exemption.appeal_deadline_date)),
        (_("Appealed on"), _appealed(exemption)),
        (_("Outcome of the appeal"), exemption.get_appeal_outcome_display()),
    ]
    return [pair for pair in pairs if pair[1]]


def by_law() -> list[tuple[str, str]]:
    """Each ground, and what the law says of it."""
    return [(str(label), str(words.BY_LAW[Ground(value)])) for value, label in GROUNDS]


def who_decides(terms: DutyTerms, *, host: str, municipality: str) -> str:
    """Who decides on the exemptions of a municipality's doctors."""
    decider = host if terms.decider == Decider.HOST else municipality
    return _("By the agreement %(municipality)s decides.") % {"municipality": decider}


def ends_with_contract(granted: Iterable[Exemption], *, today: date) -> str:
    """Which exemptions a contract's end ends; empty where there are none to end."""
    told = [
        words.days(each.starts_date, each.ends_date) for each in granted if _is_current(each, today)
    ]
    if not told:
        return ""
    return _("Exemptions end with the contract: %(days)s.") % {"days": "; ".join(told)}


def _appealed(exemption: Exemption) -> str:
    appealed, deadline = exemption.appealed_date, exemption.appeal_deadline_date
    if appealed is None:
        return ""
    if deadline and appealed > deadline:
        return _("%(day)s, after the deadline") % {"day": day(appealed)}
    return day(appealed)


def _is_current(exemption: Exemption, today: date) -> bool:
    """Granted and not over; those to come too."""
    is_over = exemption.ends_date is not None and exemption.ends_date <= today
    return exemption.state == ExemptionState.GRANTED and not is_over


def _day(value: date | None) -> str:
    return day(value) if value else ""
