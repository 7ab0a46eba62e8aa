"""What a request asks of the figures; a word that is not known is not guessed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request

from callstats.figures_api.answers import FIELDS
from callstats.figures_api.api_errors import UnknownField, UnknownIndicator
from callstats.figures_api.places import Place, place_at
from callstats.figures_api.spans import STEPS, STORED_STEPS, span_of
from callstats.indicators.definitions import DEFAULT_ID, Definition, all_definitions
from callstats.periods.models import PeriodState
from legevakt.lib.parameters import NAME_SHOWN, InvalidParameter, one_of, whole_number
from legevakt.lib.periods import Period
from municipalities.models import Central

PARAMETERS = (
    *("central", "definition", "step", "from", "to"),
    *("state", "fields", "limit", "cursor"),
)
ANY = "any"
EVERY_DEFINITION = "all"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which figures, how much of each, and after which place; `state` empty: any."""

    centrals: Sequence[Central]
    definitions: Sequence[Definition]
    step: str
    period: Period
    state: str
    fields: Sequence[str]
    limit: int
    after: Place | None

    @property
    def is_stored(self) -> bool:
        """Whether the figures are kept; days and hours are counted when asked for."""
        return self.step in STORED_STEPS

    @property
    def centrals_left(self) -> Sequence[Central]:
        """Those that the pages before have not come past; the first one perhaps in part."""
        if self.after is None:
            return self.centrals
        slugs = [central.slug for central in self.centrals]
        return self.centrals[slugs.index(self.after.central) :]


def question_of(request: Request, *, centrals: Sequence[Central], today: date) -> Question:
    """What the query of the request asks; `centrals` are those the asker may see, by slug.

    Raises Http404 for a central that is none of them, and the problems of api_errors.
    """
    step = one_of(request, "step", STEPS, default=STEPS[0])
    chosen = _centrals(request, centrals)
    return Question(
        centrals=chosen,
        definitions=_definitions(request),
        step=step,
        period=span_of(
            step,
            begin=request.query_params.get("from"),
            end=request.query_params.get("to"),
            today=today,
        ),
        state=_state(request, step),
        fields=_fields(request),
        limit=whole_number(request, "limit", default=100, highest=1000),
        after=place_at(request.query_params.get("cursor"), step=step, centrals=chosen),
    )


def _centrals(request: Request, centrals: Sequence[Central]) -> Sequence[Central]:
    slug = request.query_params.get("central")
    if slug is None:
        return centrals
    return [central_named(slug, among=centrals)]


def central_named(slug: str, *, among: Sequence[Central]) -> Central:
    """The central, when it is one of those the asker may see; raises Http404."""
    for central in among:
        if central.slug == slug:
            return central
    raise Http404


def _definitions(request: Request) -> list[Definition]:
    """In the order of their ids, each once."""
    known = all_definitions()
    asked = _words(request, "definition") or [DEFAULT_ID]
    if EVERY_DEFINITION in asked:
        asked = list(known)
    for name in asked:
        if name not in known:
            shown = {"name": name[:NAME_SHOWN], "known": ", ".join(known)}
            raise UnknownIndicator(_("definition: there is no %(name)s. Known: %(known)s.") % shown)
    return [known[name] for name in sorted(set(asked))]


def _state(request: Request, step: str) -> str:
    state = one_of(request, "state", (ANY, *PeriodState.values), default=ANY)
    if state == ANY:
        return ""
    if step not in STORED_STEPS:
        raise InvalidParameter(_("state: only months and years have a state."))
    return state


def _fields(request: Request) -> Sequence[str]:
    """In the order that figures have them."""
    asked = _words(request, "fields") or FIELDS
    for name in asked:
        if name not in FIELDS:
            shown = {"name": name[:NAME_SHOWN], "known": ", ".join(FIELDS)}
            raise UnknownField(_("fields: there is no %(name)s. Known: %(known)s.") % shown)
    return [name for name in FIELDS if name in asked]


def _words(request: Request, name: str) -> list[str]:
    """The words between the commas of a parameter; none where it is not given."""
    text = request.query_params.get(name)
    return [] if text is None else [word.strip() for word in text.split(",")]
