"""Where in the list of figures a page begins: after a central, a time and a definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from callstats.figures_api.spans import FIRST_DAY, HOUR, LAST_DAY
from callstats.imports.paging import packed, unpacked
from callstats.indicators.definitions import all_definitions
from legevakt.lib.parameters import WrongCursor
from municipalities.models import Central


@dataclass(frozen=True)
class Place:
    """A figure's place: central by slug, then when it begins, then definition by id."""

    central: str
    begins: date | datetime
    definition: str


def cursor_of(place: Place) -> str:
    """The word that says so."""
    return packed(f"{place.central} {place.begins.isoformat()} {place.definition}")


def place_at(cursor: str | None, *, step: str, centrals: Sequence[Central]) -> Place | None:
    """The place that the cursor says, in a list of these centrals. Raises WrongCursor."""
    if cursor is None:
        return None
    central, _space, rest = unpacked(cursor).partition(" ")
    begins, _space, definition = rest.partition(" ")
    is_known = definition in all_definitions() and central in {each.slug for each in centrals}
    if not is_known:
        raise WrongCursor
    return Place(central, _begins(begins, step), definition)


def _begins(text: str, step: str) -> date | datetime:
    try:
        if step != HOUR:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongCursor from None
    if moment.tzinfo is None or not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise WrongCursor
    return moment.astimezone(UTC)
