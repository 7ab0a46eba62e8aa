"""The switches in the query of a request; a word that is not known is not guessed at."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from callstats.imports.api_errors import InvalidParameter

PARTIAL, ATOMIC = "partial", "atomic"
SWITCHES = ("mode", "dry_run")
NAME_SHOWN = 40


@dataclass(frozen=True)
class Switches:
    """How a body is to be taken: all rows or none, and whether only to look."""

    is_atomic: bool
    is_dry_run: bool


def switches_of(request) -> Switches:
    """`?mode=partial|atomic` and `?dry_run=true|false`; raises InvalidParameter."""
    mode = one_of(request, "mode", (PARTIAL, ATOMIC), default=PARTIAL)
    dry_run = one_of(request, "dry_run", ("false", "true"), default="false")
    return Switches(is_atomic=mode == ATOMIC, is_dry_run=dry_run == "true")


def only_known(request, names: tuple[str, ...]) -> None:
    """A misspelt switch does not store what was only to be looked at; raises InvalidParameter."""
    unknown = sorted(set(request.query_params) - set(names))
    if unknown:
        shown = {"name": unknown[0][:NAME_SHOWN], "known": ", ".join(names)}
        raise InvalidParameter(_("%(name)s is no parameter here. Known: %(known)s.") % shown)


def one_of(request, name: str, allowed: tuple[str, ...], *, default: str) -> str:
    """The parameter's word, when it is an allowed one; raises InvalidParameter."""
    value = request.query_params.get(name, default)
    if value not in allowed:
        shown = {"name": name, "allowed": ", ".join(allowed)}
        raise InvalidParameter(_("%(name)s: write one of %(allowed)s.") % shown)
    return value


def whole_number(request, name: str, *, default: int, highest: int) -> int:
    """The parameter's number, 1 to `highest`; raises InvalidParameter."""
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 0 < int(text) <= highest):
        shown = {"name": name, "highest": highest}
        raise InvalidParameter(_("%(name)s: write a number from 1 to %(highest)s.") % shown)
    return int(text)
