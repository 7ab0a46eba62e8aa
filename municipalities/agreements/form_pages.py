"""The page of a form about agreements."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from municipalities import form_pages
from municipalities.agreements import refusals
from municipalities.agreements.rules import AgreementError
from municipalities.form_pages import answer_of

__all__ = ["answer_of", "form_page"]

TEMPLATE = "municipalities/agreements/form.html"


def form_page(request: HttpRequest, **asked: Any) -> HttpResponse:
    """As every form page, with the words of agreements."""
    return form_pages.form_page(
        request,
        words=refusals.REFUSALS,
        errors=(AgreementError,),
        told=_told,
        template=TEMPLATE,
        **asked,
    )


def _told(error: AgreementError) -> tuple[str | None, str]:
    return refusals.field_of(error), refusals.error(error)
