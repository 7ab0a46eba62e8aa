"""Bad files of the profile table: delimited text with a mapping."""

from __future__ import annotations

from tests.samples.bad.making import anything, table_mappings, table_rows, table_torn
from tests.samples.bad.making.cases import Case, lines, of_profile
from tests.samples.bad.making.table_mappings import MAPPINGS
from tests.samples.bad.making.table_rows import GOOD, NORWEGIAN

__all__ = ["GOOD", "MAPPINGS", "NORWEGIAN", "PROFILE", "cases"]

PROFILE = "table"


def cases() -> list[Case]:
    good = lines(*GOOD)
    login = {"code": "missing_columns", "place": {"line": 1}}
    packed = anything.zip_of(good, code="archive_not_supported")
    everything = (*table_rows.facts(), *table_torn.facts())
    return [
        *anything.for_profile(PROFILE, good=good, mapping="norwegian", login=login),
        *of_profile(PROFILE, packed, mapping="norwegian"),
        *of_profile(PROFILE, *everything, mapping="norwegian"),
        *of_profile(PROFILE, *table_mappings.facts()),
    ]
