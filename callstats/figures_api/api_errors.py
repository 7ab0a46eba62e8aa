"""The errors of the figures' API, each with its code; docs/api/README.md lists them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from legevakt.lib.problems import Problem


class UnknownIndicator(Problem):
    """400: `definition` names an indicator that there is none of."""

    status_code = 400
    code = "unknown_definition"
    title = _("There is no such definition.")


class UnknownField(Problem):
    """400: `fields` names something that figures do not have."""

    status_code = 400
    code = "unknown_field"
    title = _("Figures have no such field.")


class InvalidPeriod(Problem):
    """400: `from` and `to` are no days, or not those that the step begins and ends on."""

    status_code = 400
    code = "invalid_period"
    title = _("The time asked for cannot be.")


class SpanTooLong(Problem):
    """400: days and hours are counted as they are asked for, so not of any length of time."""

    status_code = 400
    code = "span_too_long"
    title = _("The time asked for is too long.")
