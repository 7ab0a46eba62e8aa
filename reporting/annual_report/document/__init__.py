"""The report as a document. It knows the frozen figures and nothing of the database."""

from reporting.annual_report.document.drawing import Document, pdf_of

__all__ = ["Document", "pdf_of"]
