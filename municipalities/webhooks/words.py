"""Events, states and errors in the words of a page."""

from django.utils.translation import gettext_lazy as _

from municipalities.webhooks.models import MessageState
from municipalities.webhooks.rules import EventType

EVENT_NAMES = {
    EventType.IMPORT_COMPLETED: _("a call log is taken in"),
    EventType.IMPORT_ROWS_REJECTED: _("rows of a call log were refused"),
    EventType.SOURCE_SILENT: _("a telephone system has gone silent"),
    EventType.SOURCE_RESUMED: _("a telephone system is heard again"),
    EventType.INDICATOR_PUBLISHED: _("a month or year is published"),
    EventType.INDICATOR_REVISED: _("a published month or year is revised"),
    EventType.INDICATOR_BELOW_TARGET: _("the answer time has fallen below the target"),
}
TEST_NAME = _("a test event")
STATE_COLORS = {
    MessageState.PENDING: "info",
    MessageState.DELIVERED: "success",
    MessageState.FAILED: "danger",
}
ERRORS = {
    "bad_address": _("the address is not valid"),
    "userinfo": _("the address has a name or password in it"),
    "not_https": _("the address does not begin with https://"),
    "port": _("that port may not be called"),
    "unknown_host": _("the receiver's name is not found"),
    "private_address": _("the receiver is in a private network"),
    "no_connection": _("the receiver could not be reached"),
    "timeout": _("the receiver did not answer within 15 seconds"),
    "certificate": _("the receiver's certificate is not valid"),
    "connection_lost": _("the receiver broke the connection"),
    "status": _("the receiver did not take it"),
}
