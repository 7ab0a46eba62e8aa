"""The models of every feature, so that Django finds them."""

from reporting.annual_report.models import AnnualReport, ChapterText, ReportDocument
from reporting.deliveries.models import (
    Declined,
    Delivery,
    Dispatch,
    OutsideRecipient,
    Schedule,
    ScheduleKind,
)
from reporting.letters.models import PeriodLetter

__all__ = [
    "AnnualReport",
    "ChapterText",
    "Declined",
    "Delivery",
    "Dispatch",
    "OutsideRecipient",
    "PeriodLetter",
    "ReportDocument",
    "Schedule",
    "ScheduleKind",
]
