"""Duty in the legevakt and exemptions from it (fastlegeforskriften § 33). Plain Python."""

from __future__ import annotations

from enum import StrEnum


class Ground(StrEnum):
    """On what ground an exemption is given. A code; the reasons are never stored here."""

    OVER_60 = "over_60"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    HEALTH = "health"
    SOCIAL = "social"


RIGHTS = frozenset({Ground.OVER_60, Ground.PREGNANCY, Ground.BREASTFEEDING})
