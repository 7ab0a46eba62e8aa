"""The headers of requests and answers, for the OpenAPI document."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter

from legevakt.lib.api_document import IF_NONE_MATCH, REQUEST_ID, answer_header

ROW_HEADERS = ("Received", "Accepted", "Rejected", "Created", "Updated", "Unchanged")
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]*[!-~])?$"},
    OpenApiParameter.HEADER,
    description="your name for this request; kept 30 days, and the answer is repeated",
)
ENCODING = OpenApiParameter(
    "Content-Encoding",
    {"type": "string", "enum": ["identity", "gzip"]},
    OpenApiParameter.HEADER,
    description="gzip is welcome; the limits count unpacked bytes",
)
LANGUAGE = OpenApiParameter(
    "Accept-Language",
    {"type": "string", "default": "en"},
    OpenApiParameter.HEADER,
    description="nn, nb or en: the language of title, detail and message",
)


POLICY = '"token";q=quota;w=window in seconds'
# An address that is none, and an error of ours, are answered by others.
BY_OUR_VIEWS = [200, 202, 304, 400, 401, 403, 406, 409, 413, 415, 422, 429]
EVERYWHERE = [
    LANGUAGE,
    REQUEST_ID,
    answer_header("RateLimit-Policy", POLICY, on=BY_OUR_VIEWS, always=True),
    answer_header("RateLimit-Policy", POLICY, on=[404]),
    answer_header("RateLimit", '"token";r=remaining;t=seconds until the window begins anew'),
    answer_header("WWW-Authenticate", "Bearer", on=[401], always=True),
    answer_header("Retry-After", "seconds", on=[429], kind=int, always=True),
]
OF_WAITING = [
    answer_header("Location", "the import", on=[202], always=True),
    answer_header("Retry-After", "seconds", on=[202], kind=int, always=True),
]
OF_TAKING = [
    KEY,
    ENCODING,
    answer_header("Idempotency-Replayed", "true: an answer of before", on=[200, 202, 422]),
    *OF_WAITING,
    answer_header("Retry-After", "seconds", on=[409], kind=int),
]
OF_ROWS = [
    answer_header(f"X-Rows-{name}", "rows, as in counts", on=[200], kind=int, always=True)
    for name in ROW_HEADERS
]
OF_REFUSAL = [
    answer_header(f"X-Rows-{name}", "rows, as in counts", on=[202, 422], kind=int)
    for name in ROW_HEADERS
]
OF_TAGGED = [
    IF_NONE_MATCH,
    answer_header("ETag", "for If-None-Match", on=[200, 304], always=True),
    answer_header("Cache-Control", "private, no-cache", on=[200, 304], always=True),
]
