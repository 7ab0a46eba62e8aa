"""Whether the agreement is in force, and kept so far this year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from municipalities.agreements.models import AgreementVersion, Layer
from municipalities.cooperations.models import Cooperation
from municipalities.obligations.models import Due, Evidence


@dataclass(frozen=True)
class Standing:
    """The political agreement's version in force, and what was due this year until today.

    `late` of `due` have neither evidence nor a waiver.
    """

    number: int | None
    in_force_from: date | None
    due: int
    late: int

    @property
    def kept(self) -> int:
        return self.due - self.late


def standing_of(*, cooperation: Cooperation, today: date) -> Standing:
    """Two queries."""
    version = (
        AgreementVersion.objects.filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gt=today),
            agreement__cooperation=cooperation,
            agreement__layer=Layer.POLITICAL,
            in_force_from__lte=today,
        )
        .order_by("-in_force_from", "-pk")
        .first()
    )
    dues = (
        Due.objects.filter(obligation__cooperation=cooperation, year=today.year, due_date__lt=today)
        .annotate(is_shown=Exists(Evidence.objects.filter(due=OuterRef("pk"))))
        .values_list("is_shown", "waived_reason")
    )
    kept = [shown or bool(waived) for shown, waived in dues]
    return Standing(
        number=version.number if version else None,
        in_force_from=version.in_force_from if version else None,
        due=len(kept),
        late=kept.count(False),
    )


def names_of_participants(*, cooperation: Cooperation, today: date) -> list[str]:
    """Who takes part today, the host first, then by municipality number. One query."""
    rows = cooperation.participants.on(today).values_list("municipality_id", "municipality__name")
    return [name for pk, name in sorted(rows, key=lambda row: row[0] != cooperation.host_id)]
