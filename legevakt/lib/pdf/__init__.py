"""The only door to WeasyPrint: HTML in, an accessible PDF (PDF/UA-1) out."""

from legevakt.lib.pdf.errors import PdfError, PdfUnavailable
from legevakt.lib.pdf.libraries import missing_libraries
from legevakt.lib.pdf.process import write_pdf

__all__ = ["PdfError", "PdfUnavailable", "missing_libraries", "write_pdf"]
