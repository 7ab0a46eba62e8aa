"""The report as a document. It knows the frozen figures and nothing of the database."""

from reporting.annual_report.document.drawing import Document, pdf_of
from reporting.annual_report.document.written import NOTHING_WRITTEN, Written

__all__ = ["NOTHING_WRITTEN", "Document", "Written", "pdf_of"]
