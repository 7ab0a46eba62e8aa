"""Rules and what they leave out, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callstats.calls.models import Outcome
from callstats.exclusions import words
from callstats.exclusions.models import KINDS, Exclusion
from callstats.exclusions.queries import ExcludedCalls, MonthEffect
from callstats.indicators import presenters as indicators
from callstats.indicators.definitions import all_definitions, default_definition
from legevakt.lib import words as lib_words
from legevakt.lib.periods import Period
from legevakt.lib.tables import Row, Table

RULE_COLUMNS = (
    gettext_lazy("Name"),
    gettext_lazy("State"),
    gettext_lazy("What it is about"),
    gettext_lazy("Window"),
    gettext_lazy("Line"),
    gettext_lazy("Proposed by"),
    gettext_lazy("Decided by"),
    gettext_lazy("Calls left out"),
    gettext_lazy("National figure, and without these calls"),
)
EFFECT_COLUMNS = (
    gettext_lazy("Month"),
    gettext_lazy("Calls left out"),
    gettext_lazy("Of them in the national figure"),
    gettext_lazy("National figure"),
    gettext_lazy("Without these calls"),
)
HONOURING_COLUMNS = (gettext_lazy("Indicator"), gettext_lazy("Leaves out"))


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """A rule in the list; `effects` is a sentence for each month."""

    pk: int
    name: str
    state: str
    color: str
    kind: str
    window: str
    line: str
    proposed_by: str
    decided_by: str
    calls: str
    effects: list[str]


def rule_rows(
    rules: Iterable[Exclusion], *, effects: Mapping[int, Sequence[MonthEffect]]
) -> list[RuleRow]:
    """The rules of the list, in the order they are given."""
    return [_rule_row(rule, effects=effects[rule.pk]) for rule in rules]


def facts(rule: Exclusion) -> list[tuple[str, str]]:
    """What the rule says, and who has done what with it."""
    told = [
        (_("What it is about"), rule.get_kind_display()),
        (_("Reason"), rule.reason),
        (_("Window"), words.window(rule)),
        (_("Line"), words.line(rule)),
        (_("Proposed by"), words.who(rule.proposed_by, at=rule.proposed_at)),
        (_("Approved by"), words.who(rule.decided_by, at=rule.decided_at)),
        (_("Withdrawn by"), words.who(rule.withdrawn_by, at=rule.withdrawn_at)),
        (_("Why it is withdrawn"), rule.withdrawn_reason),
    ]
    if rule.state == "refused":
        told[5] = (_("Refused by"), told[5][1])
    return [(term, value) for term, value in told if value]


def effect_rows(effects: Iterable[MonthEffect]) -> list[list[str]]:
    """A row a month: with and without, numerators and denominators always told."""
    return [
        [
            capfirst(_month(effect.month)),
            lib_words.number(effect.calls),
            lib_words.number(effect.part.denominator),
            words.part(effect.whole),
            words.part(effect.without),
        ]
        for effect in effects
    ]


def excluded_table(calls: Iterable[ExcludedCalls]) -> Table:
    """The calls that the rule leaves out, on the screen and in the file."""
    return Table(
        caption=_("Calls left out, by hour, line and how they ended"),
        headings=(
            _("Hour begins"),
            _("Line"),
            _("How it ended"),
            _("Calls"),
            _("Within two minutes, in the national figure"),
        ),
        rows=tuple(_excluded_row(each) for each in calls),
    )


def honouring_rows() -> list[list[str]]:
    """Each indicator that leaves something out, and which kinds."""
    kinds = dict(KINDS)
    return [
        [indicators.name(each), ", ".join(str(kinds[kind]) for kind in each.excludes)]
        for each in all_definitions().values()
        if each.excludes
    ]


def national_name() -> str:
    return indicators.name(default_definition())


def revision_words(months: Iterable[date]) -> str:
    """Which published months must be revised first; empty where none is published."""
    found = list(months)
    return words.published(found) if found else ""


def _rule_row(rule: Exclusion, *, effects: Sequence[MonthEffect]) -> RuleRow:
    return RuleRow(
        pk=rule.pk,
        name=rule.name,
        state=rule.get_state_display(),
        color=words.COLORS.get(rule.state, "neutral"),
        kind=rule.get_kind_display(),
        window=words.window(rule),
        line=words.line(rule),
        proposed_by=rule.proposed_by.name,
        decided_by=rule.decided_by.name if rule.decided_by else "–",
        calls=lib_words.number(sum(effect.calls for effect in effects)),
        effects=[_effect(effect) for effect in effects],
    )


def _effect(effect: MonthEffect) -> str:
    return _("%(month)s: %(whole)s; without %(without)s") % {
        "month": capfirst(_month(effect.month)),
        "whole": words.part(effect.whole),
        "without": words.part(effect.without),
    }


def _month(first: date) -> str:
    return lib_words.month_name(Period.month(first.year, first.month))


def _excluded_row(found: ExcludedCalls) -> Row:
    return Row(
        (
            words.moment(found.hour_at),
            words.line_name(found.line_class, number=found.number),
            str(Outcome(found.outcome).label),
            found.calls,
            found.in_time,
        )
    )
