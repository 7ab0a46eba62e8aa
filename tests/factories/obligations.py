"""A political agreement in force, obligations and their dues for the tests."""

from datetime import UTC, date, datetime, time

from municipalities.agreements.models import (
    Adoption,
    Agreement,
    AgreementParty,
    AgreementVersion,
    VersionState,
)
from municipalities.cooperations.models import Participant
from municipalities.obligations import operations
from municipalities.obligations.models import Obligation
from municipalities.obligations.planning import plan_obligation

FIRST_OF_JANUARY = date(2025, 1, 1)
AT = datetime(2025, 1, 2, 9, 0, tzinfo=UTC)


def version_in_force(*, cooperation, from_date=FIRST_OF_JANUARY, number=1, layer="political"):
    """The next version of the agreement, adopted by all, in force in the place of the one before."""
    agreement, _ = Agreement.objects.get_or_create(
        cooperation=cooperation,
        layer=layer,
        defaults={"title": "Avtale", "adopter": "council"},
    )
    agreement.versions.filter(state=VersionState.IN_FORCE).update(
        state=VersionState.REPLACED, in_force_to=from_date
    )
    version = AgreementVersion.objects.create(
        agreement=agreement, number=number, dated_date=date(2024, 6, 1), created_at=AT
    )
    for participant in Participant.objects.filter(cooperation=cooperation):
        AgreementParty.objects.create(
            version=version,
            municipality=participant.municipality,
            is_host=participant.municipality == cooperation.host,
        )
    version.state, version.sent_at = VersionState.SENT, AT
    version.save()
    for party in version.parties.all():
        Adoption.objects.create(
            version=version,
            municipality=party.municipality,
            is_adopted=True,
            decided_date=date(2024, 9, 1),
            case_number="PS 12/24",
            recorded_at=AT,
        )
    version.state, version.in_force_from = VersionState.IN_FORCE, from_date
    version.save()
    return version


def established(*, cooperation, from_date=FIRST_OF_JANUARY, at=AT):
    """The principles' obligations from the day, with the dues of this year and the next."""
    version = version_in_force(cooperation=cooperation, from_date=from_date)
    return operations.establish(version=version, by=None, at=at)


def obligation(*, cooperation, year=2025, **told):
    """A yearly obligation for all together, due on 30 November, planned for the year."""
    fields = {
        "code": "own-drill",
        "title": "Drill",
        "scope": "common",
        "rhythm": "yearly",
        "due_days": ["11-30"],
        "responsible": "leader",
        "starts_date": FIRST_OF_JANUARY,
    }
    found = Obligation.objects.create(cooperation=cooperation, **fields | told)
    if found.rhythm == "yearly":
        plan_obligation(obligation=found, year=year)
    return found


def due(*, cooperation, **told):
    """The first due of such an obligation."""
    return obligation(cooperation=cooperation, **told).dues.order_by("due_date", "pk").first()


def shown_kept(*, cooperation, on=date(2025, 3, 3), topics=(), **told):
    """Evidence that such a due is kept."""
    return operations.hand_in_for(
        due=due(cooperation=cooperation, **told),
        title="Minutes of the meeting",
        on=on,
        path="https://alver.example/minutes",
        topics=topics,
        by=None,
        at=datetime.combine(on, time(12), tzinfo=UTC),
    )
