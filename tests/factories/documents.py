"""Documents for the tests: the bytes are really stored."""

from datetime import UTC, datetime

from django.core.files.base import ContentFile

from municipalities.documents import operations

PDF = b"%PDF-1.7 a document of the tests"
AT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


def kept(*, cooperation, name="avtale.pdf", content=PDF, by=None, at=AT, exemption_basis=""):
    """A stored PDF of the cooperation."""
    return operations.keep(
        cooperation=cooperation,
        file=ContentFile(content, name=name),
        name=name,
        media_type="application/pdf",
        by=by,
        at=at,
        exemption_basis=exemption_basis,
    )
