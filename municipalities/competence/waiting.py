"""What is to be done about the operators, in sentences that name none of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.urls import reverse
from django.utils.translation import ngettext

from municipalities.centrals.models import Central
from municipalities.competence.standings import Standing
from municipalities.cooperations.models import Cooperation
from municipalities.todo import Todo


def todos(operators: Iterable[Standing], *, cooperation: Cooperation) -> list[Todo]:
    """At most four a central, the centrals by name. Reads nothing more."""
    found = sorted(operators, key=lambda each: _place(each.operator.central))
    waits: list[Todo] = []
    for central, group in groupby(found, key=lambda each: each.operator.central):
        url = reverse("competence", args=[cooperation.slug, central.slug])
        waits += _todos(list(group), url=url, name=central.name)
    return waits


def _place(central: Central) -> tuple[str, int]:
    return central.name, central.pk


def _todos(operators: list[Standing], *, url: str, name: str) -> list[Todo]:
    lacking = [each for each in operators if each.lacking]
    days = [held.expires for each in operators for held in each.to_renew if held.state.is_fulfilled]
    talks = [each.due_date for each in operators if each.is_late or each.is_soon]
    unpaired = sum(each.needs_mentor for each in operators)
    told = (
        (_lacking(len(lacking)), len(lacking), None),
        (_expiring(len(days)), len(days), min(filter(None, days), default=None)),
        (_talks(len(talks)), len(talks), min(talks, default=None)),
        (_unpaired(unpaired), unpaired, None),
    )
    return [
        Todo(text=text % {"count": count, "central": name}, url=url, due_date=due)
        for text, count, due in told
        if count
    ]


def _lacking(count: int) -> str:
    return ngettext(
        "%(count)s operator at %(central)s lacks required competence",
        "%(count)s operators at %(central)s lack required competence",
        count,
    )


def _expiring(count: int) -> str:
    return ngettext(
        "%(count)s course of an operator at %(central)s expires within 60 days",
        "%(count)s courses of operators at %(central)s expire within 60 days",
        count,
    )


def _talks(count: int) -> str:
    return ngettext(
        "%(count)s operator at %(central)s is due for follow-up",
        "%(count)s operators at %(central)s are due for follow-up",
        count,
    )


def _unpaired(count: int) -> str:
    return ngettext(
        "%(count)s inexperienced operator at %(central)s has no mentor",
        "%(count)s inexperienced operators at %(central)s have no mentor",
        count,
    )
