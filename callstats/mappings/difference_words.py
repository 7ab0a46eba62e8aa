"""What a version changed, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from callstats.calls.models import ForwardedTo, Outcome
from callstats.mappings import masking, words
from callstats.mappings.differences import Difference

_NAMED: dict[str, dict[str, Any]] = {
    "encoding": words.ENCODINGS,
    "delimiter": words.DELIMITERS,
    "decimal": words.DECIMALS,
    "duration_unit": words.UNITS,
    "short_clock": words.SHORT_CLOCKS,
    "kind": words.KINDS,
    "wait": words.WAITS,
    "outcomes": dict(Outcome.choices),
    "forwarded": dict(ForwardedTo.choices),
    "date_order": words.ORDERS,
}


def difference_row(difference: Difference) -> list[str]:
    """What, before, now."""
    return [
        _what(difference),
        _told(difference.key, difference.before),
        _told(difference.key, difference.after),
    ]


def _what(difference: Difference) -> str:
    key = str(words.KEYS.get(difference.key, difference.key))
    if difference.entry is None:
        return key
    if difference.key == "columns":
        entry = _("id of the call") if difference.entry == "id" else difference.entry
        return f"{key}: {words.ROLES.get(difference.entry, entry)}"
    return f"{key}: «{masking.shown(difference.entry)}»"


def _told(key: str, value: Any) -> str:
    """A value in words; a dash where there is none."""
    if value is None:
        return "–"
    if key == "filters":
        return "; ".join(map(_filter, value))
    if key == "time_formats":
        return " / ".join(map(words.format_words, value))
    if isinstance(value, list):
        return " + ".join(str(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {each}" for name, each in value.items())
    return str(_NAMED.get(key, {}).get(value, value))


def _filter(given: dict[str, Any]) -> str:
    test = next(each for each in words.TESTS if each in given)
    value = given[test]
    listed = value if isinstance(value, str) else "; ".join(map(masking.shown, value))
    return f"{given['column']}: {words.TESTS[test]} {listed}"
