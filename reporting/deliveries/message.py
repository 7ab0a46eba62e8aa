"""The e-mail that brings a report: words, link, and the PDF in the recipient's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from reporting.annual_report import rules as report_rules
from reporting.annual_report.document.summary import summary_of
from reporting.annual_report.queries import pdf_of
from reporting.deliveries.models import Delivery

TEMPLATES = "emails/annual_report"


def message_for(delivery: Delivery) -> dict[str, Any]:
    """What `mail.send` needs. Raises DocumentIsDamaged where the PDF is not the approved one."""
    language = document_language(delivery)
    document = delivery.report.documents.get(language=language)
    name = report_rules.file_name(year=delivery.report.year, language=language)
    return {
        "to": delivery.email,
        "message_id": delivery.message_id,
        "language": delivery.language,
        "attachments": [(name, pdf_of(document), "application/pdf")],
        **_words(delivery),
    }


def document_language(delivery: Delivery) -> str:
    """The recipient's written form; the municipality's for a person who reads English."""
    if delivery.language in report_rules.DOCUMENT_LANGUAGES:
        return delivery.language
    return delivery.municipality.language


def _words(delivery: Delivery) -> dict[str, str]:
    report = delivery.report
    with translation.override(delivery.language):
        context = {
            "language": delivery.language,
            "name": delivery.recipient.name,
            "year": str(report.year),
            "cooperation": report.cooperation.name,
            "host": report.cooperation.host.name,
            "is_demonstration": report.cooperation.is_demonstration,
            "summary": summary_of(report.figures),
            "link": settings.SITE_URL + reverse("annual_report", args=[report.pk]),
        }
        return {
            "subject": " ".join(render_to_string(f"{TEMPLATES}/subject.txt", context).split()),
            "text": render_to_string(f"{TEMPLATES}/message.txt", context),
            "html": render_to_string(f"{TEMPLATES}/message.html", context),
        }
