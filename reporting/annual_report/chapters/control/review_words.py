"""The yearly review in sentences and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import day, number
from municipalities.models import PointStatus
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.parts import Told, day_of


def sentences(told: Told) -> Iterable[str]:
    """How far the year's review came, when it was signed, and what became of measures."""
    own = _own(told)
    if own is None:
        yield _("No yearly review of the management system for %(year)s is begun.") % {
            "year": told.year
        }
        return
    yield f"{_judged(own)} {_signed(own)}"
    if told.facts["measures"]:
        yield _done(told)
    if councils := told.facts["councils"]:
        yield _(
            "%(part)s of %(whole)s councils are recorded as told of the review of %(year)s."
        ) % {
            "year": told.year,
            "part": number(sum(each["told"] is not None for each in councils)),
            "whole": number(len(councils)),
        }


def notes(told: Told) -> Iterable[str]:
    """What became of the measures of the year before, and whether the review can change."""
    if before := told.facts["before"]:
        said = ngettext(
            "Of %(count)s measure of the review of %(year)s %(done)s is done.",
            "Of %(count)s measures of the review of %(year)s %(done)s are done.",
            before["measures"],
        )
        yield said % {
            "count": number(before["measures"]),
            "year": before["year"],
            "done": number(before["done"]),
        }
    own = _own(told)
    if own and own["signed"] is None:
        yield _("What a review says can change until it is signed.")
    yield beside.as_of(told.read_date)


def is_late(measure: Mapping[str, Any], *, told: Told) -> bool:
    """Whether the measure is not done after its deadline."""
    due = day_of(measure["deadline"])
    return measure["done"] is None and due is not None and due < told.read_date


def _own(told: Told) -> Mapping[str, Any] | None:
    return next((each for each in told.facts["years"] if each["year"] == told.year), None)


def _judged(own: Mapping[str, Any]) -> str:
    counts = own["counts"]
    whole = sum(counts.values())
    return _(
        "In the review of the management system for %(year)s %(judged)s of %(total)s points are"
        " judged: %(good)s in order, %(improve)s can be better, %(lacking)s lacking."
    ) % {
        "year": own["year"],
        "judged": number(whole - counts[PointStatus.OPEN]),
        "total": number(whole),
        "good": number(counts[PointStatus.GOOD]),
        "improve": number(counts[PointStatus.IMPROVE]),
        "lacking": number(counts[PointStatus.LACKING]),
    }


def _signed(own: Mapping[str, Any]) -> str:
    signed = day_of(own["signed"])
    if signed is None:
        return _("The review is not signed.")
    return _("The host's chief executive signed the review on %(day)s.") % {"day": day(signed)}


def _done(told: Told) -> str:
    measures = told.facts["measures"]
    done = sum(each["done"] is not None for each in measures)
    late = sum(is_late(each, told=told) for each in measures)
    said = ngettext(
        "The review of %(year)s has %(count)s measure; %(done)s done, %(late)s late.",
        "The review of %(year)s has %(count)s measures; %(done)s done, %(late)s late.",
        len(measures),
    )
    return said % {
        "year": told.year,
        "count": number(len(measures)),
        "done": number(done),
        "late": number(late),
    }
