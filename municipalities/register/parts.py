"""Men and women, and ages: whether parts together are everybody, and nobody twice. No Django."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Sex(StrEnum):
    MEN = "men"
    WOMEN = "women"


class Ages(NamedTuple):
    """From the first year of age to the last one; `last` is None for «and older»."""

    first: int
    last: int | None

    @property
    def name(self) -> str:
        """
        >>> Ages(0, 0).name, Ages(0, 4).name, Ages(105, None).name
        ('0', '0–4', '105+')
        """
        if self.last is None:
            return f"{self.first}+"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class Part(NamedTuple):
    """Whom a count is of; None stands for both sexes, and for all ages."""

    sex: Sex | None
    ages: Ages | None


class Fault(NamedTuple):
    """Why the parts do not sum to everybody: a code of words.py, and what it is about."""

    code: str
    about: Part | str = ""


EVERYBODY = Part(None, None)


@lru_cache(maxsize=64)
def fault_of(parts: frozenset[Part]) -> Fault | None:
    """What is wrong with summing the parts; None where everybody is in exactly one of them.

    A total beside its parts would count people twice, and so would ages that overlap; a sex or
    an age that is not there would leave people out.

    >>> fault_of(frozenset({EVERYBODY}))
    >>> fault_of(frozenset({Part(Sex.MEN, None), Part(Sex.WOMEN, None)}))
    >>> fault_of(frozenset({Part(None, Ages(0, 17)), Part(None, Ages(18, None))}))
    >>> fault_of(frozenset({Part(None, Ages(0, 17)), Part(None, Ages(17, None))})).code
    'ages_overlap'
    """
    sexes = {part.sex for part in parts}
    ages = {part.ages for part in parts}
    if any(None in found and len(found) > 1 for found in (sexes, ages)):
        return Fault("total_and_parts")
    if len(sexes) == 1 and None not in sexes:
        return Fault("one_sex")
    if found := _fault_of_ages([each for each in ages if each]):
        return found
    whole = {Part(sex, each) for sex in sexes for each in ages}
    if missing := whole - parts:
        return Fault("part_missing", min(missing, key=_order))
    return None


def _fault_of_ages(ages: list[Ages]) -> Fault | None:
    expected: int | None = 0
    for each in sorted(ages, key=lambda found: found.first):
        if expected is None or each.first < expected:
            return Fault("ages_overlap", each.name)
        if each.first > expected:
            return Fault("age_missing", str(expected))
        expected = None if each.last is None else each.last + 1
    return Fault("age_missing", f"{expected}+") if ages and expected is not None else None


def _order(part: Part) -> tuple[str, int]:
    return part.sex or "", part.ages.first if part.ages else 0
