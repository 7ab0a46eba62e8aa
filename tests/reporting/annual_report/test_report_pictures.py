"""The demonstration's report with all ten chapters told; a picture of every page is kept.

They lie in `artifacts/report/`: the PDF as `nn.pdf`, its pages as `nn-01.png` and on.
"""

import random
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from callstats.models import CallHour, FeedHour
from legevakt.demo import cooperation as demonstration
from legevakt.demo import demand, record
from legevakt.lib.periods import OSLO, Period, local_day
from legevakt.lib.translation_checks import FOREIGN
from municipalities.models import PublicNumber
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.document.drawing import pdf_of
from reporting.annual_report.document.written import Written
from reporting.annual_report.figures import figures_for
from tests.factories.annotations import note
from tests.factories.callstats import SourceFactory
from tests.factories.reporting import AFTER_THE_YEAR

ARTIFACTS = Path(__file__).parents[3] / "artifacts" / "report"
INHABITANTS = 30_000
MOST_PAGES, FEWEST_PAGES = 20, 8
FEWEST_WORDS = 40  # of a page, its running head and foot among them
LEAST_INK = 0.02  # of a page's dots
TITLES = {
    "nn": (
        "Oppsummering",
        "Organisering og avtale",
        "Aktivitet og svartid",
        "Legane i vakt",
        "Personale, kompetanse og HMS",
        "Kvalitet, avvik, klager og tilsyn",
        "Økonomi",
        "Internkontroll",
        "Møte og vedtak",
        "Mål og tiltak",
    ),
    "nb": (
        "Oppsummering",
        "Organisering og avtale",
        "Aktivitet og svartid",
        "Legene i vakt",
        "Personale, kompetanse og HMS",
        "Kvalitet, avvik, klager og tilsyn",
        "Økonomi",
        "Internkontroll",
        "Møter og vedtak",
        "Mål og tiltak",
    ),
}
WRITTEN = {
    "nn": "Året var travelt, men godt. Vi takkar alle som stod i vakta.",
    "nb": "Året var travelt, men godt. Vi takker alle som sto i vakten.",
}
ENGLISH = {"and", "calls", "not", "of", "share", "the", "was", "were", "with", "year"}
pytestmark = pytest.mark.pdf


@pytest.fixture
def figures(db):
    """The demonstration's record, and a call log with calls at every hour of 2025."""
    call_command("load_register", verbosity=0)
    founded = demonstration.found(on=local_day(AFTER_THE_YEAR))
    central = founded.centrals.get()
    record.write(founded=founded, at=AFTER_THE_YEAR)
    record.meet(founded=founded, at=AFTER_THE_YEAR)
    log_of(central=central, period=Period.year(2025))
    note(central=central, text="Straumen var borte i uvêret.")
    return figures_for(cooperation=founded, year=2025, at=AFTER_THE_YEAR)


def log_of(*, central, period):
    """As many calls an hour as so many inhabitants make; one in ten is not answered."""
    line = PublicNumber.objects.filter(central=central).order_by("pk").first()
    source = SourceFactory(central=central, is_synthetic=True, queues={})
    moments = [period.starts_at + timedelta(hours=n) for n in range(period.hours())]
    FeedHour.objects.bulk_create(FeedHour(source=source, hour_at=each) for each in moments)
    chance = random.Random(2025)
    CallHour.objects.bulk_create(
        call_hour
        for moment in moments
        for call_hour in hour_of(central, line, moment, chance=chance)
    )


def hour_of(central, line, moment, *, chance):
    local = moment.astimezone(OSLO)
    expected = demand.calls_per_hour(day=local.date(), hour=local.hour, inhabitants=INHABITANTS)
    waits = [round(chance.expovariate(1 / 45_000)) for _ in range(round(expected + 0.5))]
    lost = [wait for wait in waits if chance.random() < 0.1]
    answered = [wait for wait in waits if wait not in lost]
    for outcome, waits_ms in (("answered", answered), ("abandoned", lost)):
        if waits_ms:
            yield CallHour(
                central=central,
                line=line,
                hour_at=moment,
                outcome=outcome,
                calls=len(waits_ms),
                ambiguous_calls=0,
                waits_ms=sorted(waits_ms),
                talk_seconds=0,
            )


@pytest.mark.timeout(200)
def test_every_page_of_the_report_is_pictured_and_full_in_both_written_forms(figures):
    for language in ("nn", "nb"):
        pages, pictures = kept(figures, language=language)

        assert FEWEST_PAGES <= len(pages) == len(pictures) <= MOST_PAGES
        for number, (page, picture) in enumerate(zip(pages, pictures, strict=True), start=1):
            assert ink(picture) > LEAST_INK, f"{language}: page {number} is blank"
            assert number == 1 or len(page.split()) > FEWEST_WORDS, f"{language}: page {number}"
        assert contents(pages) == [*enumerate(TITLES[language], start=1)]
        words = set(re.findall(r"[^\W\d_]+", " ".join(pages).lower()))
        assert not words & (set(FOREIGN[language].split()) | ENGLISH)


def kept(figures, *, language):
    """The text of each page, and its picture, of the report that is kept in ARTIFACTS."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    for old in ARTIFACTS.glob(f"{language}-*.png"):
        old.unlink()
    written = Written(texts=dict.fromkeys(CHAPTERS, WRITTEN[language]))
    path = ARTIFACTS / f"{language}.pdf"
    path.write_bytes(pdf_of(figures=figures, language=language, written=written))
    subprocess.run(["pdftoppm", "-r", "60", "-png", path, ARTIFACTS / language], check=True)
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return told.stdout.decode().split("\f")[:-1], sorted(ARTIFACTS.glob(f"{language}-*.png"))


def ink(picture):
    """The share of the page's dots that are not white."""
    with Image.open(picture) as opened:
        counts = opened.convert("L").histogram()
    return sum(counts[:250]) / sum(counts)


def contents(pages):
    """(number, title) of each chapter that the contents name, and that begins where they say."""
    named = re.findall(r"^ *(\d+) (\D+?)  +(\d+)$", pages[1], re.MULTILINE)
    found = [(int(number), title) for number, title, page in named if begins(title, pages, page)]
    assert len(found) == len(named)
    return found


def begins(title, pages, page):
    return re.search(rf"^ *\d+ {title}$", pages[int(page) - 1], re.MULTILINE)
