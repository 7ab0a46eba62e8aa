"""What can be wrong in a file of national figures: its schema, and what no schema can say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "national.schema.json").read_text(encoding="utf-8"))
)
FACTS = ("target_met", "percent", "calls", "centrals", "centrals_met", "spread")


def problems(content: Any) -> Iterator[str]:
    """Every fault with its place: the schema's, or else what no schema can say."""
    errors = sorted(SCHEMA.iter_errors(content), key=lambda error: list(map(str, error.path)))
    for error in errors:
        closest = best_match([error]) or error
        place = "/".join(map(str, closest.absolute_path)) or "the file"
        yield f"{place}: {closest.message}"
    if errors:
        return
    yield from _wrong_lists(content)
    for year in content["years"]:
        for problem in _wrong_year(year, content=content):
            yield f"{year['year']}: {problem}"
    yield from _wrong_whole(content)


def _wrong_lists(content: Mapping[str, Any]) -> Iterator[str]:
    ids = [source["id"] for source in content["sources"]]
    yield from (f"sources: {each} stands twice" for each in _twice(ids))
    years = [year["year"] for year in content["years"]]
    yield from (f"years: {each} stands twice" for each in _twice(years))
    if years != sorted(years):
        yield "years: are not in order"
    if (content["reviewer"] is None) != (content["reviewed_on"] is None):
        yield "reviewed_on: a review has a person and a day"
    days = [source["published_on"] for source in content["sources"]] + [content["reviewed_on"]]
    yield from (f"{day}: is no day" for day in days if day and not _is_day(day))


def _wrong_year(year: Mapping[str, Any], *, content: Mapping[str, Any]) -> Iterator[str]:
    known = {source["id"] for source in content["sources"]}
    for place, fact in _facts(year):
        if fact["is_verified"] and not fact["sources"]:
            yield f"{place}: what is verified has a source"
        for source in fact["sources"]:
            if source not in known:
                yield f"{place}: the source {source} is not listed"
    names = [named["name"] for named in year["named"]]
    yield from (f"named: {name} stands twice" for name in _twice(names))
    yield from _wrong_calls(year)
    yield from _wrong_target(year, target=content["target_percent"])
    yield from _wrong_centrals(year)


def _wrong_calls(year: Mapping[str, Any]) -> Iterator[str]:
    if year["calls"] is None:
        return
    least, most = (year["calls"]["value"][name] for name in ("at_least", "at_most"))
    if least is None and most is None:
        yield "calls: no number is known; write null"
    elif least is not None and most is not None and least > most:
        yield "calls: at_least is more than at_most"


def _wrong_target(year: Mapping[str, Any], *, target: int) -> Iterator[str]:
    if year["percent"] is None or year["target_met"] is None:
        return
    if (year["percent"]["value"] >= target) != year["target_met"]["value"]:
        yield "target_met: does not follow from the percentage"


def _wrong_centrals(year: Mapping[str, Any]) -> Iterator[str]:
    """Those that met the target and the spread of the others make up all of them."""
    spread = year["spread"]["value"] if year["spread"] else []
    for part in spread:
        if part["from_percent"] > part["to_percent"]:
            yield "spread: from_percent is more than to_percent"
    if spread and not _has_centrals(year):
        yield "spread: the others are of a number of centrals, of which a number met the target"
    count = year["centrals_met"]["value"]["count"] if year["centrals_met"] else None
    whole = year["centrals"]["value"] if year["centrals"] else None
    if count is None or whole is None:
        return
    told = count + sum(part["centrals"] for part in spread)
    if told > whole or (spread and told != whole):
        yield f"centrals: {told} are told of, and there are {whole}"


def _wrong_whole(content: Mapping[str, Any]) -> Iterator[str]:
    """The annual report names the latest year with a percentage and the years of the target."""
    with_percent = [year for year in content["years"] if year["percent"]]
    if not with_percent:
        yield "years: none has a percentage"
    elif not _has_centrals(with_percent[-1]):
        yield f"{with_percent[-1]['year']}: the latest percentage needs its numbers of centrals"
    last = content["years"][-1]["target_met"]
    if last is None or last["value"]:
        yield "years: the last must say that the target was not met, as the report's words do"


def _has_centrals(year: Mapping[str, Any]) -> bool:
    met = year["centrals_met"]
    return year["centrals"] is not None and met is not None and met["value"]["count"] is not None


def _facts(year: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from ((name, year[name]) for name in FACTS if year[name] is not None)
    yield from ((f"named/{each['name']}", each) for each in year["named"])


def _twice(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
