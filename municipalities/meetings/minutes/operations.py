"""Writing minutes, sending them for remarks, approving and sending them."""

from municipalities.meetings.minutes.approving import approve, send
from municipalities.meetings.minutes.remarking import answer_remark, open_hearing, remark
from municipalities.meetings.minutes.writing import (
    begin,
    record_presence,
    take_up,
    write,
    write_item,
)

__all__ = [
    "answer_remark",
    "approve",
    "begin",
    "open_hearing",
    "record_presence",
    "remark",
    "send",
    "take_up",
    "write",
    "write_item",
]
