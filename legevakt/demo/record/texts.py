"""What the invented agreements say. In nynorsk, as the host writes."""

from __future__ import annotations

POLITICAL = (
    ("Partar", "Partane er kommunane som er førte opp som deltakarar i avtalen.", "a"),
    ("Vertskommune", "Alver kommune er vertskommune.", "b"),
    (
        "Oppgåver og mynde",
        "Vertskommunen driv legevakt kveld, natt og helg, og legevaktsentral heile døgnet.\n\n"
        "Saker av prinsipiell karakter ligg hos kommunestyret i kvar kommune.",
        "c",
    ),
    ("Overføring", "Oppgåver og mynde er overførte frå den dagen avtalen tek til å gjelde.", "d"),
    (
        "Underretning",
        "Vertskommunen underrettar deltakarane om vedtak som gjeld tilbod, bemanning, lokale og"
        " økonomi, seinast 14 dagar etter at vedtaket er gjort.",
        "e",
    ),
    (
        "Økonomisk oppgjer",
        "Netto utgifter blir delte etter fordelingsnøkkelen i den administrative avtalen.",
        "f",
    ),
    ("Uttreden", "Ein deltakar kan tre ut med eitt års skriftleg varsel.", "g"),
    (
        "Oppløysing",
        "Partane kan samrøystes løyse opp samarbeidet. Arkivet blir verande hos vertskommunen.",
        "h",
    ),
    ("Møte", "Kommunedirektørane møtest minst tre gonger i året, med faste emne.", "i"),
)
ADMINISTRATIVE = (
    ("Leiing", "Leiaren for legevakta rapporterer i linja til kommunedirektøren i Alver.", ""),
    (
        "Legar i vakt",
        "Kommunane stiller legar etter folketal. Fritak blir avgjort der legen har"
        " avtale, etter samråd med leiaren for legevakta.",
        "",
    ),
    ("Rapportering", "Vertskommunen lagar ein kortfatta årsrapport.", ""),
)
DECISIONS = (
    ("4631", "Kommunestyret", "PS 88/{yy}", "Budsjett for legevakta neste år", "political"),
    ("4631", "Kommunedirektøren", "D 12/{yy}", "Ny turnus for operatørane", "administrative"),
    ("4632", "Kommunestyret", "PS 41/{yy}", "Høyringssvar om dagtilbodet", "political"),
)
