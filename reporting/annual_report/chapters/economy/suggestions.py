"""Sentences about the economy that whoever writes the chapter may take."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from legevakt.lib.words import kroner
from reporting.annual_report.chapters.chapter import Figures, own_facts
from reporting.annual_report.chapters.economy import words
from reporting.annual_report.chapters.economy.amounts import (
    Facts,
    amount,
    is_whole,
    net,
    year_in,
)

NOUGHT = Decimal(0)


def suggestions(figures: Figures) -> tuple[str, ...]:
    """Of each pool: the costs, the revenue, and the settlement."""
    facts = own_facts(figures, "economy")
    if facts is None:
        return ()
    return tuple(
        sentence
        for pool in facts["pools"]
        for sentence in _of_pool(pool, year_in(pool, facts["year"]), year=facts["year"])
    )


def _of_pool(pool: Facts, of_year: Facts | None, *, year: int) -> list[str]:
    told = {"pool": pool["name"], "year": year}
    if of_year is None:
        return []
    return [*_costs(of_year, told), *_revenue(of_year, told), *_settled(of_year, told)]


def _costs(of_year: Facts, told: dict) -> list[str]:
    deviation = net(of_year, "deviation")
    if deviation is None or not is_whole(of_year):
        return []
    told = told | {"amount": kroner(abs(deviation))}
    if deviation > 0:
        text = _("In %(year)s %(pool)s cost %(amount)s kr more than budgeted.")
    elif deviation < 0:
        text = _("In %(year)s %(pool)s cost %(amount)s kr less than budgeted.")
    else:
        text = _("In %(year)s %(pool)s cost what was budgeted.")
    return [text % told]


def _revenue(of_year: Facts, told: dict) -> list[str]:
    deviation = words.revenue_deviation(of_year)
    if not deviation or not is_whole(of_year):
        return []
    told = told | {"amount": kroner(abs(deviation))}
    if deviation > 0:
        return [_("The own revenue of %(pool)s was %(amount)s kr above the budget.") % told]
    return [_("The own revenue of %(pool)s was %(amount)s kr below the budget.") % told]


def _settled(of_year: Facts, told: dict) -> list[str]:
    if of_year["settlement"] is None:
        return [_("The settlement of %(pool)s for %(year)s is not made yet.") % told]
    if not words.is_final(of_year):
        return [_("The settlement of %(pool)s for %(year)s is not final yet.") % told]
    return _rests([amount(each["rest"]) or NOUGHT for each in of_year["municipalities"]], told)


def _rests(rests: list[Decimal], told: dict) -> list[str]:
    """What is left to pay, and what is paid back: apart, since one does not pay the other."""
    more = sum((each for each in rests if each > 0), NOUGHT)
    back = -sum((each for each in rests if each < 0), NOUGHT)
    sentences = []
    if more:
        text = _("By the final settlement of %(pool)s %(amount)s kr is left to pay.")
        sentences.append(text % (told | {"amount": kroner(more)}))
    if back:
        text = _("By the final settlement of %(pool)s %(amount)s kr is to be paid back.")
        sentences.append(text % (told | {"amount": kroner(back)}))
    nothing = _("By the final settlement of %(pool)s nothing is left to pay.") % told
    return sentences or [nothing]
