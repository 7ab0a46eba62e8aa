"""What a person reads where a claim cannot be made."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, str | Promise] = {
    "missing": _("A number, a name or a text is missing. Fill it in."),
    "no_reference": _(
        "The payer's reference is missing. An invoice must have it, or an order number. Ask the"
        " municipality."
    ),
    "no_exemption_reason": _(
        "It is not said why there is no VAT. Write what the host's accountant has decided."
    ),
    "unreadable_text": _("A text has characters that an invoice cannot hold. Write it anew."),
    "bad_org_number": _(
        "The organisation number is not right. It has nine digits; look it up in Enhetsregisteret."
    ),
    "bad_account_number": _("The bank account is not right. It has eleven digits. Correct it."),
    "claims_of_itself": _(
        "The host cannot invoice itself. Correct the organisation number of one of them."
    ),
    "exempt_without_registration": _(
        "Category E needs a host that is registered for VAT. Choose O, or tick that the host is"
        " registered."
    ),
    "due_before_issue": _("It is due before it is issued. Choose a later day."),
    "half_a_period": _("The period has only one of its days. Fill in both, or none."),
    "ends_before_start": _("The last day is before the first. Correct one of them."),
    "bad_amount": _("An amount cannot be invoiced. Write it in kroner, with at most two decimals."),
    "bad_quantity": _("A quantity is not above nought. Correct it."),
    "no_lines": _("There is nothing on the invoice. Add a line."),
    "zero_claim": _("The amounts sum to nought, so that there is nothing to invoice or credit."),
    "bad_attachment": _(
        "The attachment is of a type that an invoice cannot carry. Attach PDF, PNG, JPEG, CSV,"
        " XLSX or ODS."
    ),
    "attachment_size": _("The attachment is empty, or larger than 5 MB. Attach another."),
    "bad_series": _("A series of invoice numbers is 1 to 12 capital letters A to Z and digits."),
    "bad_number": _("Invoice numbers begin at 1."),
}
