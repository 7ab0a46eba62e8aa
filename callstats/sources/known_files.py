"""Files of systems that need no mapping, known by a line of their own."""

from __future__ import annotations

import re

_READ = 64 * 1024
_EVENTS = "ENTERQUEUE|CONNECT|ABANDON|COMPLETEAGENT|COMPLETECALLER|RINGNOANSWER|QUEUESTART"
_LINES = {
    "asterisk-queue-log": rf"^\d{{9,10}}(?:\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|(?:{_EVENTS})\|",
    "3cx-call-report": r'^"?Call Time"?[,;\t]"?Caller ID"?[,;\t]',
    "puzzel-call-events": r"^(?=.*\bcall_id\b)(?=.*\bdte_start\b).*\bevent_type\b",
    "asterisk-queue-table": (
        r"^(?=.*\b(?:callid|call_id)\b)(?=.*\b(?:queue|queuename|queue_name)\b)"
        r"(?=.*\b(?:time|time_id|date_time)\b)(?=.*\b(?:verb|event)\b).*(?:data1|param1)"
    ),
}
_KNOWN = {profile: re.compile(line, re.MULTILINE) for profile, line in _LINES.items()}


def profile_of(data: bytes) -> str | None:
    """The profile that reads the file as it is; null for what only a mapping can tell.

    >>> profile_of(b"1761336670|1761336644.142|lv|NONE|ENTERQUEUE||0047|1")
    'asterisk-queue-log'
    """
    start = data[:_READ].decode("latin-1").removeprefix("\xef\xbb\xbf").replace("\r", "")
    return next((profile for profile, line in _KNOWN.items() if line.search(start)), None)
