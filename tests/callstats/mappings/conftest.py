"""A table source, and files as nasty as telephone systems make them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from callstats.mappings.models import MappingDraft
from tests.factories.callstats import SourceFactory

HEADER = "Samtale-ID;Dato;Klokkeslett;Kø;Innringer;Status;Ventetid;Samtaletid"
ROWS = (
    "1001;04.03.2025;08:00:05;LV 116117;91234567;Besvart;12,5;180,0",
    "1002;05.03.2025;08:01:10;LV 116117;92345678;Tapt;61,0;",
    "1003;06.03.2025;09:15:00;Lokal;+47 93 45 67 89;Besvart;8,0;95,5",
)


def nasty(*rows: str) -> bytes:
    """Windows-1252, semicolons, title lines, decimal commas, d.m.yyyy, a sum at the end."""
    lines = [
        "Samtalelogg for Nordhordland legevakt",
        "Periode: 04.03.2025 – 06.03.2025",
        "",
        HEADER,
        *(rows or ROWS),
        f"Totalt;{len(rows or ROWS)};;;;;;",
    ]
    return "\r\n".join([*lines, ""]).encode("cp1252")


MAPPING = {
    "encoding": "cp1252",
    "delimiter": ";",
    "header_line": 4,
    "footer_regex": "^Totalt",
    "columns": {
        "id": "Samtale-ID",
        "arrived_at": ["Dato", "Klokkeslett"],
        "queue": "Kø",
        "outcome": "Status",
        "wait_seconds": "Ventetid",
        "talk_seconds": "Samtaletid",
    },
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "decimal": ",",
    "outcomes": {"Besvart": "answered", "Tapt": "abandoned"},
}


@pytest.fixture
def source(central):
    """A telephone system that writes tables; its queue «Lokal» has its number."""
    return SourceFactory(slug="pbx", central=central, profile="table", queues={"Lokal": "lokal8"})


@pytest.fixture
def browser(leader, as_person):
    return as_person(leader)


@pytest.fixture
def begin(browser, source):
    """`begin(bytes)` uploads a sample; the draft it became."""

    def begin(data=None, *, start="guess", name="log.csv"):
        file = SimpleUploadedFile(name, nasty() if data is None else data)
        answer = browser.post(
            reverse("mapping_start", args=[source.slug]), {"file": file, "start": start}
        )
        assert answer.status_code == 302, answer.text
        return MappingDraft.objects.latest("created_at")

    return begin


def shown_in(form) -> dict[str, str]:
    """What a browser would send of a form that nobody touched."""
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False, ""):
            sent[name] = "on" if value is True else str(value)
    return sent
