"""The only door to WeasyPrint: HTML in, a PDF out that is accessible (PDF/UA-1) and can be kept
(PDF/A-2a)."""

from legevakt.lib.pdf.errors import PdfError, PdfUnavailable
from legevakt.lib.pdf.libraries import missing_libraries
from legevakt.lib.pdf.process import write_pdf

__all__ = ["PdfError", "PdfUnavailable", "missing_libraries", "write_pdf"]
