"""Words of the duty: refusals by the rules and by the database, and numbers that may be hidden."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import number
from municipalities.doctors.models import Exemption, ExemptionState
from municipalities.doctors.rules import Ground

NOT_KNOWN = "–"
COLORS: dict[str, str] = {
    ExemptionState.APPLIED: "warning",
    ExemptionState.GRANTED: "success",
    ExemptionState.REFUSED: "neutral",
    ExemptionState.WITHDRAWN: "neutral",
}
# What the law says of each ground (fastlegeforskriften § 33, in force 1 January 2026).
BY_LAW: dict[Ground, str | Promise] = {
    Ground.OVER_60: gettext_lazy("A right for doctors over 60 years."),
    Ground.PREGNANCY: gettext_lazy(
        "A right in the last three months of pregnancy, and earlier where the pregnancy prevents"
        " taking part."
    ),
    Ground.BREASTFEEDING: gettext_lazy("A right for who breastfeeds a child under one year."),
    Ground.HEALTH: gettext_lazy(
        "May be given for reasons of health, on request. Regard is paid to doctors over 55 years;"
        " the age alone is no ground."
    ),
    Ground.SOCIAL: gettext_lazy(
        "May be given on weighty social grounds, on request. Regard is paid to doctors over"
        " 55 years; the age alone is no ground."
    ),
}
FAULTS: dict[str, str | Promise] = {
    "passing_needs_end": gettext_lazy(
        "Exemption for pregnancy or breastfeeding ends. Fill in its last day."
    ),
    "passing_too_long": gettext_lazy(
        "Exemption for pregnancy or breastfeeding lasts a year at most. Choose an earlier day."
    ),
    "ends_before_start": gettext_lazy("The last day is before the first. Correct one of them."),
    "outside_contract": gettext_lazy(
        "The doctor has no contract on the first day. Correct the day, or the doctor's contract."
    ),
    "outlives_contract": gettext_lazy(
        "The doctor's contract ends before that. Choose its last day, or an earlier one."
    ),
    "still_to_come": gettext_lazy("The day is still to come. Record it when it has happened."),
    "already_decided": gettext_lazy(
        "Somebody has decided before you. Open the exemption again to see what was decided."
    ),
    "consultation_missing": gettext_lazy(
        "By the agreement somebody is consulted first. Fill in the day of it."
    ),
    "right_refused": gettext_lazy(
        "A right can only be refused where its condition is not met. Tick that it is not, or"
        " grant the exemption."
    ),
    "decided_before_applied": gettext_lazy(
        "The decision is dated before the application. Correct one of the days."
    ),
    "told_before_decided": gettext_lazy(
        "The doctor was told before it was decided. Correct one of the days."
    ),
    "appealed_before_decided": gettext_lazy(
        "The appeal is dated before the decision. Correct the day."
    ),
    "nothing_appealed": gettext_lazy("There is no appeal that waits for its outcome."),
    "not_withdrawn": gettext_lazy("This exemption is not in force, so it cannot be ended."),
    "ended_before": gettext_lazy("It ends before that day already. Choose an earlier day."),
    "reference_missing": gettext_lazy(
        "Fill in the case number under which the withdrawal is filed."
    ),
    "contract_ends_before_start": gettext_lazy(
        "The contract ends before it begins. Correct the day."
    ),
    "later_shares": gettext_lazy(
        "Shares from a later day are stored. Choose that day, or a later one."
    ),
}
DATABASE: dict[str, str | Promise] = {
    "duty_share_is_a_share": gettext_lazy("A share lies between 0 and 100 %. Correct it."),
    "duty_share_ends_after_start": FAULTS["later_shares"],
    "duty_share_is_one_at_a_time": FAULTS["later_shares"],
    "duty_share_is_of_one_that_exists": gettext_lazy(
        "A municipality's number has ended before that day. Choose an earlier day."
    ),
    "shifts_end_after_start": FAULTS["ends_before_start"],
    "shifts_are_counted_once": gettext_lazy(
        "Shifts are counted for some of these days already. Change those, or choose other days."
    ),
    "shifts_are_of_one_that_exists": gettext_lazy(
        "The municipality's number had ended by then. Choose the one that came after it."
    ),
    "doctor_ends_after_start": FAULTS["contract_ends_before_start"],
    "doctor_is_of_one_that_exists": gettext_lazy(
        "The municipality's number had ended when the contract begins. Choose the one after it."
    ),
    "exemption_ends_after_start": FAULTS["ends_before_start"],
    "exemption_is_of_a_part": gettext_lazy("The part lies between 1 and 100 %. Correct it."),
    "exemption_decision_has_its_reference": gettext_lazy(
        "A decision has a case number and a day not before the application. Fill them in."
    ),
    "exemption_lies_within_contract": gettext_lazy(
        "The doctor has no contract in some of these days. Choose other days."
    ),
    "exemption_in_force_is_one_at_a_time": gettext_lazy(
        "The doctor has an exemption in some of these days already. End that one first, or choose"
        " other days."
    ),
}


def two_places(value: Decimal | None) -> str:
    """A share or posts with two decimals; a dash where it is not known."""
    return NOT_KNOWN if value is None else number(value)


def few() -> str:
    """What is told instead of a small number of doctors."""
    return _("fewer than five")


def days(starts_date: date, ends_date: date | None) -> str:
    """The first and the last day of half-open days; from then on, where there is no end."""
    first = date_format(starts_date, "SHORT_DATE_FORMAT")
    if ends_date is None:
        return _("from %(day)s, without an end") % {"day": first}
    last = date_format(ends_date - timedelta(days=1), "SHORT_DATE_FORMAT")
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def ground(exemption: Exemption) -> str:
    return str(exemption.get_ground_display())
