"""Writing a draft: its facts, its parties, and its clauses one by one. Under the version's lock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Max

from municipalities.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    Clause,
    VersionState,
)
from municipalities.agreements.rules import AgreementError
from municipalities.documents.models import Document
from municipalities.register.models import Municipality


class WrongState(AgreementError):
    """The version is no longer, or not yet, where this can be done."""

    code = "wrong_state"


class NoHost(AgreementError):
    """The host is not among the parties, or there is no other party than the host."""

    code = "no_host"


class EndedMunicipality(AgreementError):
    """A party's number ends on or before the version's day: `municipality`."""

    code = "ended_municipality"

    def __init__(self, municipality: Municipality) -> None:
        super().__init__(municipality.number)
        self.municipality = municipality


def locked(version: AgreementVersion) -> AgreementVersion:
    """The version as it is now, and kept so until the transaction ends."""
    found = AgreementVersion.objects.select_related("agreement__cooperation__host")
    return found.select_for_update(of=("self",)).get(pk=version.pk)


def require_state(version: AgreementVersion, *states: VersionState) -> None:
    if version.state not in states:
        raise WrongState


def usual_parties(*, agreement: Agreement, day: date) -> list[Municipality]:
    """Those that take part on the day; of a bilateral agreement the service's parties and host."""
    cooperation = agreement.cooperation
    if agreement.service:
        return [cooperation.host, *agreement.service.parties.exclude(pk=cooperation.host_id)]
    taking_part = cooperation.participants.on(day).select_related("municipality")
    return [participant.municipality for participant in taking_part]


def copy_clauses(*, source: AgreementVersion | None, version: AgreementVersion) -> None:
    """The clauses of `source`, as they are, in a new draft."""
    clauses = source.clauses.all() if source else []
    Clause.objects.bulk_create(
        Clause(
            version=version,
            position=clause.position,
            heading=clause.heading,
            text=clause.text,
            items=clause.items,
        )
        for clause in clauses
    )


@transaction.atomic
def change_facts(
    *,
    version: AgreementVersion,
    dated_date: date,
    changes: str,
    notice_months: int,
    leaves_at_new_year: bool,
    document: Document | None = None,
) -> AgreementVersion:
    """What the draft says of itself; without a document the one that is attached stays.

    Raises WrongState, EndedMunicipality.
    """
    found = _locked_draft(version)
    found.dated_date, found.changes = dated_date, changes
    found.notice_months, found.leaves_at_new_year = notice_months, leaves_at_new_year
    if document:
        found.document = document
    _require_living([party.municipality for party in _parties(found)], day=dated_date)
    found.save()
    return found


@transaction.atomic
def set_parties(
    *, version: AgreementVersion, municipalities: Collection[Municipality], host: Municipality
) -> None:
    """The draft binds exactly these, with the one host.

    Raises WrongState, NoHost, EndedMunicipality.
    """
    found = _locked_draft(version)
    if host not in municipalities or len(municipalities) < 2:
        raise NoHost
    found.parties.all().delete()
    write_parties(version=found, municipalities=municipalities, host=host)


def write_parties(
    *, version: AgreementVersion, municipalities: Collection[Municipality], host: Municipality
) -> None:
    """The parties of a version that has none yet. Raises EndedMunicipality."""
    _require_living(municipalities, day=version.dated_date)
    AgreementParty.objects.bulk_create(
        AgreementParty(version=version, municipality=each, is_host=each == host)
        for each in municipalities
    )


def require_parties(version: AgreementVersion) -> None:
    """Exactly one host and somebody else, all of them alive on the version's day."""
    parties = _parties(version)
    if len(parties) < 2 or sum(party.is_host for party in parties) != 1:
        raise NoHost
    _require_living([party.municipality for party in parties], day=version.dated_date)


@transaction.atomic
def add_clause(
    *, version: AgreementVersion, heading: str, text: str, items: Sequence[str]
) -> Clause:
    """A clause at the end of the draft. Raises WrongState."""
    found = _locked_draft(version)
    last = found.clauses.aggregate(last=Max("position"))["last"] or 0
    return found.clauses.create(position=last + 1, heading=heading, text=text, items=sorted(items))


@transaction.atomic
def change_clause(*, clause: Clause, heading: str, text: str, items: Sequence[str]) -> Clause:
    """Another wording, or other letters that it answers. Raises WrongState."""
    _locked_draft(clause.version)
    clause.heading, clause.text, clause.items = heading, text, sorted(items)
    clause.save(update_fields=["heading", "text", "items"])
    return clause


@transaction.atomic
def move_clause(*, clause: Clause, is_up: bool) -> None:
    """Change places with the clause before, or after; at the end of the text nothing happens.

    Raises WrongState.
    """
    version = _locked_draft(clause.version)
    here = version.clauses.get(pk=clause.pk)
    beyond = (
        version.clauses.filter(position__lt=here.position).order_by("-position")
        if is_up
        else version.clauses.filter(position__gt=here.position).order_by("position")
    )
    other = beyond.first()
    if other is None:
        return
    here.position, other.position = other.position, here.position
    for each in (here, other):
        each.save(update_fields=["position"])


@transaction.atomic
def delete_clause(*, clause: Clause) -> None:
    """Take the clause out of the draft; those after it move up. Raises WrongState."""
    version = _locked_draft(clause.version)
    here = version.clauses.get(pk=clause.pk)
    here.delete()
    version.clauses.filter(position__gt=here.position).update(position=F("position") - 1)


def _locked_draft(version: AgreementVersion) -> AgreementVersion:
    found = locked(version)
    require_state(found, VersionState.DRAFT)
    return found


def _parties(version: AgreementVersion) -> list[AgreementParty]:
    return list(version.parties.select_related("municipality").order_by("municipality__number"))


def _require_living(municipalities: Collection[Municipality], *, day: date) -> None:
    for each in municipalities:
        if each.valid_to and each.valid_to <= day:
            raise EndedMunicipality(each)
