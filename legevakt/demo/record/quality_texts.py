"""What the demonstration writes about quality, in the host's written form."""

NEW_SYSTEM = "Nytt avvikssystem teke i bruk; fleire melder avvik"
ILLNESS = "Omgangssjuke på legevakta"
GOVERNOR = "Statsforvaltaren i Vestland"
SUBJECT = "Bemanning og svartid ved legevaktsentralen"
SUMMARY = (
    "Styringssystemet verkar i hovudsak som det skal. Svartida på kveld i helgane er under kravet,"
    " og opplæringa av nye operatørar kan bli betre."
)
EVIDENCE = (
    "Skildra i kvalitetshandboka kapittel 2.",
    "Gjennomgått på fagmøte i mars og september.",
    "Tal frå avvikssystemet og svartida månad for månad.",
    "Kompetanseplanen er oppdatert i år.",
)
MEASURE = "Ta inn i opplæringsplanen, og følgje opp på fagmøtet."
RESPONSIBLE = "leiar for legevakta"
