"""What is searched: which texts of which rows, what a hit is called, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipalities.cooperations.models import Cooperation
from municipalities.history.kinds import KINDS, Kind


@dataclass(frozen=True, kw_only=True)
class Source:
    """`fields` are searched, the first is the title; `address` is the page of a row."""

    kind: Kind
    name: str | Promise
    fields: tuple[str, ...]
    address: Callable[[Cooperation, Any], str]
    related: tuple[str, ...] = ()


def _page(name: str, attribute: str = "pk") -> Callable[[Cooperation, Any], str]:
    """The page of that name, of the cooperation and what the attribute names."""
    return lambda cooperation, row: _way_to(name, cooperation.slug, getattr(row, attribute))


def _participants(cooperation: Cooperation, row: Any) -> str:
    return _way_to("participants", cooperation.slug)


def _document(cooperation: Cooperation, row: Any) -> str:
    return _way_to("document", row.pk)


def _version(cooperation: Cooperation, row: Any) -> str:
    """The version that a clause is of."""
    found = row.version
    return _way_to("agreement_version", cooperation.slug, found.agreement_id, found.number)


def _agreements(cooperation: Cooperation, row: Any) -> str:
    return _way_to("agreements", cooperation.slug)


def _requirements(cooperation: Cooperation, row: Any) -> str:
    return _way_to("competence_requirements", cooperation.slug, row.central.slug)


def _operator(cooperation: Cooperation, row: Any) -> str:
    return _way_to("operator", cooperation.slug, row.central.slug, row.pk)


def _way_to(name: str, *args: Any) -> str:
    """The address; empty while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


SOURCES = (
    Source(
        kind=KINDS["agreement"],
        name=_("Agreements"),
        fields=("title",),
        address=_agreements,
    ),
    Source(
        kind=KINDS["clause"],
        name=_("Clauses of agreements"),
        fields=("heading", "text"),
        address=_version,
        related=("version",),
    ),
    Source(
        kind=KINDS["decision"],
        name=_("Decisions"),
        fields=("title", "case_number", "body", "summary"),
        address=_page("decision"),
    ),
    Source(
        kind=KINDS["hearing"],
        name=_("Hearings"),
        fields=("title", "question", "outcome"),
        address=_page("hearing"),
    ),
    Source(
        kind=KINDS["obligation"],
        name=_("Obligations"),
        fields=("title", "clause"),
        address=_page("obligation"),
    ),
    Source(
        kind=KINDS["participant"],
        name=_("Participants"),
        fields=("municipality__name", "municipality__number", "area"),
        address=_participants,
    ),
    Source(
        kind=KINDS["document"],
        name=_("Documents"),
        fields=("name",),
        address=_document,
    ),
    Source(
        kind=KINDS["competencerequirement"],
        name=_("Required competence"),
        fields=("name", "legal_basis"),
        address=_requirements,
        related=("central",),
    ),
    Source(
        kind=KINDS["operator"],
        name=_("Operators"),
        fields=("label",),
        address=_operator,
        related=("central",),
    ),
)
