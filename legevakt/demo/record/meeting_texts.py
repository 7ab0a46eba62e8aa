"""What the demonstration's meetings say, as the secretary of a host in Nordhordland writes it."""

from __future__ import annotations

from dataclasses import dataclass

PLACE = "Knarvik, møterom Fensfjorden"
LEADER = "leiaren for legevakta"
UNANIMOUS = "Samrøystes"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case with what was said and decided, and what somebody is to do by so many days."""

    title: str
    text: str
    discussion: str
    decision: str
    follow_up: str
    responsible: str
    days: int


CASES = (
    Case(
        title="Bemanninga ved legevaktsentralen på kveld",
        text="Svartida ligg under kravet på kveldar i helgane. Leiaren legg fram tal time for time"
        " og eit framlegg om ein operatør til laurdag og sundag kveld.",
        discussion="Kommunane er samde om at kravet i forskrifta må haldast. Fedje spør om ein kan"
        " flytte ressursar frå natt. Leiaren svarar at natta alt er på minimum.",
        decision="Det blir sett inn ein operatør til laurdag og sundag kl. 16–22 i eit halvt år."
        " Verknaden blir lagd fram for kommunedirektørmøtet.",
        follow_up="Leggje fram verknaden av ein operatør til i helgane",
        responsible="legevaktleiar@alver.example",
        days=90,
    ),
    Case(
        title="Ny fordelingsnøkkel: kva bruk skal vege",
        text="Kommunestyra har bede om ei vurdering av om bruk av legevakta skal vere med i"
        " nøkkelen. Controllaren har rekna på tre alternativ i simulatoren.",
        discussion="Alternativa blei gjennomgådde. Det er semje om at ein liten del etter bruk kan"
        " vere rett, men at tala for fleire år bør liggje føre først.",
        decision="Nøkkelen blir ståande. Controllaren legg fram bruken per kommune for tre år før"
        " budsjettet.",
        follow_up="Leggje fram bruken per kommune for tre år",
        responsible="controller@alver.example",
        days=75,
    ),
    Case(
        title="Framlegg til budsjett og førebels nøkkel for neste år",
        text="Vertskommunen legg fram budsjettframlegget for legevakta og legevaktsentralen.",
        discussion="Løns- og prisvekst er lagd inn etter statsbudsjettet. Ingen merknader.",
        decision="Kommunedirektørane legg framlegget til grunn i sine budsjett.",
        follow_up="Sende endeleg folketal og a-kontoplan til kommunane",
        responsible="controller@alver.example",
        days=110,
    ),
)

SAID = {
    "approve_agenda": "Ingen merknader til innkalling og sakliste.",
    "approve_minutes": "Ingen merknader til referatet.",
    "follow_ups": "Oppfølgingane frå tidlegare møte blei gjennomgådde.",
    "any_other": "Ingenting blei teke opp.",
}
PRESENTED = "Tala blei gjennomgådde slik dei står i saka. Ingen merknader."


def said_of(code: str) -> str:
    """What was said of a standing item, or of a prepared page.

    >>> said_of("any_other")
    'Ingenting blei teke opp.'
    """
    return SAID.get(code, PRESENTED)


def decided_on(standing: str) -> str:
    """The decision on a standing item; of other items nothing is decided."""
    approved = {
        "approve_agenda": "Innkalling og sakliste er godkjende.",
        "approve_minutes": "Referatet er godkjent.",
    }
    return approved.get(standing, "")
