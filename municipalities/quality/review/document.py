"""A signed review on paper: the report to the councils, in either written form."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from legevakt.lib.pdf import write_pdf
from legevakt.lib.periods import local_day
from municipalities.quality.review import presenters, queries
from municipalities.quality.review.models import ManagementReview
from municipalities.quality.review.points import points
from municipalities.quality.review.words import SECTIONS, place_of, text_of

TEMPLATE = "documents/quality/review.html"
TIME_LIMIT_SECONDS = 30


def pdf_of(review: ManagementReview, *, language: str) -> bytes:
    """The review as a PDF/UA document. Raises PdfError."""
    today = local_day(timezone.now())
    rows = queries.points_of(review)
    with translation.override(language):
        title = presenters.title_of(review.year)
        context = {
            "language": language,
            "title": title,
            "review": review,
            "lead": presenters.lead(rows),
            "sections": [
                {
                    "heading": f"{heading} (§ {section})",
                    "points": [
                        {
                            "place": place_of(each.code),
                            "law": text_of(points()[each.code]),
                            "facts": presenters.facts_of(each, today=today),
                        }
                        for each in rows
                        if each.code.startswith(str(section))
                    ],
                }
                for section, heading in SECTIONS.items()
            ],
            "councils": presenters.councils_table(queries.councils_of(review, day=today)),
            "signed_on": presenters.signed_on(review),
        }
        html = render_to_string(TEMPLATE, context)
    return write_pdf(
        html,
        language=language,
        title=title,
        base=settings.BASE_DIR / "static",
        time_limit_seconds=TIME_LIMIT_SECONDS,
    )
