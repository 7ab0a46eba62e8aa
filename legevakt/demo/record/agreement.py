"""Two agreements adopted by all and in force, their delegations, and a new version under way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from legevakt.demo.record import texts
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.agreements import delegating, drafting, operations
from municipalities.agreements.models import Adopter, Agreement, AgreementVersion, Layer
from municipalities.cooperations.models import Cooperation, Participant, Service, ServiceKind
from municipalities.obligations.coming_into_force import put_in_force
from municipalities.obligations.operations import plan_year

DATED_DATE, IN_FORCE_DATE = date(2021, 9, 1), date(2022, 1, 1)
LAW = "hol. § 3-2 første ledd nr. 3"  # the same in nynorsk and bokmål, as the pages are in both
SERVICES = (ServiceKind.LVS, ServiceKind.EVENING, ServiceKind.NIGHT, ServiceKind.WEEKEND)


def write(*, founded: Cooperation, at: datetime) -> None:
    """Everything that was agreed."""
    by = User.objects.get(email="sekretariat@alver.example")
    _describe(founded)
    political = _adopted(
        operations.start(
            cooperation=founded,
            layer=Layer.POLITICAL,
            title="Avtale om administrativt vertskommunesamarbeid",
            adopter=Adopter.COUNCIL,
        ),
        clauses=texts.POLITICAL,
        by=by,
        now=at,
    )
    _adopted(
        operations.start(
            cooperation=founded,
            layer=Layer.ADMINISTRATIVE,
            title="Administrativ og fagleg samarbeidsavtale",
            adopter=Adopter.DIRECTOR,
        ),
        clauses=texts.ADMINISTRATIVE,
        by=by,
        now=at,
    )
    operations.orient_governor(
        version=political, informed_date=date(2022, 1, 14), reference="2022/118"
    )
    _delegate(founded)
    for year in (local_day(at).year - 1, local_day(at).year, local_day(at).year + 1):
        plan_year(cooperation=founded, year=year)
    _under_way(political.agreement, by=by, at=at)


def _describe(founded: Cooperation) -> None:
    founded.is_co_located = True
    founded.leader_reports_to = "kommunedirektøren i Alver"
    founded.save(update_fields=["is_co_located", "leader_reports_to"])
    for kind in SERVICES:
        Service.objects.create(
            cooperation=founded, kind=kind, legal_basis=LAW, starts_date=IN_FORCE_DATE
        )


def _adopted(
    agreement: Agreement, *, clauses: tuple[tuple[str, str, str], ...], by: User, now: datetime
) -> AgreementVersion:
    """Version 1 of 2021, adopted that autumn by everybody who takes part from 2022."""
    at = datetime(2021, 9, 1, 7, tzinfo=UTC)
    version = operations.draft(agreement=agreement, dated_date=DATED_DATE, by=by, at=at)
    municipalities = [
        each.municipality
        for each in Participant.objects.filter(cooperation=agreement.cooperation)
        .select_related("municipality")
        .order_by("municipality__number")
    ]
    drafting.set_parties(
        version=version, municipalities=municipalities, host=agreement.cooperation.host
    )
    for heading, text, items in clauses:
        drafting.add_clause(version=version, heading=heading, text=text, items=list(items))
    operations.send(version=version, at=at)
    for place, municipality in enumerate(municipalities):
        operations.record_adoption(
            version=version,
            municipality=municipality,
            is_adopted=True,
            decided_date=date(2021, 10, 7) + timedelta(days=7 * (place % 5)),
            case_number=f"PS {61 + place}/21",
            remark="",
            by=by,
            at=at,
        )
    # Put in force here now: what was due before is not asked for.
    return put_in_force(version=version, in_force_from=IN_FORCE_DATE, by=by, at=now)


def _delegate(founded: Cooperation) -> None:
    partners = founded.participants.exclude(municipality=founded.host)
    for place, partner in enumerate(partners.select_related("municipality").order_by("pk")):
        delegating.record(
            cooperation=founded,
            municipality=partner.municipality,
            instructed_date=date(2021, 11, 4),
            case_number=f"PS {71 + place}/21",
            letter_date=date(2021, 12, 1),
        )


def _under_way(agreement: Agreement, *, by: User, at: datetime) -> None:
    """Version 2 waits for the councils; some have adopted it."""
    today = local_day(at)
    version = operations.draft(
        agreement=agreement, dated_date=today - timedelta(days=60), by=by, at=at
    )
    meeting = version.clauses.get(heading="Møte")
    drafting.change_clause(
        clause=meeting,
        heading="Møte",
        text="Kommunedirektørane møtest minst fire gonger i året, med faste emne.",
        items=["i"],
    )
    drafting.change_facts(
        version=version,
        dated_date=version.dated_date,
        changes="Fire møte i året i staden for tre",
        notice_months=12,
        leaves_at_new_year=True,
    )
    operations.send(version=version, at=at)
    for place, party in enumerate(version.parties.order_by("municipality__number")[:5]):
        operations.record_adoption(
            version=version,
            municipality=party.municipality,
            is_adopted=True,
            decided_date=today - timedelta(days=30 - place),
            case_number=f"PS {21 + place}/{today:%y}",
            remark="",
            by=by,
            at=at,
        )
