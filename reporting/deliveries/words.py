"""Schedules, states and what went wrong, in words."""

from __future__ import annotations

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import words
from legevakt.lib.periods import Period
from reporting.deliveries import rules
from reporting.deliveries.models import DeliveryState, Dispatch, Schedule, ScheduleKind
from reporting.letters.telling import name_of

COLORS = {
    DeliveryState.WAITING: "neutral",
    DeliveryState.SENDING: "info",
    DeliveryState.SENT: "success",
    DeliveryState.FAILED: "danger",
    DeliveryState.UNKNOWN: "warning",
    DeliveryState.RETURNED: "danger",
    DeliveryState.COMPLAINED: "warning",
}
ERRORS = {
    "connection_lost": gettext_lazy("the connection was lost after the mail was handed over"),
    "worker_lost": gettext_lazy("the program was stopped while it was sending"),
    "no_connection": gettext_lazy("the mail server could not be reached"),
    "invalid_address": gettext_lazy("the address is not valid"),
    "document_missing": gettext_lazy("the document is missing or damaged"),
    "document_not_made": gettext_lazy("the PDF could not be made"),
    "mail_not_written": gettext_lazy("the mail could not be written"),
    "no_recipient": gettext_lazy("the person was no longer a recipient"),
    "by_hand": gettext_lazy("noted by hand"),
    "complaint": gettext_lazy("the receiver's mail service told of it"),
}
REFUSALS = {
    "IsNotToBeSentAgain": gettext_lazy("This is sent already, or is on its way."),
    "IsNoRecipient": gettext_lazy("This person is no longer a recipient."),
    "ReasonIsMissing": gettext_lazy("Say why it is sent once more."),
    "CannotBeNoted": gettext_lazy("What became of this mail is known already."),
    "CannotBeCorrected": gettext_lazy(
        "A letter is corrected when its figures have changed, and only the latest one."
    ),
    "LetterHasToWait": gettext_lazy(
        "The letter waits until the month is published for every central."
    ),
}
NOTES = {
    DeliveryState.SENT: gettext_lazy("It arrived: the recipient has it"),
    DeliveryState.RETURNED: gettext_lazy("It came back"),
    DeliveryState.COMPLAINED: gettext_lazy("The recipient marked it as unwanted"),
}
LEADS = {
    ScheduleKind.ANNUAL_REPORT: gettext_lazy(
        "The issued report of the year before. One that is issued later than the day goes as soon"
        " as it is issued, and so does a corrected edition; but nothing goes by itself more than 60"
        " days late. It is owed to all, so nobody can decline it."
    ),
    ScheduleKind.TERTIAL: gettext_lazy(
        "Service, economy, absence, deviations and internal control of four months."
    ),
    ScheduleKind.MONTHLY: gettext_lazy(
        "The answer time of a month. It waits until the month is published for every central, so"
        " that what it tells does not change."
    ),
    ScheduleKind.ORIENTATION: gettext_lazy(
        "The year in short for the mayors: service, economy and decisions. Mayors without a login"
        " are added below."
    ),
}


def words_for(error: Exception) -> str:
    """Why it was refused, in a sentence."""
    return str(REFUSALS[type(error).__name__])


def why(code: str) -> str:
    """What went wrong, from the code that was kept."""
    if code.startswith("smtp_"):
        return _("the mail server answered %(code)s") % {"code": code.removeprefix("smtp_")}
    if code.startswith("status_"):
        return _("the mail came back with the code %(code)s") % {
            "code": code.removeprefix("status_")
        }
    return str(ERRORS.get(code, code))


def what_is_sent(kind: str, *, period: Period, edition: int = 1) -> str:
    """The report of the year or the letter of the period, made or not, as a heading."""
    if kind == ScheduleKind.ANNUAL_REPORT:
        name = _("Annual report %(year)s") % {"year": period.starts_on.year}
    else:
        name = capfirst(name_of(kind=kind, period=period))
    if edition == 1:
        return name
    return _("%(what)s, edition %(number)s") % {"what": name, "number": words.number(edition)}


def dispatched(dispatch: Dispatch) -> str:
    """What the dispatch is of."""
    kind = dispatch.schedule.kind
    period = rules.period_of(kind=kind, day=dispatch.starts_date)
    return what_is_sent(kind, period=period, edition=dispatch.edition)


def month_choices(kind: str) -> list[tuple[int, str]]:
    """How long after its period something is sent: months of the next year, or a few months."""
    if rules.MONTHS_OF[kind] == rules.MONTHS_A_YEAR:
        return [(number, str(name)) for number, name in MONTHS.items()]
    return [(number, _after(number)) for number in range(1, rules.MONTHS_OF[kind] + 3)]


def _after(number: int) -> str:
    if number == 1:
        return _("the month after")
    return ngettext("%(count)s month after", "%(count)s months after", number) % {
        "count": words.number(number)
    }


def each_time(schedule: Schedule) -> str:
    """When it is sent, every time."""
    told = {
        "day": words.number(schedule.day),
        "time": schedule.local_time.strftime(_("%H:%M")),
    }
    if rules.MONTHS_OF[schedule.kind] == rules.MONTHS_A_YEAR:
        told["month"] = str(MONTHS[schedule.months_after])
        return _("Each year, day %(day)s of %(month)s at %(time)s") % told
    told["month"] = dict(month_choices(schedule.kind))[schedule.months_after]
    return _("Day %(day)s of %(month)s at %(time)s") % told
