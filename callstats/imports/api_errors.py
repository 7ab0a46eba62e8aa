"""The errors of the import API, each with its code; docs/api/README.md lists them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from legevakt.lib.problems import Problem

RETRY_SECONDS = "2"


class TooLarge(Problem):
    """413: divide the request."""

    status_code = 413
    code = "too_large"
    title = _("The request is larger than one may send at a time. Divide it.")


class UnknownPacking(Problem):
    """415: a Content-Encoding that is none of ours (RFC 9110 15.5.16, RFC 7694)."""

    status_code = 415
    code = "unsupported_encoding"
    title = _("This packing is not taken here.")
    default_detail = _("Content-Encoding %(encoding)s is not taken; use gzip.")

    def __init__(self, encoding: str) -> None:
        detail = self.default_detail % {"encoding": encoding}
        super().__init__(detail, headers={"Accept-Encoding": "gzip"})


class InvalidCoverage(Problem):
    """422: the time that the request says it covers cannot be."""

    status_code = 422
    code = "invalid_coverage"
    title = _("The time that the request covers cannot be right.")


class WrongState(Problem):
    """409: the import is finished or gone on."""

    status_code = 409
    code = "wrong_state"
    title = _("The import is not in a state in which that can be done.")
    default_detail = _("The import is finished.")


class WrongProfile(Problem):
    """409: event lines for a source that is no Asterisk."""

    status_code = 409
    code = "wrong_profile"
    title = _("The source takes no event lines.")
    default_detail = _(
        "Event lines are for sources of the profile asterisk-queue-log; this one is %(profile)s."
    )


class InvalidKey(Problem):
    """400: the idempotency key cannot be kept."""

    status_code = 400
    code = "invalid_idempotency_key"
    title = _("The idempotency key cannot be used.")
    default_detail = _("Idempotency-Key has 1 to 255 printable ASCII characters.")


class KeyReused(Problem):
    """422: the key belongs to another request."""

    status_code = 422
    code = "idempotency_key_reused"
    title = _("The idempotency key was used for another request.")
    default_detail = _(
        "This source sent another body, or other parameters, with the same Idempotency-Key."
        " Make a new key for each new request."
    )


class InProgress(Problem):
    """409: the first request with the key is still being worked on."""

    status_code = 409
    code = "in_progress"
    title = _("The same request is being worked on.")
    default_detail = _("Wait as Retry-After says, then send the same request again.")

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": RETRY_SECONDS})


class NotTaken(Problem):
    """422: the whole request stored nothing; the import that failed by it is the result."""

    status_code = 422
    title = _("Nothing of the request was stored.")

    def __init__(self, result: dict, *, headers: dict) -> None:
        members = {"errors": result["errors"], "result": result}
        super().__init__(result["message"], members=members, headers=headers)
        self.code = result["code"]
