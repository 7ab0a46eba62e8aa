"""Inhabitants for the tests."""

from datetime import date

from municipalities.register.models import FigureStatus, Municipality, Population

SSB = "Statistisk sentralbyrå, tabell 07459 (CC BY 4.0)"


def counted(
    municipality: Municipality,
    counted_date: date,
    inhabitants: int,
    *,
    status: FigureStatus = FigureStatus.FINAL,
    retrieved_date: date = date(2025, 3, 1),
) -> Population:
    """So many live in the municipality on the day."""
    return Population.objects.create(
        municipality=municipality,
        counted_date=counted_date,
        inhabitants=inhabitants,
        status=status,
        source=SSB,
        retrieved_date=retrieved_date,
    )
