"""Loading the demonstration, once. Broken off and started again, it goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from callstats.feeds.models import Source
from callstats.feeds.operations import add_source
from callstats.imports import operations as imports
from callstats.imports.models import CallImport, Channel, ImportState
from callstats.periods import operations as indicators
from legevakt.demo import cooperation, happenings, record, synthetic_calls
from legevakt.lib import locks
from legevakt.lib.periods import Period, local_day
from municipalities.models import Central, Cooperation, Municipality
from reporting.annual_report import operations as reports
from reporting.annual_report.figures import NoFigures
from reporting.models import AnnualReport, Schedule, ScheduleKind

DATA = Path(__file__).parent / "data"
QUEUE_LOGS = ("asterisk20_2025-10-24_queue_log.0", "asterisk20_2025-10-24_queue_log")
REAL_EVENING = (datetime(2025, 10, 24, 19, tzinfo=UTC), datetime(2025, 10, 24, 21, tzinfo=UTC))
QUEUES = {
    "lv_116117": cooperation.NATIONAL,
    "lv_direkte": f"lokal8:{cooperation.LOCAL}",
    "lv_overlop": cooperation.NATIONAL,
}
SYNTHETIC, PBX = "nordhordland-syntetisk", "nordhordland-pbx"
GIVEN_UP = (ImportState.FAILED, ImportState.CANCELLED)

Say = Callable[[str], None]


class NotADemonstration(Exception):
    """The installation is not started as a demonstration (DEMO), so nothing is loaded."""


class DemonstrationBroken(Exception):
    """A file of the demonstration was not imported; the text says which and why."""


def load(*, at: datetime, say: Say) -> bool:
    """Load all of it; False when it is loaded already or is being loaded by another.

    Raises NotADemonstration, DemonstrationBroken.
    """
    if not settings.DEMO:
        raise NotADemonstration("Demonstration data are loaded only where DEMO=1.")
    with locks.only_one("load demonstration") as got:
        if not got or _is_loaded():
            return False
        if not Municipality.objects.exists():
            call_command("load_register", verbosity=0)
        founded = cooperation.found(on=local_day(at))
        central = founded.centrals.get(slug=cooperation.SLUG)
        inhabitants = cooperation.inhabitants(cooperation=founded)
        _import_synthetic(central=central, inhabitants=inhabitants, at=at, say=say)
        _import_real_evening(central=central, at=at, say=say)
        happenings.write(central=central, at=at)
        say("agreement, obligations, decisions, checklist, competence, duty, costs and quality")
        record.write(founded=founded, at=at)
        _compute_months(central=central, at=at, say=say)
        say("meetings with their minutes")
        record.meet(founded=founded, at=at)
        _prepare_report(founded=founded, at=at, say=say)
        say("the tertial report, in the outbox")
        cooperation.send_letters(cooperation=founded, at=at)
        cooperation.schedule_report(cooperation=founded)
        return True


def _is_loaded() -> bool:
    """The annual report's schedule is made last."""
    return Schedule.objects.filter(
        cooperation__slug=cooperation.SLUG, kind=ScheduleKind.ANNUAL_REPORT
    ).exists()


def _import_synthetic(
    *, central: Central, inhabitants: dict[str, int], at: datetime, say: Say
) -> None:
    source = add_source(
        slug=SYNTHETIC,
        central=central,
        profile="canonical",
        queues=QUEUES,
        at=at,
        name="Syntetiske anrop (demonstrasjon)",
        is_synthetic=True,
    )
    say("two years of invented calls, a file a month")
    for file in synthetic_calls.files(
        today=_first_day(source, at=at),
        inhabitants=inhabitants,
        without=(REAL_EVENING,),
    ):
        _import(source, name=file.name, chunks=[file.content], at=at, covers=file.covers)


def _import_real_evening(*, central: Central, at: datetime, say: Say) -> None:
    source = add_source(
        slug=PBX,
        central=central,
        profile="asterisk-queue-log",
        queues=QUEUES,
        at=at,
        name="Telefonsentral, kveld i laboratoriet (demonstrasjon)",
        is_expected=False,  # one evening only; its silence before and after is no gap
    )
    say("one evening's queue log of a real Asterisk, in two files")
    for name in QUEUE_LOGS:
        _import(source, name=name, chunks=[(DATA / name).read_bytes()], at=at)


def _first_day(source: Source, *, at: datetime) -> date:
    """The day of the first try, so that a second try has the same files."""
    first = source.imports.order_by("created_at", "pk").first()
    return local_day(first.created_at if first else at)


def _import(
    source: Source,
    *,
    name: str,
    chunks: Iterable[bytes],
    at: datetime,
    covers: tuple[datetime, datetime] | None = None,
) -> None:
    """Import the file by the door that everybody uses, unless that is done."""
    call_import = source.imports.filter(file_name=name).exclude(state__in=GIVEN_UP).first()
    if call_import is None:
        call_import = imports.receive(
            source=source,
            chunks=chunks,
            file_name=name,
            channel=Channel.COMMAND,
            at=at,
            covers=covers,
        )
    imports.run(call_import=call_import, at=at)
    _require_completed(call_import)


def _require_completed(call_import: CallImport) -> None:
    call_import.refresh_from_db()
    if call_import.state != ImportState.COMPLETED:
        raise DemonstrationBroken(
            f"{call_import.file_name}: {call_import.state} {call_import.error_code} "
            f"{call_import.error_params} {call_import.rejected} rows refused"
        )


def _compute_months(*, central: Central, at: datetime, say: Say) -> None:
    say("the indicator of every month")
    for name in sorted(_touched_months(central)):
        year, month = map(int, name.split("-"))
        indicators.compute(central=central, period=Period.month(year, month), at=at)
    for touched in sorted({int(name[:4]) for name in _touched_months(central)}):
        indicators.compute(central=central, period=Period.year(touched), at=at)


def _prepare_report(*, founded: Cooperation, at: datetime, say: Say) -> None:
    """A draft of last year's report, for the host's director to approve; a worker renders it."""
    year = local_day(at).year - 1
    if AnnualReport.objects.filter(cooperation=founded, year=year).exists():
        return
    try:
        reports.prepare(cooperation=founded, year=year, by=None, at=at)
        say(f"the draft of the annual report for {year}")
    except NoFigures:
        say(f"no annual report: no calls in {year}")


def _touched_months(central: Central) -> set[str]:
    touched = CallImport.objects.filter(source__central=central).values_list(
        "affected_months", flat=True
    )
    return set().union(*touched)
