"""Agreements for the tests, through the front door: drafted, sent, adopted by all, in force."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from municipalities.agreements import delegating, drafting, leaving, operations
from municipalities.agreements.models import Adopter, Agreement, AgreementVersion, Layer
from municipalities.agreements.rules import MANDATORY
from municipalities.cooperations.models import Service, ServiceKind

DATED = date(2024, 9, 1)
ADOPTED = date(2024, 10, 15)
IN_FORCE = date(2025, 1, 1)
AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
TITLES = {
    Layer.POLITICAL: "Avtale om administrativt vertskommunesamarbeid",
    Layer.ADMINISTRATIVE: "Administrativ og fagleg samarbeidsavtale",
    Layer.BILATERAL: "Avtale om legevakt på dagtid",
}


def agreement(*, cooperation, layer=Layer.POLITICAL, title=None) -> Agreement:
    """The cooperation's agreement of the layer; a bilateral one with its service."""
    known = Agreement.objects.filter(cooperation=cooperation, layer=layer).first()
    if known:
        return known
    return operations.start(
        cooperation=cooperation,
        layer=layer,
        title=title or TITLES[layer],
        adopter=Adopter.COUNCIL if layer == Layer.POLITICAL else Adopter.DIRECTOR,
        service=daytime(cooperation) if layer == Layer.BILATERAL else None,
    )


def daytime(cooperation) -> Service:
    """Daytime legevakt for the first partner."""
    service = Service.objects.create(
        cooperation=cooperation,
        kind=ServiceKind.DAYTIME,
        is_bilateral=True,
        starts_date=date(2024, 1, 1),
    )
    partners = cooperation.participants.exclude(municipality=cooperation.host)
    service.parties.set([partners.order_by("municipality__number").first().municipality])
    return service


def draft_of(*, cooperation, layer=Layer.POLITICAL, dated_date=DATED, letters=MANDATORY, by=None):
    """A draft of the next version; the first has one clause that answers the letters."""
    found = operations.draft(
        agreement=agreement(cooperation=cooperation, layer=layer),
        dated_date=dated_date,
        by=by,
        at=AT,
    )
    if not found.clauses.exists():
        drafting.add_clause(
            version=found,
            heading="Oppgåver og ansvar",
            text="Alver driv legevakt for alle.\n\nVedtak vert melde til deltakarane.",
            items=list(letters),
        )
    return found


def sent(**facts) -> AgreementVersion:
    """A version that waits for adoption."""
    return operations.send(version=draft_of(**facts), at=AT)


def adopted(*, version, by, municipalities=None, decided_date=ADOPTED, is_adopted=True):
    """The version with the decisions of these parties, or of all."""
    parties = municipalities or [each.municipality for each in version.parties.all()]
    for number, municipality in enumerate(parties, 1):
        operations.record_adoption(
            version=version,
            municipality=municipality,
            is_adopted=is_adopted,
            decided_date=decided_date,
            case_number=f"PS {number}/24",
            remark="",
            by=by,
            at=AT,
        )
    return version


def agreement_in_force(
    cooperation, *, by=None, layer=Layer.POLITICAL, in_force_from=IN_FORCE, **facts
) -> AgreementVersion:
    """A version of the cooperation's agreement that is adopted by all and in force."""
    version = sent(cooperation=cooperation, layer=layer, by=by, **facts)
    adopted(version=version, by=by, decided_date=max(ADOPTED, version.dated_date))
    return operations.put_in_force(version=version, in_force_from=in_force_from)


def one_of_each(*, cooperation, today) -> SimpleNamespace:
    """A version in force, one that waits, a draft; a delegation and a notice of the partner."""
    in_force = agreement_in_force(cooperation)
    partner = in_force.parties.get(is_host=False).municipality
    delegating.record(
        cooperation=cooperation,
        municipality=partner,
        instructed_date=date(2024, 11, 1),
        case_number="KS 80/24",
        letter_date=None,
    )
    withdrawal = leaving.give_notice(
        agreement=in_force.agreement,
        municipality=partner,
        received_date=today,
        case_number="KS 12/26",
        reason="Eiga legevakt.",
        by=None,
        at=AT,
    )
    return SimpleNamespace(
        in_force=in_force,
        sent=sent(cooperation=cooperation, layer=Layer.ADMINISTRATIVE),
        draft=draft_of(cooperation=cooperation, layer=Layer.BILATERAL),
        withdrawal=withdrawal,
    )
