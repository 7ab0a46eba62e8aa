"""What each address answers to whom. A new address gets its row here, or a test fails.

Statuses stand for: nobody logged in, outsider, partner director, host director, auditor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

PERSONAS = ("nobody", "outsider", "partner_director", "host_director", "auditor")


@dataclass(frozen=True)
class Expected:
    """`arguments` are looked up in the test's world by name; `method` is what is tried."""

    statuses: tuple[int, ...]
    arguments: tuple[str, ...] = ()
    method: str = "get"
    data: dict = field(default_factory=dict)

    def status_for(self, persona: str) -> int:
        return self.statuses[PERSONAS.index(persona)]


def to(*statuses: int, method: str = "get") -> Callable[..., Expected]:
    """A row's maker; the statuses in the order of PERSONAS."""

    def row(*arguments: str, **data) -> Expected:
        return Expected(statuses, arguments, method, data)

    return row


everybody = to(200, 200, 200, 200, 200)
who_is_logged_in = to(302, 200, 200, 200, 200)
who_takes_part = to(302, 404, 200, 200, 200)
host_and_auditor = to(302, 404, 404, 200, 200)
host_alone = to(302, 404, 404, 200, 404)
who_imports = to(302, 404, 404, 404, 404)
who_finds_nothing = to(302, 404, 404, 404, 404)
nobody_here = to(404, 404, 404, 404, 404)
a_token_only = to(401, 401, 401, 401, 401)

posted_by_host = to(302, 404, 404, 302, 404, method="post")
posted_by_importers = to(302, 404, 404, 404, 404, method="post")
posted_by_who_prepares = to(302, 404, 404, 404, 404, method="post")
posted_by_everybody = to(302, 302, 302, 302, 302, method="post")
token_to_post = to(401, 401, 401, 401, 401, method="post")

EXPECTED: dict[str, Expected] = {
    # dashboard
    "dashboard": who_is_logged_in(),
    "figure": who_takes_part("central", "month"),
    "trend": who_takes_part("central"),
    "hour_of_week": who_takes_part("central"),
    # telephony
    "imports": host_and_auditor(),
    "import_upload": who_imports(),
    "import": host_and_auditor("checked_import"),
    "import_progress": host_and_auditor("checked_import"),
    "import_refused": host_and_auditor("checked_import"),
    "import_confirm": posted_by_importers("checked_import"),
    "import_cancel": posted_by_importers("checked_import"),
    "definitions": who_is_logged_in(),
    "definition": who_is_logged_in("definition"),
    # annual report
    "annual_reports": who_takes_part(),
    "annual_report": who_takes_part("approved_report"),
    "annual_report_documents": who_takes_part("approved_report"),
    "annual_report_document": who_takes_part("approved_report", "language"),
    "annual_report_prepare": posted_by_who_prepares("cooperation", year=2025),
    "annual_report_again": posted_by_who_prepares("draft_report", "language"),
    "annual_report_approve": host_alone("draft_report"),
    # deliveries
    "deliveries": host_and_auditor(),
    "outbox": host_and_auditor(),
    "outbox_attachment": who_finds_nothing("no_mail", "position"),
    "delivery_schedule": host_alone("cooperation"),
    "deliveries_send": posted_by_host("cooperation", "approved_report"),
    "delivery_again": posted_by_host("failed_delivery"),
    # administration
    "access": host_and_auditor(),
    "access_revoke": posted_by_host("membership"),
    # API
    "api_call_imports": token_to_post(),
    "api_call_import": a_token_only("checked_import"),
    "api_call_import_rows": a_token_only("checked_import"),
    "api_call_import_cancel": token_to_post("checked_import"),
    "api_schema": everybody(),
    "api_reference": everybody(),
    # the installation
    "set_language": posted_by_everybody(language="nb"),
    "help": everybody(),
    "accessibility": everybody(),
    "health_live": everybody(),
    "health_ready": nobody_here(),
    "metrics": nobody_here(),
}
