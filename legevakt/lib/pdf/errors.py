"""What can go wrong on the way to a PDF."""

from __future__ import annotations


class PdfError(Exception):
    """The document could not be made, or would not have been accessible; `findings` say why."""

    def __init__(self, *findings: str) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


class PdfUnavailable(PdfError):
    """The libraries that draw text are missing; `packages` are the Debian names to install."""

    def __init__(self, *packages: str) -> None:
        super().__init__(f"PDF needs these Debian packages: {' '.join(packages)}")
        self.packages = packages
