"""The models of every feature, so that Django finds them."""

from reporting.annual_report.models import AnnualReport, ReportDocument
from reporting.deliveries.models import Delivery, Schedule

__all__ = ["AnnualReport", "Delivery", "ReportDocument", "Schedule"]
