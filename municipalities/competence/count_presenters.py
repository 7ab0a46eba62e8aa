"""A central's counts: the key numbers, and the table of requirements, also for the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import words
from legevakt.lib.tables import Row, Table
from municipalities.competence.presenters import day_or, of_whole
from municipalities.competence.queries import CentralCompetence, RequirementCount, Summary, summed

COUNT_COLUMNS = (
    gettext_lazy("Requirement"),
    gettext_lazy("Legal basis"),
    gettext_lazy("State"),
    gettext_lazy("Operators at work"),
    gettext_lazy("Fulfil it"),
    gettext_lazy("Of them, it expires within 90 days"),
    gettext_lazy("The first of them expires"),
    gettext_lazy("Lack it, or it has expired"),
)


@dataclass(frozen=True)
class CountRow:
    """A requirement of the overview: its cells, as the file has them, and its colour.

    `labelled` is the cells as the page shows them, each with its heading.
    """

    cells: tuple[str | int, ...]
    color: str
    labelled: tuple[tuple[str, str], ...]


def count_rows(counts: Iterable[RequirementCount]) -> list[CountRow]:
    """A row a requirement, in the order they are given."""
    return [_count_row(each) for each in counts]


def count_table(rows: Iterable[CountRow]) -> Table:
    """What the page shows of the requirements, to download."""
    return Table(
        caption=_("Requirements, and how many operators fulfil them"),
        headings=tuple(str(heading) for heading in COUNT_COLUMNS),
        rows=tuple(Row(each.cells) for each in rows),
    )


def figures(found: CentralCompetence) -> list[dict[str, str]]:
    """The key numbers of the page, as components/_figure_card.html takes them."""
    told = summed(found.operators)
    return [
        _fulfilled(told, is_anything_required=bool(found.requirements)),
        _expiring(told, found=found),
        _counted(
            told.unpaired,
            of=told,
            label=_("Inexperienced without a mentor"),
            detail=_("Each is paired with an experienced operator"),
        ),
        _counted(
            told.late_follow_ups,
            of=told,
            label=_("Late follow-ups"),
            detail=_follow_up_detail(found),
        ),
    ]


def _fulfilled(told: Summary, *, is_anything_required: bool) -> dict[str, str]:
    card = {
        "label": _("Operators with all that is required"),
        "detail": _("Education, practice, courses and exercises"),
    }
    if not told.operators or not is_anything_required:
        return card | {"state": "unknown", "state_text": _("Nothing is registered")}
    lack = ngettext("%(count)s lacks something", "%(count)s lack something", told.lacking)
    return card | {
        "value": of_whole(told.operators - told.lacking, told.operators),
        "state": "below" if told.lacking else "met",
        "state_text": lack % {"count": told.lacking} if told.lacking else _("All fulfilled"),
    }


def _expiring(told: Summary, *, found: CentralCompetence) -> dict[str, str]:
    days = [each.first_expires for each in found.requirements if each.first_expires]
    first = _("The next is on %(day)s") % {"day": words.day(min(days))} if days else ""
    return {
        "label": _("Expire within 90 days"),
        "value": words.number(told.expiring),
        "detail": first or _("Nothing that is registered expires"),
    }


def _follow_up_detail(found: CentralCompetence) -> str:
    """When the next is due, of those that are not late."""
    days = [each.due_date for each in found.operators if not each.is_late]
    if not days:
        return _("By the host's own intervals")
    return _("The next is due on %(day)s") % {"day": words.day(min(days))}


def _count_row(count: RequirementCount) -> CountRow:
    state, color = _overall(count)
    requirement = count.requirement
    cells = (
        requirement.name,
        requirement.legal_basis or "–",
        state,
        count.operators,
        count.fulfilled,
        count.expiring,
        day_or(count.first_expires),
        count.lacking,
    )
    labelled = zip(map(str, COUNT_COLUMNS), Row(cells).shown, strict=True)
    return CountRow(cells=cells, color=color, labelled=tuple(labelled))


def _overall(count: RequirementCount) -> tuple[str, str]:
    if not count.operators:
        return _("no operators"), "neutral"
    if count.lacking:
        return _("not fulfilled by all"), "danger"
    if count.expiring:
        return _("expires soon"), "warning"
    return _("fulfilled by all"), "success"


def _counted(count: int, *, of: Summary, label: str, detail: str) -> dict[str, str]:
    state, text = ("below", _("To be done")) if count else ("met", _("None"))
    if not of.operators:
        state, text = "unknown", _("No operators")
    return {
        "label": label,
        "value": words.number(count),
        "detail": detail,
        "state": state,
        "state_text": text,
    }
