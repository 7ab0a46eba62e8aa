"""What is searched: which texts of which rows, what a hit is called, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipalities.agreements.presenters import version_name
from municipalities.cooperations.models import Cooperation
from municipalities.history.kinds import KINDS, Kind
from municipalities.obligations import words as obligation_words


@dataclass(frozen=True, kw_only=True)
class Source:
    """`fields` are searched, the first is the title; `address` is the page of a row.

    `of` says what a row belongs to, where rows of different ones are called alike.
    Where texts are stored in English and translated when they are shown, `told` translates one,
    and `told_with` gives those whose translations have what is searched for.
    """

    kind: Kind
    name: str | Promise
    fields: tuple[str, ...]
    address: Callable[[Cooperation, Any], str]
    related: tuple[str, ...] = ()
    of: Callable[[Any], str] = lambda _row: ""
    told: Callable[[str], str] = str
    told_with: Callable[[str], Collection[str]] = lambda _text: ()


def _page(name: str, attribute: str = "pk") -> Callable[[Cooperation, Any], str]:
    """The page of that name, of the cooperation and what the attribute names."""
    return lambda cooperation, row: reverse(name, args=[cooperation.slug, getattr(row, attribute)])


def _participants(cooperation: Cooperation, row: Any) -> str:
    return reverse("participants", args=[cooperation.slug])


def _document(cooperation: Cooperation, row: Any) -> str:
    return reverse("document", args=[row.pk])


def _version(cooperation: Cooperation, row: Any) -> str:
    """The version that a clause is of."""
    found = row.version
    return reverse("agreement_version", args=[cooperation.slug, found.agreement_id, found.number])


def _agreements(cooperation: Cooperation, row: Any) -> str:
    return reverse("agreements", args=[cooperation.slug])


def _requirements(cooperation: Cooperation, row: Any) -> str:
    return reverse("competence_requirements", args=[cooperation.slug, row.central.slug])


def _operator(cooperation: Cooperation, row: Any) -> str:
    return reverse("operator", args=[cooperation.slug, row.central.slug, row.pk])


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
        related=("version__agreement",),
        of=lambda clause: version_name(clause.version),
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
        told=obligation_words.told,
        told_with=obligation_words.told_with,
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
