"""The parameters in an address of the API; a word that is not known is not guessed at."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request

from legevakt.lib.problems import Problem

NAME_SHOWN = 40


class InvalidParameter(Problem):
    """400: a parameter holds a word that is not guessed at."""

    status_code = 400
    code = "invalid_parameter"
    title = gettext_lazy("A parameter of the address has a value it cannot have.")


class WrongCursor(InvalidParameter):
    """400: the cursor was not given by this list."""

    def __init__(self) -> None:
        super().__init__(_("cursor: send the one that the page before gave, or none."))


def only_known(request: Request, names: tuple[str, ...]) -> None:
    """A misspelt switch does not store what was only to be looked at; raises InvalidParameter."""
    unknown = sorted(set(request.query_params) - set(names))
    if unknown:
        shown = {"name": unknown[0][:NAME_SHOWN], "known": ", ".join(names)}
        raise InvalidParameter(_("%(name)s is no parameter here. Known: %(known)s.") % shown)


def one_of(request: Request, name: str, allowed: tuple[str, ...], *, default: str) -> str:
    """The parameter's word, when it is an allowed one; raises InvalidParameter."""
    value = request.query_params.get(name, default)
    if value not in allowed:
        shown = {"name": name, "allowed": ", ".join(allowed)}
        raise InvalidParameter(_("%(name)s: write one of %(allowed)s.") % shown)
    return value


def whole_number(request: Request, name: str, *, default: int, highest: int) -> int:
    """The parameter's number, 1 to `highest`; raises InvalidParameter."""
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 0 < int(text) <= highest):
        shown = {"name": name, "highest": highest}
        raise InvalidParameter(_("%(name)s: write a number from 1 to %(highest)s.") % shown)
    return int(text)
