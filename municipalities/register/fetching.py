"""Asking Statistics Norway's API (PxWebApi v2) for inhabitants, where the installation may."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings

from legevakt.lib import outgoing
from municipalities.register import json_stat, operations
from municipalities.register.figures import PopulationFile, UnreadablePopulation
from municipalities.register.models import (
    FigureStatus,
    Municipality,
    MunicipalityQuerySet,
    Population,
)

TABLE = "07459"
CONTENTS = "Personer1"
MOST_BYTES = 20 * 1024 * 1024
HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    "User-Agent": "Legevakt/1",
}
OK, BAD_REQUEST, TOO_MANY, SERVER_ERROR = 200, 400, 429, 500

Ask = Callable[..., outgoing.Answer]


class NotFetched(Exception):
    """Nothing was fetched. `code` and `params` are told by words.py; `is_passing` may heal."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params

    @property
    def is_passing(self) -> bool:
        if self.code == "status":
            return int(str(self.params["status"])) >= SERVER_ERROR
        return self.code in ("no_connection", "connection_lost", "timeout", "too_many")


def is_allowed() -> bool:
    """Whether the installation asks Statistics Norway at all."""
    return bool(settings.SSB_API_URL)


def is_settled(counted_date: date) -> bool:
    """Whether every municipality of the day has a final figure, so that nothing need be asked."""
    final = Population.objects.filter(counted_date=counted_date, status=FigureStatus.FINAL)
    return not _municipalities(counted_date).exclude(populations__in=final).exists()


def fetch(
    *,
    counted_date: date,
    today: date,
    revise: bool = False,
    why: str = "",
    ask: Ask = outgoing.ask,
) -> operations.LoadedPopulation:
    """Ask for every municipality of the day, and store the figures. Repeating it does no harm.

    Raises NotFetched; FigureWouldChange, ReasonMissing and FinalStays as `load_population` does.
    """
    if not is_allowed():
        raise NotFetched("off")
    numbers = sorted(set(_municipalities(counted_date).values_list("number", flat=True)))
    if not numbers:
        raise NotFetched("no_municipalities")
    fetched = _asked(numbers=numbers, counted_date=counted_date, ask=ask)
    return operations.load_population(
        figures=fetched.figures,
        source=fetched.source,
        retrieved_date=today,
        revise=revise,
        why=why,
    )


def _asked(*, numbers: Sequence[str], counted_date: date, ask: Ask) -> PopulationFile:
    try:
        answer = ask(
            url=f"{settings.SSB_API_URL}/tables/{TABLE}/data?lang=no&outputFormat=json-stat2",
            body=json.dumps(_selection(numbers=numbers, year=counted_date.year)).encode(),
            headers=HEADERS,
            most_bytes=MOST_BYTES,
            may_be_private=settings.SSB_API_MAY_BE_PRIVATE,
        )
    except (outgoing.AddressRefused, outgoing.NotReached) as error:
        raise NotFetched(error.code) from error
    _check(answer.status)
    try:
        return json_stat.read(answer.body, counted_date=counted_date)
    except UnreadablePopulation as error:
        raise NotFetched("unreadable", error=error) from error


def _selection(*, numbers: Sequence[str], year: int) -> dict[str, object]:
    """The question: the total of each number, without sex and age, in one year."""
    chosen = {"Region": list(numbers), "Tid": [str(year)], "ContentsCode": [CONTENTS]}
    return {
        "selection": [
            {"variableCode": name, "valueCodes": values} for name, values in chosen.items()
        ]
    }


def _municipalities(counted_date: date) -> MunicipalityQuerySet:
    """Those of the day; of the register's first day, where it begins later."""
    begins = Municipality.objects.order_by("valid_from").values_list("valid_from", flat=True)
    return Municipality.objects.valid_on(max(counted_date, begins.first() or counted_date))


def _check(status: int) -> None:
    if status == OK:
        return
    codes = {BAD_REQUEST: "not_published", TOO_MANY: "too_many"}
    raise NotFetched(codes.get(status, "status"), status=status)
