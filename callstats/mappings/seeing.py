"""What a person has seen: nothing else is saved."""

from __future__ import annotations

import hashlib
import json

from callstats.mappings.models import MappingDraft


def fingerprint(draft: MappingDraft) -> str:
    """Changes with the mapping: a form filled in on an older page is not taken for this one."""
    told = json.dumps(draft.mapping, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
