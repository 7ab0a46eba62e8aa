"""The page of a form about costs; what cannot be shared or is refused is told by its room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from municipalities import form_pages
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused
from municipalities.form_pages import answer_of

__all__ = ["TEMPLATE", "Told", "answer_of", "form_page"]

Told = Callable[[Refused | CannotAllocate], str]
TEMPLATE = "municipalities/costs/form.html"


def form_page(
    request: HttpRequest,
    *,
    told: Told,
    refusals: Mapping[str, str | Promise] | None = None,
    template: str = TEMPLATE,
    **asked: Any,
) -> HttpResponse:
    """As every form page; `told` has the words of the room, `refusals` those of the database."""
    return form_pages.form_page(
        request,
        words=refusals or {},
        errors=(Refused, CannotAllocate),
        told=partial(_of_no_field, told=told),
        template=template,
        **asked,
    )


def _of_no_field(error: Refused | CannotAllocate, *, told: Told) -> tuple[str, str]:
    return "", told(error)
