"""The kit in people's words: deliveries, checks, and every reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from callstats.conformance.findings import Finding, Status
from callstats.imports.messages import of_file, of_row

STATUS_WORDS = {
    Status.PASSED: _("pass"),
    Status.FAILED: _("fail"),
    Status.NOT_SEEN: _("not seen"),
}
CHECK_TITLES = {
    "moments": _("Calls arrive when they did, in winter and in summer"),
    "dst-spring": _("The night of spring in which an hour is left out"),
    "dst-autumn": _("The night of autumn in which an hour comes twice"),
    "midnight": _("Calls over midnight, the end of a month and of a year"),
    "outcomes": _("Abandoned, time limit, no operator, call-back: each as it was"),
    "waits": _("Waits are exact"),
    "transfer": _("A call that meets two queues is one call"),
    "duplicate": _("What is sent twice is stored once"),
    "order": _("Calls may come in any order"),
    "correction": _("A correction replaces the call under the same id"),
    "stale": _("An older version that comes late changes nothing"),
    "open-call": _("A call told while it goes on is completed later"),
    "quiet-hours": _("Hours in which nobody rang are told"),
    "offsets": _("Every moment has its offset from UTC"),
    "no-callers": _("No caller's number in any field"),
    "nothing-refused": _("No row and no request is refused"),
    "only-these": _("No call that never was"),
    "idempotency-key": _("Requests have an Idempotency-Key"),
}
INSTRUCTIONS = {
    "ordinary": _("Ordinary calls of winter and summer. Send them together."),
    "dst-spring": _("30 March 2025: the clock goes from 01:59:59 to 03:00:00. Send them together."),
    "dst-autumn": _(
        "26 October 2025: 02:00 to 02:59 comes twice. Fold 0 is the first time, fold 1 the second."
    ),
    "midnight": _("Calls that arrive on one day and are answered on the next."),
    "outcomes": _("Calls that nobody answered, each for its own reason."),
    "waits": _("Waits of ten minutes, of two minutes, and of a little more than two minutes."),
    "transfers": _(
        "One call each. The first was answered in its second queue; the second was answered in its"
        " first queue and handed over. The wait ends when the first operator answers."
    ),
    "twice": _("Send this delivery now, and once more as the next one."),
    "twice-again": _(
        "The same delivery again, as after a restart: without the Idempotency-Key of the first"
        " time, by which it would be the same request."
    ),
    "later-first": _("The later of two calls comes first."),
    "earlier-last": _("The earlier one comes after it."),
    "first-known": _(
        "What the telephone system knows at first: one call is wrong, one is told in its second"
        " version at once, one still goes on."
    ),
    "known-later": _(
        "What it knows later: the correction, the first version of the other one, late, and the"
        " end of the third."
    ),
    "quiet": _(
        "Nobody rang. State the time with covers_from and covers_to; no calls is a heartbeat."
    ),
}
REASONS = {
    "nothing_came": _("Nothing has come yet."),
    "not_come": _("The call %(call)s has not come."),
    "resolved_to_second_half": _(
        "The call %(call)s arrived at %(found)s, expected %(expected)s: the doubled hour was"
        " resolved to its second half."
    ),
    "resolved_to_first_half": _(
        "The call %(call)s arrived at %(found)s, expected %(expected)s: the doubled hour was"
        " resolved to its first half."
    ),
    "local_as_utc": _(
        "The call %(call)s arrived at %(found)s, expected %(expected)s: the local time was sent as"
        " if it were UTC."
    ),
    "utc_as_local": _(
        "The call %(call)s arrived at %(found)s, expected %(expected)s: UTC was read as local time."
    ),
    "winter_offset": _(
        "The call %(call)s arrived at %(found)s, expected %(expected)s: it has the offset of"
        " winter, +01:00."
    ),
    "summer_offset": _(
        "The call %(call)s arrived at %(found)s, expected %(expected)s: it has the offset of"
        " summer, +02:00."
    ),
    "moved": _("The call %(call)s arrived at %(found)s, expected %(expected)s."),
    "answered_differs": _("The call %(call)s was answered at %(found)s, expected %(expected)s."),
    "ambiguous": _(
        "The call %(call)s arrived in the doubled hour, and nothing tells in which half of it."
        " Send the offset from UTC."
    ),
    "wait_differs": _("The call %(call)s waited %(found)s s, expected %(expected)s s."),
    "wait_in_minutes": _(
        "The call %(call)s waited %(found)s s, expected %(expected)s s: the wait was rounded to"
        " whole minutes."
    ),
    "wait_in_seconds": _(
        "The call %(call)s waited %(found)s s, expected %(expected)s s: the wait was rounded to"
        " whole seconds."
    ),
    "wait_by_wall_clock": _(
        "The call %(call)s waited %(found)s s, expected %(expected)s s: the wait was reckoned by"
        " the clock on the wall, which was changed meanwhile."
    ),
    "wait_of_last_queue": _(
        "The call %(call)s waited %(found)s s, expected %(expected)s s: only the wait in its last"
        " queue was sent."
    ),
    "wait_unknown": _("The call %(call)s has no wait."),
    "outcome_differs": _("The call %(call)s is stored as %(found)s, expected %(expected)s."),
    "extra_leg": _("%(call)s is a stay of the call %(of)s in one queue, not a call of its own."),
    "extra_twin": _(
        "%(call)s is the call %(twin)s under another id. Give a call the same id each time."
    ),
    "extra": _("%(call)s, arrived at %(found)s, is no call of the scenario."),
    "changed_by_repeat": _("The call %(call)s was told the second time in other words."),
    "told_once": _(
        "The calls came only once. Send the delivery again, with another Idempotency-Key or none."
    ),
    "call_told_once": _("The call %(call)s came only once. Send the whole delivery again."),
    "came_in_order": _("The later call came after the earlier one. Send it first."),
    "lacks_version": _(
        "The call %(call)s has no version, so that an older one could replace it. Send version."
    ),
    "told_corrected": _("Only the corrected call %(call)s came. Send what was known at first too."),
    "not_corrected": _("The correction of the call %(call)s has not come."),
    "overwritten": _(
        "The call %(call)s was replaced by its older version. Send version, higher each time."
    ),
    "told_stale_only": _("The newer version of the call %(call)s has not come."),
    "stale_not_sent": _("The older version of the call %(call)s has not come after the newer one."),
    "still_open": _("The end of the call %(call)s has not come."),
    "never_open": _("The call %(call)s was not told while it went on."),
    "hours_missing": _("Nothing tells of these hours: %(hours)s."),
    "lacks_offset": _("%(field)s of %(call)s is %(value)s: it has no offset from UTC."),
    "caller_told": _("A caller's number stands in %(where)s."),
    "row_refused": _("The row %(call)s is refused: %(field)s. %(reason)s"),
    "import_failed": _("%(name)s: %(reason)s"),
    "no_key": _("No request had the header Idempotency-Key."),
}

# Reasons that hold a code of the import itself, and how it is put in words.
CODED: dict[str, Callable[[dict[str, Any]], str]] = {
    "row_refused": lambda facts: of_row(facts["reason"]),
    "import_failed": lambda facts: of_file(facts["reason"], facts["params"]),
}


def said(finding: Finding) -> str:
    """The reason in plain words."""
    facts = {name: _fact(fact) for name, fact in finding.facts.items()}
    if finding.code in CODED:
        facts["reason"] = CODED[finding.code](finding.facts)
    return str(REASONS[finding.code]) % (facts | {"call": finding.call or "–"})


def number(value: Decimal) -> str:
    """With as many decimals as it needs, and the language's mark before them."""
    return localize(Decimal(f"{value.normalize():f}"))


def _fact(fact: Any) -> str:
    if isinstance(fact, Decimal):
        return number(fact)
    if isinstance(fact, datetime):
        return date_format(localtime(fact), "SHORT_DATETIME_FORMAT")
    if isinstance(fact, list):
        return ", ".join(map(_fact, fact))
    return str(fact or "–")
