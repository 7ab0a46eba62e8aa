"""The e-mail that brings a report or a letter: words, link, and the PDF, in one's language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from legevakt.lib.mail import Attachment
from reporting.annual_report import rules as report_rules
from reporting.annual_report.document.summary import summary_of
from reporting.annual_report.models import AnnualReport
from reporting.annual_report.queries import pdf_of
from reporting.deliveries.models import Delivery
from reporting.deliveries.unsubscribing import headers_of, link_to_decline
from reporting.letters.document import file_name
from reporting.letters.document import pdf_of as pdf_of_letter
from reporting.letters.models import PeriodLetter
from reporting.letters.telling import told


@dataclass(frozen=True, kw_only=True)
class Message:
    """A written mail; `pdf_sha256` is of the file that goes with it, empty without one."""

    to: str
    message_id: str
    language: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    headers: Mapping[str, str]
    pdf_sha256: str

    def for_mail(self) -> dict[str, Any]:
        """What `mail.send` takes."""
        return {name: value for name, value in vars(self).items() if name != "pdf_sha256"}


def message_for(delivery: Delivery) -> Message:
    """The mail of the delivery. Raises DocumentIsDamaged where the PDF is not the approved one,
    and PdfError where a letter's cannot be made."""
    attachments = _attachments(delivery) if has_file(delivery) else ()
    found = hashlib.sha256(attachments[0].content).hexdigest() if attachments else ""
    return Message(
        to=delivery.email,
        message_id=delivery.message_id,
        language=delivery.language,
        attachments=attachments,
        headers=headers_of(delivery),
        pdf_sha256=found,
        **_words(delivery),
    )


def has_file(delivery: Delivery) -> bool:
    """Whether the PDF goes with it: always to somebody without a login, who has no other way."""
    return delivery.dispatch.schedule.is_attached or delivery.recipient is None


def document_language(delivery: Delivery) -> str:
    """The recipient's written form; the municipality's for a person who reads English."""
    if delivery.language in report_rules.DOCUMENT_LANGUAGES:
        return delivery.language
    return delivery.municipality.language


def _attachments(delivery: Delivery) -> tuple[Attachment, ...]:
    language, content = document_language(delivery), content_of(delivery)
    if isinstance(content, AnnualReport):
        name = report_rules.file_name(year=content.year, language=language)
        file = pdf_of(content.documents.get(language=language))
    else:
        name = file_name(content, language=language)
        file = pdf_of_letter(content, language=language)
    return (Attachment(name, file, "application/pdf"),)


def content_of(delivery: Delivery) -> AnnualReport | PeriodLetter:
    """What is sent: the database keeps exactly one of the two."""
    found = delivery.dispatch.report or delivery.dispatch.letter
    if found is None:
        raise LookupError(delivery.dispatch_id)
    return found


def _words(delivery: Delivery) -> dict[str, str]:
    content = content_of(delivery)
    templates = "emails/annual_report" if isinstance(content, AnnualReport) else "emails/letter"
    with translation.override(delivery.language):
        own = _of_report(content) if isinstance(content, AnnualReport) else _of_letter(content)
        context = _common(delivery) | own
        return {
            "subject": " ".join(render_to_string(f"{templates}/subject.txt", context).split()),
            "text": render_to_string(f"{templates}/message.txt", context),
            "html": render_to_string(f"{templates}/message.html", context),
        }


def _common(delivery: Delivery) -> dict[str, Any]:
    schedule = delivery.dispatch.schedule
    cooperation = schedule.cooperation
    person = delivery.recipient or delivery.outside
    return {
        "language": delivery.language,
        "name": person.name if person else "",
        "cooperation": cooperation.name,
        "host": cooperation.host.name,
        "is_demonstration": cooperation.is_demonstration,
        "has_file": has_file(delivery),
        "has_login": delivery.recipient is not None,
        "decline_link": link_to_decline(delivery) if schedule.is_optional else "",
    }


def _of_report(report: AnnualReport) -> dict[str, Any]:
    return {
        "year": str(report.year),
        "edition": report.edition,
        "correction_reason": report.correction_reason,
        "summary": summary_of(report.figures),
        "link": settings.SITE_URL + reverse("annual_report", args=[report.pk]),
    }


def _of_letter(letter: PeriodLetter) -> dict[str, Any]:
    return {
        "letter": told(letter),
        "link": settings.SITE_URL + reverse("letter", args=[letter.pk]),
    }
