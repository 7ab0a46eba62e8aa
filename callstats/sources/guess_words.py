"""Words of headers and outcomes in Norwegian (both forms), Swedish, Danish and English."""

from __future__ import annotations

import re

# Ordered: an earlier field takes a word that a later one also would. «date» and «clock» are
# halves of the arrival; «caller» is what must never be taken for the called number.
HEADERS: dict[str, str] = {
    "caller": "a-nummer anummer fra frå från from caller callerid callernumber innringer"
    " innringar anropande ani cli clid src telefon telefonnummer phone customerendpoint",
    "id": "id anropsid samtaleid samtalsid opkaldsid callid uniqueid unikid contactid sessionid"
    " linkedid uuid interactionid referanse ref løpenr løpenummer løpenr löpnummer løbenummer"
    " globalcallid conferenceid documentid ucid callguid",
    "epoch": "epoch unixtime unixtid timeid",
    "date": "dato datum date dag day",
    "clock": "klokkeslett klokkeslag klokkeslæt klockslag kl klokke klokka tid time timeofday",
    "arrived_at": "arrivedat arrived arrival arrivaltime ankomst ankomsttid ankom inn innikø"
    " starttid starttidspunkt start starttime startdatetime callstart callstarttime samtalestart"
    " samtalsstart innkommet innkome innkomen inkommen inkommet mottatt motteke mottatttid mottagen"
    " modtaget ringte calltime calldate opprettet oppretta skapad oprettet created enqueuedat"
    " enqueuetimestamp queuedat joinedat tidspunkt tidspunktinn tidpunkt tidsstempel timestamp"
    " datetime anropstid anropstidspunkt opkaldstidspunkt køstart datotid",
    "answered_at": "answeredat svart svara besvart besvara besvarad besvaret svarttid svartkl"
    " besvartkl besvarttid svartidspunkt svartidspunktet answer answered answertime answeredtime"
    " connecttime connected connectedat besvaradkl besvaretkl connectedtoagenttimestamp",
    "ended_at": "endedat slutt sluttid slutttid slut avsluttet avslutta avslutad afsluttet ferdig"
    " sluttidspunkt end ended endtime enddatetime hanguptime disconnecttime disconnecttimestamp",
    "wait_seconds": "waitseconds ventetid vente ventetidsek ventetids ventetidsekunder ventesekund"
    " køtid tidikø svartid svarstid väntetid kötid tidikö wait waittime waitingtime queuetime"
    " timeinqueue holdtime ringtime speedofanswer asa callqueuedurationseconds",
    "talk_seconds": "talkseconds samtaletid taletid samtalelengde varighet varigheit varighed"
    " samtalstid samtaltid taltid talk talktime talking duration billsec connectedtime callduration"
    " samtalevarighed",
    "announcement_seconds": "announcementseconds talemeny menytid ivr ivrtime announcement",
    "queue": "queue queuename kø køen kønavn kønamn kö könamn tjeneste teneste tjänst service csq"
    " csqname gruppe svargruppe svarsgrupp skill ringegruppe huntgroup split acd callqueue",
    "number": "number nummer bnummer bnr oppringt oppringtnummer ringtnummer uppringtnummer"
    " kaldtnummer called callednumber dnis dialednumber dialednumber did til till to"
    " tjenestenummer innvalg destination dst",
    "outcome": "outcome status utfall resultat result disposition besvart besvara besvarad besvaret"
    " svart answered callstatus anropsstatus samtalestatus årsak orsak callresult"
    " contactdisposition callqueuecallresult",
    "forwarded_to": "forwardedto viderekoblet vidarekopla vidarekopplad sattover overført"
    " overførttil transferredto omstillet forwarded",
    "municipality": "municipality kommune kommun",
    "urgency": "urgency hastegrad hast prioritet priority",
    "video": "video",
    "version": "version versjon revisjon",
}
OUTCOMES: dict[str, str] = {
    "answered": "besvart|svart|besvara|svara|besvarad|besvarat|besvaret|answered|answer|handled|"
    "completed|samtale|tatt|connected|ok",
    "abandoned": "lagt på|la på|lagt på røret|tapt|tapte|avbrutt|avbrote|forlatt|ubesvart|ubesvara|"
    "ikke besvart|ikkje svart|ikkje svara|ikkje besvart|ikke svart|abandoned|abandon|lost|missed|"
    "no answer|not answered|unanswered|hang up|hung up|hangup|caller hung up|tappat|tappad|"
    "övergivet|obesvarat|obesvarad|ej besvarat|ej besvarad|missat|lagt på luren|lade på|mistet|"
    "tabt|ubesvaret|ikke besvaret|opgivet|lagt på av innringer",
    "timeout": "timeout|time out|timed out|tidsavbrudd|tidsavbrot|tidsgräns|overflow",
    "no_agents": "ingen agenter|ingen agentar|ingen pålogget|ingen pålogga|no agents|no agent",
    "queue_full": "kø full|full kø|køen full|queue full|busy|opptatt|oppteken|upptaget|optaget",
    "closed": "stengt|lukket|lukka|stängt|closed|utenfor åpningstid|utanfor opningstid",
    "callback_requested": "tilbakeringing|bestilt tilbakeringing|callback|call back|"
    "callback requested|ring tilbake|återuppringning|tilbagekald",
    "voicemail": "voicemail|voice mail|telefonsvarer|telefonsvarar|talepost|telefonsvarare|"
    "röstbrevlåda",
    "unknown": "ukjent|ukjend|okänd|okänt|ukendt|unknown",
}
# The first words of a line under the last row.
FOOTERS = r"^[\"'\s]*(?i:sum|summa|totalt?|totals?|i alt|ialt|antall|antal|gjennomsnitt|end of)\b"

_FIELDS_BY_WORD: dict[str, list[str]] = {}
for _field, _words in HEADERS.items():
    for _word in _words.split():
        _FIELDS_BY_WORD.setdefault(_word, []).append(_field)
_OUTCOME_BY_WORD = {word: kind for kind, words in OUTCOMES.items() for word in words.split("|")}


def fields_of(header: str) -> list[tuple[str, float]]:
    """(field, confidence 0–1) that a header may name, likeliest first."""
    word = _bare(header)
    exact = [(field, 1.0) for field in _FIELDS_BY_WORD.get(word, [])]
    if exact:
        return exact
    parts = re.findall(r"\w+", re.sub(r"([a-zæøåäö])([A-Z])", r"\1 \2", header).casefold())
    tried = [_FIELDS_BY_WORD.get("".join(parts[:n]), []) for n in range(len(parts), 0, -1)]
    tried += [_FIELDS_BY_WORD.get("".join(parts[-n:]), []) for n in range(len(parts) - 1, 0, -1)]
    return [(field, 0.6) for fields in tried for field in fields][:6]


def outcome_of(word: str) -> str | None:
    """The outcome that a word means, where that is plain."""
    told = " ".join(word.replace("_", " ").casefold().split())
    return _OUTCOME_BY_WORD.get(told)


def _bare(header: str) -> str:
    """Without units, dots and spaces: «Ventetid (sek.)» → «ventetid»."""
    named = re.sub(r"\(.*?\)|\[.*?\]", "", header).casefold()
    return "".join(re.findall(r"\w+", named)).replace("_", "")
