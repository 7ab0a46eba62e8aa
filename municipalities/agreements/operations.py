"""The way of a version: drafted, sent, adopted by each, in force, replaced or ended."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from municipalities.access.models import User
from municipalities.agreements import drafting
from municipalities.agreements.drafting import locked, require_state
from municipalities.agreements.models import (
    Adopter,
    Adoption,
    Agreement,
    AgreementVersion,
    Layer,
    VersionState,
)
from municipalities.agreements.rules import AgreementError, missing_items
from municipalities.cooperations.models import Cooperation, Service
from municipalities.register.models import Municipality


class UnderWay(AgreementError):
    """A draft, or a version that waits for adoption, is there already: `version`."""

    code = "under_way"

    def __init__(self, version: AgreementVersion) -> None:
        super().__init__(str(version))
        self.version = version


class NothingToSend(AgreementError):
    """The draft has no clause."""

    code = "nothing_to_send"


class LettersMissing(AgreementError):
    """A political agreement without what § 20-4 demands: the letters are `items`."""

    code = "letters_missing"

    def __init__(self, items: list[str]) -> None:
        super().__init__(", ".join(items))
        self.items = items


class NotParty(AgreementError):
    """The municipality is no party to the version."""

    code = "not_party"


class DecidedBeforeDated(AgreementError):
    """The decision is dated before the version is."""

    code = "decided_before_dated"


class NotAdoptedByAll(AgreementError):
    """Some party has not decided, or has rejected it: `municipalities`, by name."""

    code = "not_adopted_by_all"

    def __init__(self, municipalities: list[str]) -> None:
        super().__init__(", ".join(municipalities))
        self.municipalities = municipalities


class BeforeAdoption(AgreementError):
    """In force before the last party adopted it, on `last`."""

    code = "before_adoption"

    def __init__(self, last: date) -> None:
        super().__init__(last.isoformat())
        self.last = last


class Overlapping(AgreementError):
    """In force before, or on, the day from which the earlier version is: `since`."""

    code = "overlapping"

    def __init__(self, since: date) -> None:
        super().__init__(since.isoformat())
        self.since = since


@transaction.atomic
def start(
    *,
    cooperation: Cooperation,
    layer: Layer,
    title: str,
    adopter: Adopter,
    service: Service | None = None,
) -> Agreement:
    """An agreement, still without a version; a bilateral one is about a service."""
    return Agreement.objects.create(
        cooperation=cooperation, layer=layer, title=title, adopter=adopter, service=service
    )


@transaction.atomic
def rename(*, agreement: Agreement, title: str) -> Agreement:
    """Another title of the agreement and all its versions; the history keeps the first."""
    found = Agreement.objects.select_for_update().get(pk=agreement.pk)
    found.title = title
    found.save(update_fields=["title"])
    return found


@transaction.atomic
def draft(
    *,
    agreement: Agreement,
    dated_date: date,
    by: User | None,
    at: datetime,
    source: AgreementVersion | None = None,
) -> AgreementVersion:
    """The next version, with the text of `source`, else of the one in force.

    Its parties are those that take part on its day. Raises UnderWay, EndedMunicipality.
    """
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    under_way = agreement.versions.filter(state__in=[VersionState.DRAFT, VersionState.SENT]).first()
    if under_way:
        raise UnderWay(under_way)
    source = source or agreement.versions.filter(state=VersionState.IN_FORCE).first()
    last = agreement.versions.aggregate(last=Max("number"))["last"] or 0
    version = AgreementVersion(
        agreement=agreement, number=last + 1, dated_date=dated_date, created_at=at, created_by=by
    )
    if source:
        version.notice_months = source.notice_months
        version.leaves_at_new_year = source.leaves_at_new_year
    version.save()
    drafting.copy_clauses(source=source, version=version)
    drafting.write_parties(
        version=version,
        municipalities=drafting.usual_parties(agreement=agreement, day=dated_date),
        host=agreement.cooperation.host,
    )
    return version


@transaction.atomic
def send(*, version: AgreementVersion, at: datetime) -> AgreementVersion:
    """Send the draft for adoption; the text, its facts and parties are frozen from then on.

    Raises WrongState, NothingToSend, LettersMissing, NoHost, EndedMunicipality.
    """
    found = locked(version)
    require_state(found, VersionState.DRAFT)
    letters = list(found.clauses.values_list("items", flat=True))
    if not letters:
        raise NothingToSend
    missing = missing_items(letters)
    if missing and found.agreement.layer == Layer.POLITICAL:
        raise LettersMissing(missing)
    drafting.require_parties(found)
    found.state, found.sent_at = VersionState.SENT, at
    found.save(update_fields=["state", "sent_at"])
    return found


@transaction.atomic
def record_adoption(
    *,
    version: AgreementVersion,
    municipality: Municipality,
    is_adopted: bool,
    decided_date: date,
    case_number: str,
    remark: str,
    by: User,
    at: datetime,
) -> Adoption:
    """What a party decided about the version that waits; a second time corrects the first.

    Raises WrongState, NotParty, DecidedBeforeDated.
    """
    found = locked(version)
    require_state(found, VersionState.SENT)
    if not found.parties.filter(municipality=municipality).exists():
        raise NotParty
    if decided_date < found.dated_date:
        raise DecidedBeforeDated
    adoption, _ = Adoption.objects.update_or_create(
        version=found,
        municipality=municipality,
        defaults={
            "is_adopted": is_adopted,
            "decided_date": decided_date,
            "case_number": case_number,
            "remark": remark,
            "recorded_at": at,
            "recorded_by": by,
        },
    )
    return adoption


@transaction.atomic
def drop(*, version: AgreementVersion) -> AgreementVersion:
    """Give up a draft, or a version that waits for adoption. Raises WrongState."""
    found = locked(version)
    require_state(found, VersionState.DRAFT, VersionState.SENT)
    found.state = VersionState.DROPPED
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def take_back(
    *, version: AgreementVersion, dated_date: date, by: User, at: datetime
) -> AgreementVersion:
    """Drop a version that waits, and draft the next with its text. Raises WrongState."""
    require_state(locked(version), VersionState.SENT)
    dropped = drop(version=version)
    return draft(agreement=dropped.agreement, dated_date=dated_date, source=dropped, by=by, at=at)


@transaction.atomic
def put_in_force(*, version: AgreementVersion, in_force_from: date) -> AgreementVersion:
    """Let the version hold from the day, and the earlier one until it. A later day may be given.

    What the text obliges to is established after this, by the one who calls it. Raises
    WrongState, NotAdoptedByAll, BeforeAdoption, Overlapping.
    """
    found = locked(version)
    require_state(found, VersionState.SENT)
    _require_adoption(found, day=in_force_from)
    earlier = found.agreement.versions.filter(state=VersionState.IN_FORCE).first()
    if earlier:
        _replace(earlier, day=in_force_from)
    found.state, found.in_force_from = VersionState.IN_FORCE, in_force_from
    found.save(update_fields=["state", "in_force_from"])
    return found


@transaction.atomic
def dissolve(*, version: AgreementVersion, ended_date: date) -> AgreementVersion:
    """End the agreement from the day, when all have agreed to it (§ 20-8).

    What the text obliges to is ended after this, by the one who calls it. Raises
    WrongState, Overlapping.
    """
    found = locked(version)
    require_state(found, VersionState.IN_FORCE)
    _require_after(found, day=ended_date)
    found.state, found.in_force_to = VersionState.ENDED, ended_date
    found.save(update_fields=["state", "in_force_to"])
    return found


@transaction.atomic
def orient_governor(
    *, version: AgreementVersion, informed_date: date, reference: str
) -> AgreementVersion:
    """That the county governor was told that the cooperation is established (§ 20-4)."""
    found = locked(version)
    require_state(found, VersionState.IN_FORCE, VersionState.REPLACED, VersionState.ENDED)
    found.state_informed_date, found.state_informed_reference = informed_date, reference
    found.save(update_fields=["state_informed_date", "state_informed_reference"])
    return found


def _require_adoption(version: AgreementVersion, *, day: date) -> None:
    adopted = dict(
        version.adoptions.filter(is_adopted=True).values_list("municipality_id", "decided_date")
    )
    waits = version.parties.exclude(municipality__in=adopted).order_by("municipality__number")
    names = list(waits.values_list("municipality__name", flat=True))
    if names or not adopted:
        raise NotAdoptedByAll(names)
    if day < max(adopted.values()):
        raise BeforeAdoption(max(adopted.values()))


def _replace(earlier: AgreementVersion, *, day: date) -> None:
    _require_after(earlier, day=day)
    earlier.state, earlier.in_force_to = VersionState.REPLACED, day
    earlier.save(update_fields=["state", "in_force_to"])


def _require_after(earlier: AgreementVersion, *, day: date) -> None:
    """The version in force held for a day at least before `day`."""
    since = earlier.in_force_from
    if since and day <= since:
        raise Overlapping(since)
