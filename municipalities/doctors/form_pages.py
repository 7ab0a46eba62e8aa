"""The page of a form about the doctors' duty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from municipalities import form_pages
from municipalities.doctors import words
from municipalities.doctors.rules import ExemptionFault
from municipalities.form_pages import answer_of

__all__ = ["answer_of", "form_page"]

TEMPLATE = "municipalities/doctors/form.html"


def form_page(
    request: HttpRequest, *, run: Callable[[], object], template: str = TEMPLATE, **asked: Any
) -> HttpResponse:
    """As every form page, with the words of the duty; whatever `run` gives, it goes back."""

    def run_and_go_back() -> None:
        run()

    return form_pages.form_page(
        request,
        run=run_and_go_back,
        words=words.DATABASE,
        errors=(ExemptionFault,),
        told=_told,
        template=template,
        **asked,
    )


def _told(fault: ExemptionFault) -> tuple[str | None, str]:
    return fault.field, str(words.FAULTS[fault.code])
