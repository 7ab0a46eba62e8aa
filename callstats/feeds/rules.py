"""What a token may do (reference: own scopes, never a person's rights)."""

from enum import StrEnum


class Scope(StrEnum):
    """What a source token can be good for; one without `imports:read` is write-only."""

    WRITE_CALLS = "calls:write"
    READ_IMPORTS = "imports:read"


def every_scope() -> list[str]:
    """What a new token may do unless told otherwise."""
    return [scope.value for scope in Scope]
