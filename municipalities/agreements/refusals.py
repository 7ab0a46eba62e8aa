"""What the database and the operations refuse, in words that tell how to go on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words
from municipalities.agreements.drafting import EndedMunicipality
from municipalities.agreements.operations import (
    BeforeAdoption,
    LettersMissing,
    NotAdoptedByAll,
    Overlapping,
    UnderWay,
)
from municipalities.agreements.rules import AgreementError
from municipalities.agreements.words import ITEM_WORDS
from municipalities.register.models import Municipality

# A rule of the database → what the person who met it reads, and how to go on.
REFUSALS = {
    "agreement_of_a_layer_is_one": gettext_lazy(
        "The cooperation has this agreement already. Open it, and draft a new version of it."
    ),
    "bilateral_agreement_has_its_service": gettext_lazy(
        "A bilateral agreement is about one service, and no other agreement is. Choose the service."
    ),
    "political_agreement_is_adopted_by_councils": gettext_lazy(
        "The law wants the political agreement adopted by the municipal councils. Choose them."
    ),
    "agreement_version_under_way_is_one": gettext_lazy(
        "A version is under way already. Finish it, or drop it, before you draft another."
    ),
    "agreement_version_has_its_number": gettext_lazy(
        "Somebody drafted a version just now. Go back to the agreement to see it."
    ),
    "agreement_version_is_dated_before_it_is_in_force": gettext_lazy(
        "The version cannot be in force before the day it is dated. Choose a later day."
    ),
    "agreement_version_ends_after_start": gettext_lazy(
        "The agreement cannot end before it came into force. Choose a later day."
    ),
    "agreement_versions_in_force_do_not_overlap": gettext_lazy(
        "Two versions would be in force on the same day. Choose a day on which no other is."
    ),
    "agreement_is_adopted_by_all": gettext_lazy(
        "Somebody has not adopted the version yet. Record what they decided first."
    ),
    "sent_agreement_text_stays": gettext_lazy(
        "The version is sent for adoption, and its text is frozen. Take it back to change it."
    ),
    "sent_clauses_stay": gettext_lazy(
        "The version is sent for adoption, and its text is frozen. Take it back to change it."
    ),
    "sent_parties_stay": gettext_lazy(
        "The version is sent for adoption, and its parties are fixed. Take it back to change them."
    ),
    "clause_has_its_position": gettext_lazy(
        "Somebody changed the order of the clauses just now. Look at the text, and try once more."
    ),
    "agreement_has_one_host": gettext_lazy(
        "A version has exactly one host municipality. Choose one."
    ),
    "agreement_party_is_listed_once": gettext_lazy(
        "A municipality is listed twice. List each of them once."
    ),
    "agreement_party_exists": gettext_lazy(
        "The number of one of the municipalities ended before the version's day. Choose the"
        " municipality that took over from it."
    ),
    "agreement_is_decided_once_by_each": gettext_lazy(
        "Somebody recorded this decision just now. Open it to correct it."
    ),
    "adoption_is_after_the_version": gettext_lazy(
        "The decision is dated before the version. Correct the date."
    ),
    "adoption_is_by_a_party": gettext_lazy(
        "The municipality is no party to this version, so it cannot adopt it."
    ),
    "adoptions_belong_to_a_sent_version": gettext_lazy(
        "The version does not wait for adoption any longer. This is how it stands now."
    ),
    "delegation_in_force_is_one": gettext_lazy(
        "Somebody recorded a delegation for this municipality just now. Open it to correct it."
    ),
    "delegation_letter_follows_the_instruction": gettext_lazy(
        "The letter is dated before the council's instruction. Correct one of the dates."
    ),
    "delegation_ends_after_start": gettext_lazy(
        "The delegation cannot be withdrawn before the council's instruction. Correct the date."
    ),
    "delegation_is_by_one_that_exists": gettext_lazy(
        "The number of the municipality had ended on that day. Record the delegation for the"
        " municipality that took over from it."
    ),
    "withdrawal_in_force_is_one": gettext_lazy(
        "The municipality has given notice already. Cancel that notice before you record another."
    ),
    "withdrawal_leaves_after_notice": gettext_lazy(
        "The municipality cannot leave before its notice is received. Correct one of the dates."
    ),
    "participant_leaves_after_joining": gettext_lazy(
        "The municipality cannot leave before it joined. Correct the date."
    ),
}

ERRORS = {
    "nothing_to_send": gettext_lazy("The version has no clause yet. Write the text first."),
    "no_host": gettext_lazy(
        "A version binds the host and at least one other municipality. Choose the parties, and"
        " which of them is host."
    ),
    "wrong_state": gettext_lazy(
        "The version is no longer where this can be done. This is how it stands now."
    ),
    "not_party": REFUSALS["adoption_is_by_a_party"],
    "decided_before_dated": REFUSALS["adoption_is_after_the_version"],
    "letter_before_instruction": REFUSALS["delegation_letter_follows_the_instruction"],
    "withdrawn_before_instruction": REFUSALS["delegation_ends_after_start"],
    "not_in_force": gettext_lazy(
        "No version of the agreement was in force on that day. Correct the date, or put the"
        " version in force first."
    ),
    "leaves_no_party": gettext_lazy(
        "The municipality was no party to the agreement on that day. Correct the date or the"
        " municipality."
    ),
    "already_leaving": REFUSALS["withdrawal_in_force_is_one"],
    "host_stays": gettext_lazy(
        "The host cannot leave its own cooperation. A change of host is a new agreement: draft a"
        " version with another host, or end the agreement when all have agreed to it."
    ),
    "not_theirs_to_agree": gettext_lazy(
        "That all have agreed on another day is recorded by the secretary or the host's chief"
        " executive. Ask them, or record the notice without another day."
    ),
    "leaves_before_notice": gettext_lazy(
        "The municipality cannot leave before its notice is received, or before it joined. Correct"
        " one of the dates."
    ),
    "has_left": gettext_lazy(
        "The municipality has left, or the notice is cancelled already. It cannot be cancelled now."
    ),
}

FIELDS = {
    "decided_before_dated": "decided_date",
    "before_adoption": "day",
    "overlapping": "day",
    "letter_before_instruction": "letter_date",
    "withdrawn_before_instruction": "day",
    "not_in_force": "received_date",
    "leaves_no_party": "municipality",
    "already_leaving": "municipality",
    "host_stays": "municipality",
    "not_theirs_to_agree": "agreed_date",
    "no_host": "host",
}


def field_of(found: AgreementError) -> str | None:
    """The field of the form that the error belongs to; None for the whole form."""
    return FIELDS.get(found.code)


def error(found: AgreementError) -> str:
    """What was wrong, and how to go on."""
    match found:
        case UnderWay():
            return _(
                "Version %(number)s is under way already. Finish it, or drop it, before you draft"
                " another."
            ) % {"number": found.version.number}
        case LettersMissing():
            return _letters_missing(found.items)
        case EndedMunicipality():
            return ended(found.municipality)
        case NotAdoptedByAll():
            return _("Not adopted yet by: %(names)s. Record what they decided first.") % {
                "names": ", ".join(found.municipalities)
            }
        case BeforeAdoption():
            return _("The last party adopted it on %(day)s. Choose that day, or a later one.") % {
                "day": words.day(found.last)
            }
        case Overlapping():
            return _("A version is in force from %(day)s. Choose a day after that.") % {
                "day": words.day(found.since)
            }
    return str(ERRORS[found.code])


def ended(municipality: Municipality) -> str:
    """That the municipality's number is no longer in use, and what to do."""
    return _(
        "The number %(number)s %(name)s ended on %(day)s. Choose the municipality that took over"
        " from it."
    ) % {
        "number": municipality.number,
        "name": municipality.name,
        "day": words.day(municipality.valid_to) if municipality.valid_to else "–",
    }


def _letters_missing(items: list[str]) -> str:
    named = [f"{each} ({ITEM_WORDS[each][0]})" for each in items]
    return _(
        "No clause answers what § 20-4 demands in letter %(letters)s. Write the clauses that are"
        " missing, or tick the letter at the clause that answers it."
    ) % {"letters": "; ".join(named)}
