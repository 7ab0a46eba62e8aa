"""Writing why a month's figures differ from those of others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from callstats.annotations.models import Annotation, AnnotationKind
from legevakt.lib.periods import Period
from municipalities.models import Central, User


class NoExplanation(ValueError):
    """An explanation must say something."""


@transaction.atomic
def explain(*, central: Central, month: Period, text: str, by: User, at: datetime) -> Annotation:
    """A note on the month's difference; the same words again change nothing.

    Raises NoExplanation for empty words.
    """
    words = " ".join(text.split())
    if not words:
        raise NoExplanation
    Central.objects.select_for_update().get(pk=central.pk)
    note, _is_new = Annotation.objects.get_or_create(
        central=central,
        kind=AnnotationKind.DIFFERENCE,
        starts_on=month.starts_on,
        ends_on=month.ends_on,
        text=words,
        defaults={"created_at": at, "created_by": by},
    )
    return note
