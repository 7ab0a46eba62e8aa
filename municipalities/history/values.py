"""A stored value as a person reads it: never a key, never a date in figures alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from legevakt.lib.words import day, moment, number
from municipalities.access.models import Membership
from municipalities.access.rules import Role
from municipalities.access.words import ROLE_NAMES
from municipalities.agreements.models import AgreementVersion
from municipalities.agreements.presenters import version_name
from municipalities.centrals.models import RequirementCheck, RequirementPlan
from municipalities.centrals.words import TITLES
from municipalities.history.kinds import KINDS
from municipalities.history.words import FIELD_NAMES, UNTOLD
from municipalities.obligations.models import Due, Obligation
from municipalities.obligations.words import told

NOTHING = "–"
ROLE_FIELDS = frozenset({"responsible", "role"})
LEAP_YEAR = 2024

Names = Mapping[tuple[type[Model], Any], str]


def told_fields(model: type[Model]) -> list[Field]:
    """The fields that a history tells of, in the model's order."""
    return [field for field in model._meta.concrete_fields if field.name not in UNTOLD]


def field_name(field: Field) -> str:
    """What the field is called on the pages."""
    own = field.verbose_name
    return str(own if isinstance(own, Promise) else FIELD_NAMES[field.name])


def name_of(thing: Model) -> str:
    """What the thing is called on the pages."""
    if isinstance(thing, Membership):
        return f"{thing.user} · {ROLE_NAMES[Role(thing.role)]}"
    if isinstance(thing, AgreementVersion):
        return version_name(thing)
    if isinstance(thing, Obligation):
        return told(thing.title)
    if isinstance(thing, Due):
        return f"{told(thing.obligation.title)} {thing.year}/{thing.number}"
    if isinstance(thing, RequirementPlan):
        return _requirement(thing.requirement)
    if isinstance(thing, RequirementCheck):
        return f"{_requirement(thing.plan.requirement)} {day(thing.checked_date)}"
    return str(thing)


def names_of(values: Iterable[tuple[Field, Any]]) -> Names:
    """What the foreign keys among the values stand for; one query for each model."""
    wanted: dict[type[Model], set] = defaultdict(set)
    for field, value in values:
        if isinstance(field, ForeignKey) and value is not None:
            wanted[field.related_model].add(value)
    return {
        (model, pk): name_of(row)
        for model, pks in wanted.items()
        for pk, row in _rows(model).in_bulk(pks).items()
    }


def in_words(field: Field, value: Any, *, names: Names) -> str:
    """The value in the language of the page."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), _("something that is deleted"))
    if field.choices:
        return _chosen(field, value)
    if isinstance(value, list):
        return "; ".join(_day_of_year(each) or told(str(each)) for each in value)
    if field.name == "requirement":
        return _requirement(value)
    return _plain(value)


def _rows(model: type[Model]):
    kind = KINDS.get(str(model._meta.model_name))
    rows = model._default_manager.all()
    return rows.select_related(*kind.named_by) if kind and kind.named_by else rows


def _chosen(field: Field, value: str) -> str:
    if field.name in ROLE_FIELDS and value in set(Role):
        return str(ROLE_NAMES[Role(value)])
    return str(dict(field.flatchoices).get(value, value))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, Decimal) else told(str(value))


def _requirement(key: str) -> str:
    """A requirement of the checklist; one that the list has no more is told by its key."""
    return str(TITLES.get(key, key))


def _day_of_year(value: str) -> str:
    """03-01 as 1 March; empty for anything else."""
    try:
        found = parse_date(f"{LEAP_YEAR}-{value}")
    except ValueError:
        return ""
    return date_format(found, "MONTH_DAY_FORMAT") if found else ""
