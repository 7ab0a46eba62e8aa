"""A letter in the words of the active language, from figures that were frozen any year."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words
from legevakt.lib.periods import Period
from municipalities.queries import Page, page_of, prepared_topics
from reporting.letters.models import LetterKind, PeriodLetter

TITLES = {
    LetterKind.MONTHLY: gettext_lazy("Answer time in %(period)s"),
    LetterKind.TERTIAL: gettext_lazy("Tertial report, %(period)s"),
    LetterKind.ORIENTATION: gettext_lazy("Orientation of the mayors on %(period)s"),
}
LEADS = {
    LetterKind.MONTHLY: gettext_lazy("How the phones were answered, by the published figures."),
    LetterKind.TERTIAL: gettext_lazy(
        "Service, economy and quality of the four months, as the cooperation has agreed to report."
    ),
    LetterKind.ORIENTATION: gettext_lazy(
        "The year of the legevakt in short: service, economy and decisions."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One of the letter's topics under its heading."""

    code: str
    title: str
    page: Page


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page, a PDF and a mail show of a letter."""

    title: str
    lead: str
    cooperation: str
    is_demonstration: bool
    made: str
    edition: str
    correction_reason: str
    topics: tuple[Topic, ...]
    sha256: str


def told(letter: PeriodLetter) -> Told:
    """The letter in the active language."""
    kind = LetterKind(letter.kind)
    return Told(
        title=title_of(letter),
        lead=str(LEADS[kind]),
        cooperation=letter.cooperation.name,
        is_demonstration=letter.cooperation.is_demonstration,
        made=words.moment(letter.made_at),
        edition=_edition(letter),
        correction_reason=letter.correction_reason,
        topics=tuple(_topics(letter)),
        sha256=letter.figures_sha256,
    )


def title_of(letter: PeriodLetter) -> str:
    """What the letter is called, with its period."""
    return capfirst(name_of(kind=letter.kind, period=Period(letter.starts_date, letter.ends_date)))


def name_of(*, kind: str, period: Period) -> str:
    """What a letter of the kind and period is called, made or not."""
    return str(TITLES[LetterKind(kind)]) % {"period": words.period_name(period)}


def _edition(letter: PeriodLetter) -> str:
    if letter.edition == 1:
        return ""
    return _("Edition %(number)s") % {"number": words.number(letter.edition)}


def _topics(letter: PeriodLetter) -> list[Topic]:
    """In the order they were frozen: the letter's own, whatever is told in letters today."""
    prepared = prepared_topics()
    return [
        Topic(code=code, title=str(prepared[code].title), page=page_of(code=code, facts=facts))
        for code, facts in _in_order(letter).items()
        if code in prepared
    ]


def _in_order(letter: PeriodLetter) -> dict:
    """jsonb does not keep the order of keys; the order of the topics does."""
    found = letter.figures["topics"]
    return {code: found[code] for code in prepared_topics() if code in found}
