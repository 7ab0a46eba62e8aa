"""What each profile reads, in words, with the header line a file of it begins by.

The tests read every example by the profile itself, so that none of them is a promise only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class ProfileWords:
    """`systems`: whose files; `reads`: which; `examples`: first lines, several for variants."""

    title: Any
    systems: str
    reads: Any
    examples: tuple[str, ...]


WORDS: dict[str, ProfileWords] = {
    "asterisk-queue-log": ProfileWords(
        title=_("Asterisk queue_log, the file itself"),
        systems="Asterisk, FreePBX, Issabel, VitalPBX, Wazo",
        reads=_(
            "The file queue_log as Asterisk writes it, one event a line. A call that lies over two"
            " files becomes one. The API takes the same lines while the log is being written."
        ),
        examples=("1761336670|1761336644.142|lv_116117|NONE|ENTERQUEUE||00000005|1",),
    ),
    "asterisk-queue-table": ProfileWords(
        title=_("Asterisk queue_log, out of a database"),
        systems="QueueMetrics, Wazo, FreePBX, Bicom PBXware",
        reads=_(
            "The same events exported from a table, in any order, as CSV or tab-separated text."
            " Which system it is from is seen by the names of the columns."
        ),
        examples=(
            "partition,time_id,call_id,queue,agent,verb,data1,data2,data3,data4,data5,serverid",
            "time,callid,queuename,agent,event,data1,data2,data3,data4,data5",
            "uid;date_time;callid;queue_name;type;event;param1;param2;param3;entpos;expos;htime;"
            "ttime;time",
        ),
    ),
    "3cx-call-report": ProfileWords(
        title=_("3CX call report"),
        systems="3CX",
        reads=_(
            "The report “Call Reports” as CSV, several rows a call. It has no ids, so a call is"
            " known by its time, durations and queues."
        ),
        examples=(
            "Call Time,Caller ID,,Destination,Status,Ringing,Talking,Totals,Cost,Reason,Play",
        ),
    ),
    "puzzel-call-events": ProfileWords(
        title=_("Puzzel call events"),
        systems="Puzzel",
        reads=_("An export of the table call_events of Puzzel's raw data, every event of a call."),
        examples=(
            "rec_id,customer_key,call_id,call_sequence,media_type_id,dte_start,duration_tot_sec,"
            "duration_speak_sec,dte_speak_start,source,destination,queue_key,event_type,"
            "result_code,ciq",
        ),
    ),
    "telia-samtalelogg": ProfileWords(
        title=_("Telia samtalelogg"),
        systems="Telia Bedriftsnett (ACE)",
        reads=_(
            "The call log “Samtalelogg” as text. Reports of sums (ACE Report, kørapport) have no"
            " calls in them and are refused."
        ),
        examples=("Tidspunkt;Innringer;Aksessnummer;Kø;Ventetid;Samtaletid;Snakket med;Status",),
    ),
    "table": ProfileWords(
        title=_("Any table, read by a mapping"),
        systems="FreeSWITCH, Cisco UCCX, Avaya, Amazon Connect, Microsoft Teams, Genesys, Excel",
        reads=_(
            "CSV, tab-separated text, workbooks or JSON, one or several rows a call. A mapping says"
            " which column is what; it is made by showing a sample of the file."
        ),
        examples=("Id;Tid;Kø;Ventetid;Status",),
    ),
    "canonical": ProfileWords(
        title=_("Our own format"),
        systems="",
        reads=_(
            "The names of the import API, as CSV, JSON or NDJSON. Ask the vendor for this one where"
            " there is a choice: nothing in it has to be guessed."
        ),
        examples=("id,arrived_at,queue,outcome,wait_seconds,talk_seconds",),
    ),
}

PROVEN = _("read from real files")
UNPROVEN = _("built from documentation, not yet proven on real files")
OWN = _("defined here, so nothing in it is guessed")
