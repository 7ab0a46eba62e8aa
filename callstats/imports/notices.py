"""What a person should know before storing a file that was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from callstats.imports import queries
from callstats.imports.models import CallImport, ImportState

# A log that ends longer ago is hardly the first of those that a system goes on sending.
OLD = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """`tone` as the component `_alert.html` has it."""

    text: str
    tone: str
    link_url: str = ""
    link_label: str = ""


def notices(call_import: CallImport, *, may_manage: bool, at: datetime) -> list[Notice]:
    """Of an import that waits for confirmation; two queries."""
    if call_import.state != ImportState.CHECKED:
        return []
    told = [_stored_before(call_import), _trial(call_import, may_manage=may_manage, at=at)]
    return [notice for notice in told if notice]


def _stored_before(call_import: CallImport) -> Notice | None:
    earlier = queries.stored_before(call_import)
    if earlier is None:
        return None
    return Notice(
        tone="info",
        text=_("This very file was stored on %(day)s. Storing it again changes nothing.")
        % {"day": _moment(earlier.created_at)},
        link_url=reverse("import", args=[earlier.pk]),
        link_label=_("See that import"),
    )


def _trial(call_import: CallImport, *, may_manage: bool, at: datetime) -> Notice | None:
    """A first file that ends long ago makes every later hour one without data."""
    source = call_import.source
    if not source.is_expected or source.central.is_sandbox:
        return None
    if call_import.last_at is None or call_import.last_at > at - OLD:
        return None
    if not queries.is_first_of_source(call_import):
        return None
    edit = reverse("source_edit", args=[source.slug]) if may_manage else ""
    return Notice(
        tone="warning",
        text=_(
            "This is the first file of %(source)s, which is set up as a system that goes on"
            " sending. Every hour after %(last)s then lacks data until more comes, and the figures"
            " of %(central)s are incomplete. If the file is only a trial or a single log, say"
            " first that the system should not be sending."
        )
        % {
            "source": source.name,
            "last": _moment(call_import.last_at),
            "central": source.central.name,
        },
        link_url=edit,
        link_label=_("Change the telephone system"),
    )


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
