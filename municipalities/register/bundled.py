"""The register's files that come with the program (data/ATTRIBUTION.md)."""

from datetime import date
from pathlib import Path

from municipalities.register import population_files, readers

DATA = Path(__file__).parent / "data"
COUNTED_DATE = date(2024, 1, 1)
RETRIEVED_DATE = date(2026, 11, 21)


def register() -> readers.Register:
    """All municipalities valid from 1 January 2024."""
    return readers.match(
        numbers=readers.klass_numbers(_content("klass_131_kommuner_2024_latin1.csv")),
        newer=readers.list_of_2026(_content("kommuner_navn_fylke_maalform_2026.csv")),
        older=readers.norge_data(_content("norske_kommuner_folketall_2024.json")),
    )


def population() -> population_files.PopulationFile:
    """Inhabitants on 1 January 2024."""
    return population_files.read_norge_data(
        _content("norske_kommuner_folketall_2024.json"), counted_date=COUNTED_DATE
    )


def _content(name: str) -> bytes:
    return (DATA / name).read_bytes()
