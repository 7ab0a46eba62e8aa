"""A report's steps: checked, approved by the host's director, issued."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from legevakt.lib.periods import local_day
from municipalities.models import User
from municipalities.operations import hand_in
from municipalities.queries import is_held
from municipalities.rules import Permission
from reporting.annual_report import queries, rules
from reporting.annual_report.errors import (
    ContentChanged,
    DocumentsAreMissing,
    IsNotApproved,
    IsNotChecked,
    IsNotTheLatest,
    MayNotApprove,
    ReportIsApproved,
    TranslationIsMissing,
    YearIsNotOver,
)
from reporting.annual_report.models import AnnualReport, ReportState
from reporting.annual_report.preparing import queue_stale


@transaction.atomic
def check(*, report: AnnualReport, by: User, content_sha256: str, at: datetime) -> AnnualReport:
    """Somebody has read this very content; its documents are made. Again changes nothing.

    Raises ReportIsApproved, ContentChanged, TranslationIsMissing, YearIsNotOver.
    """
    found = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if found.is_frozen:
        raise ReportIsApproved(str(found))
    if content_sha256 != found.content_sha256:
        raise ContentChanged(str(found))
    if codes := rules.untranslated(queries.texts_of(found), left_out=found.left_out):
        raise TranslationIsMissing(codes=codes)
    if not rules.is_over(year=found.year, today=local_day(at)):
        raise YearIsNotOver(str(found.year))
    if found.state != ReportState.CHECKED:
        found.state, found.checked_by, found.checked_at = ReportState.CHECKED, by, at
        found.save(update_fields=["state", "checked_by", "checked_at"])
    queue_stale(report=found, at=at)
    return found


@transaction.atomic
def approve(*, report: AnnualReport, by: User, content_sha256: str, at: datetime) -> AnnualReport:
    """Freeze the report for good: the database refuses any later change but its issue.

    `content_sha256` is of what the person read. Raises MayNotApprove, ReportIsApproved,
    YearIsNotOver, ContentChanged, IsNotChecked, DocumentsAreMissing.
    """
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not is_held(user=by, permission=Permission.APPROVE_REPORT, cooperation=report.cooperation):
        raise MayNotApprove(str(report))
    if report.is_frozen:
        raise ReportIsApproved(str(report))
    if not rules.is_over(year=report.year, today=local_day(at)):
        raise YearIsNotOver(str(report.year))
    if content_sha256 != report.content_sha256:
        raise ContentChanged(str(report))
    if report.state != ReportState.CHECKED:
        raise IsNotChecked(str(report))
    if not queries.has_all_documents(report):
        raise DocumentsAreMissing(str(report))
    report.state, report.approved_by, report.approved_at = ReportState.APPROVED, by, at
    report.save(update_fields=["state", "approved_by", "approved_at"])
    return report


@transaction.atomic
def issue(*, report: AnnualReport, by: User | None, at: datetime) -> AnnualReport:
    """Let everybody who may see issued reports see it. Again changes nothing.

    Raises IsNotApproved, and IsNotTheLatest where a correction of it is approved already.
    """
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if report.state == ReportState.ISSUED:
        return report
    if report.state != ReportState.APPROVED:
        raise IsNotApproved(str(report))
    if queries.is_corrected(report):
        raise IsNotTheLatest(str(report))
    report.state, report.issued_by, report.issued_at = ReportState.ISSUED, by, at
    report.save(update_fields=["state", "issued_by", "issued_at"])
    _show_that_it_is_made(report, at=at)
    return report


def _show_that_it_is_made(report: AnnualReport, *, at: datetime) -> None:
    """The agreement demands a short annual report: this is it."""
    with translation.override(report.cooperation.language):
        title = gettext("Annual report %(year)s") % {"year": report.year}
    hand_in(
        cooperation=report.cooperation,
        code="annual-report",
        key=f"annual-report:{report.pk}",
        title=title,
        on=local_day(at),
        path=reverse("annual_report", args=[report.pk]),
        by=report.issued_by,
        at=at,
    )
