"""What an example mapping says of itself, for people; the JSON files say it to programmers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TITLES = {
    "amazon-connect": _("Amazon Connect contact records"),
    "asterisk-cdr": _("Asterisk CDR (Master.csv)"),
    "avaya-smdr": _("Avaya IP Office SMDR"),
    "cisco-uccx": _("Cisco UCCX (CSV from CUIC, contact and queue detail)"),
    "freeswitch-callcenter": _("FreeSWITCH mod_callcenter (json_cdr)"),
    "freeswitch-cdr-csv": _("FreeSWITCH cdr-csv (default template)"),
    "teams-call-queue": _("Microsoft Teams call queues (Power BI export)"),
}
NOTES = {
    "amazon-connect": _(
        "JSON records as they are delivered, at least once: of a contact told twice the one"
        " updated last counts. Only inbound voice contacts that were put in a queue; a transfer or"
        " a queued callback is another contact of the same call and is left out. A contact without"
        " an agent was not answered, and how it ended is not told."
    ),
    "asterisk-cdr": _(
        "Use the queue_log where there is one. The rows of one linkedid are one call. A call is"
        " answered where a row with ANSWERED has a destination channel: the telephone system"
        " itself answers everybody, so the wait is unknown, and how an unanswered call ended as"
        " well. For files of 21 columns; column 3 is the extension that was dialled last."
    ),
    "avaya-smdr": _(
        "Only incoming calls from outside. The rows of one Call ID are one call; the numbers begin"
        " again when the system restarts, so import a month at a time. Connected for 00:00:00 is"
        " not answered, and a call that a voicemail (device V…) took is not answered by an"
        " operator."
    ),
    "cisco-uccx": _(
        "A report of ContactCallDetail joined to ContactQueueDetail: a row per queue that a call"
        " was offered to, times in UTC. A row that was dequeued, or handled by a script or by"
        " another queue, is not an unanswered call. The wait is that of the queue which answered,"
        " without its ring time."
    ),
    "freeswitch-callcenter": _(
        "JSON records of mod_json_cdr, one after another. Only the caller's side of a queue"
        " (cc_side=member) is a call. Leaving by a key is taken as asking to be called back;"
        " change that where the key does something else."
    ),
    "freeswitch-cdr-csv": _(
        "For calls that ring the operators directly: answered is when the call was answered, and"
        " the wait is from its start. A queue (mod_callcenter) answers everybody itself: use the"
        " example for that. A file that was opened in a spreadsheet has lost its seconds and"
        " cannot be used."
    ),
    "teams-call-queue": _(
        "A row per part of a call; those of one ConferenceID are one call, and only parts in a"
        " queue count. Times are UTC. The arrival is the call's start, before the auto attendant"
        " spoke."
    ),
}
