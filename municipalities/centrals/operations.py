"""Keeping the register of a central's public numbers, and of whom it answers for."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import transaction

from municipalities.centrals.models import Central, PublicNumber, ServedMunicipality
from municipalities.centrals.rules import digits_of
from municipalities.register.models import Municipality


@transaction.atomic
def add_number(
    *, central: Central, line_class: str, number: str, valid_from: date | None
) -> PublicNumber:
    """A number that the central answers from a day, or since before the register was kept.

    Raises NumberError. The database refuses a number that is listed.
    """
    return PublicNumber.objects.create(
        central=central,
        line_class=line_class,
        number=digits_of(number, line_class=line_class),
        valid_from=valid_from,
    )


@transaction.atomic
def change_number(
    *,
    line: PublicNumber,
    valid_from: date | None,
    valid_to: date | None,
    reason: str,
    number: str = "",
) -> PublicNumber:
    """Tell anew when it is in use; it is never deleted, for calls point to it.

    `number` is taken only where none was known. Raises NumberError.
    """
    with pghistory.context(reason=reason):
        if number and not line.number:
            line.number = digits_of(number, line_class=line.line_class)
        line.valid_from, line.valid_to = valid_from, valid_to
        line.save(update_fields=["number", "valid_from", "valid_to"])
    return line


@transaction.atomic
def serve(
    *,
    central: Central,
    municipality: Municipality,
    area: str,
    valid_from: date,
    valid_to: date | None,
) -> ServedMunicipality:
    """The central answers for the municipality, or a part of it, from the one day to the other.

    The database refuses a municipality that another central answers for, and a number that ended.
    """
    return ServedMunicipality.objects.create(
        central=central,
        municipality=municipality,
        area=area.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def change_service(
    *,
    served: ServedMunicipality,
    municipality: Municipality,
    area: str,
    valid_from: date,
    valid_to: date | None,
    reason: str,
) -> ServedMunicipality:
    """Tell it anew: an end, or what was written wrong."""
    with pghistory.context(reason=reason):
        served.municipality, served.area = municipality, area.strip()
        served.valid_from, served.valid_to = valid_from, valid_to
        served.save(update_fields=["municipality", "area", "valid_from", "valid_to"])
    return served
