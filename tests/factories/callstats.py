"""Sources, tokens, imports and calls for the tests."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import factory
import polars as pl
from django.db import transaction
from factory.django import DjangoModelFactory

from callstats.calls import operations as calls
from callstats.calls.batches import Batch, Stored
from callstats.feeds import lines
from callstats.feeds.models import QueueLine, Source, SourceToken
from callstats.imports.models import CallImport, Channel, ImportState
from callstats.indicators.definitions import DEFAULT_ID
from callstats.periods.models import IndicatorFigure, IndicatorPeriod
from callstats.sources.few import FewCalls
from callstats.sources.frames import CALLS
from municipalities.models import Central
from tests.factories.municipalities import CentralFactory, PublicNumberFactory

ARRIVED_AT = datetime(2025, 10, 24, 12, 0, tzinfo=UTC)
QUEUE_OF_CLASS = {
    "116117": "lv_116117",
    "lokal8": "lv_direkte",
    "professional": "lv_amk",
    "other": "lv_kontor",
}


class SourceFactory(DjangoModelFactory):
    """A source that takes canonical rows, with a queue for each line class."""

    class Meta:
        model = Source
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"pbx-{n}")
    name = factory.LazyAttribute(lambda source: f"Exchange {source.slug}")
    central = factory.SubFactory(CentralFactory)
    profile = "canonical"

    @factory.post_generation
    def queues(self, create, extracted, **_):
        """`queues={"lv_116117": "116117"}` maps a queue to a line class; `{}` maps none."""
        if not create:
            return
        by_queue = {q: c for c, q in QUEUE_OF_CLASS.items()} if extracted is None else extracted
        for queue, line_class in by_queue.items():
            line = PublicNumberFactory(central=self.central, line_class=line_class)
            QueueLine.objects.get_or_create(source=self, queue=queue, defaults={"line": line})


class TokenFactory(DjangoModelFactory):
    """A token of a source; `token.key` is what the telephone system sends."""

    class Meta:
        model = SourceToken

    source = factory.SubFactory(SourceFactory)
    name = "exchange"

    @classmethod
    def _create(cls, model_class, *args, **fields):
        token, key = model_class.objects.create_key(**fields)
        token.key = key
        return token


class CallImportFactory(DjangoModelFactory):
    """An import that is queued; without a file of its own."""

    class Meta:
        model = CallImport

    source = factory.SubFactory(SourceFactory)
    channel = Channel.COMMAND
    file_name = "log.csv"
    sha256 = "0" * 64
    size_bytes = 1
    created_at = ARRIVED_AT
    state = ImportState.QUEUED


def call(id="c1", **facts) -> dict:
    """One call by its canonical names: answered after 10 s on 116 117 unless told otherwise."""
    return {
        "id": id,
        "arrived_at": ARRIVED_AT,
        "queue": "lv_116117",
        "outcome": "answered",
        "wait_seconds": 10,
    } | facts


def calls_frame(*rows: dict) -> pl.DataFrame:
    """Rows as `call` makes them → the frame that a source of calls gives."""
    told = [_row(number, row) for number, row in enumerate(rows, 1)]
    return pl.DataFrame(told, schema=CALLS)


def stored(
    *,
    source: Source,
    rows: list[dict],
    by: CallImport | None = None,
    in_lists: bool = False,
    **limits,
) -> Stored:
    """Store the rows straight away, with hours but no feed; `in_lists`: as a small request."""
    frame = calls_frame(*rows)
    told = FewCalls(frame.to_dict(as_series=False)) if in_lists else frame
    call_import = by or CallImportFactory(source=source, state=ImportState.CANCELLED)
    with transaction.atomic():
        return calls.store(
            batch=Batch(
                calls=lines.with_lines(calls=told, source=source),
                source_id=source.pk,
                central_id=source.central_id,
                import_id=str(call_import.pk),
                **limits,
            )
        )


def canonical_csv(rows: list[dict]) -> bytes:
    """The rows as a file of the profile canonical."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    told = [",".join(_text(row.get(name)) for name in names) for row in rows]
    return "\n".join([",".join(names), *told, ""]).encode()


def canonical_json(rows: list[dict], **members) -> str:
    """The rows as a request of the API."""
    return json.dumps({"calls": rows} | members, default=_text)


def month_figure(
    definition_id: str = DEFAULT_ID, *, central: Central | None = None, **period
) -> IndicatorFigure:
    """The one stored month's figure; `period` are filters on it, such as starts_on."""
    months = IndicatorPeriod.objects.months().filter(**period)
    if central is not None:
        months = months.filter(central=central)
    return IndicatorFigure.objects.get(definition_id=definition_id, period__in=months)


def _row(number: int, row: dict) -> dict:
    told = {name: row.get(name) for name in CALLS if name in row}
    for name in ("wait_seconds", "talk_seconds", "announcement_seconds"):
        if told.get(name) is not None:
            told[name] = Decimal(str(told[name])).quantize(Decimal("0.001"))
    return {
        **told,
        "line": number,
        "external_id": row["id"],
        "arrived_text": row["arrived_at"].isoformat(),
        "time_quality": row.get("time_quality", "exact"),
    }


def _text(value) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return "" if value is None else str(value)
