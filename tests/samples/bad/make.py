"""Write the bad files and cases.json: python -m tests.samples.bad.make, from the checkout."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.samples.bad.making import (
    aggregates,
    canonical,
    puzzel,
    queue_log,
    queue_table,
    table_json,
    tables,
    telia,
    threecx,
    workbooks,
)
from tests.samples.bad.making.cases import Case

HERE = Path(__file__).parent
INDEX = HERE / "cases.json"
NOW = "2025-11-10T12:00:00+00:00"
MAKERS = (
    queue_log,
    queue_table,
    threecx,
    puzzel,
    telia,
    tables,
    table_json,
    workbooks,
    canonical,
    aggregates,
)
MAPPINGS: dict[str, object] = {
    name: mapping
    for maker in (threecx, puzzel, tables, table_json, workbooks)
    for name, mapping in maker.MAPPINGS.items()
}


def every_case() -> list[Case]:
    """All of them, in the order of the index."""
    return [case for maker in MAKERS for case in maker.cases()]


def index() -> str:
    """The text of cases.json."""
    told = [case.told() for case in every_case()]
    content = {"now": NOW, "mappings": MAPPINGS, "cases": told}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    cases = every_case()
    for profile in {case.profile for case in cases}:
        shutil.rmtree(HERE / profile, ignore_errors=True)
    for case in cases:
        path = HERE / case.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.data)
    INDEX.write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
