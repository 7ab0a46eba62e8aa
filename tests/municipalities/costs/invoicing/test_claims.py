"""A claim with a fault cannot be made, and says which fault."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from municipalities.costs.invoicing import faults, rules
from municipalities.costs.invoicing.documents import Attachment
from municipalities.costs.invoicing.rules import ClaimFault
from municipalities.costs.invoicing.words import FAULTS
from tests.factories.claims import ALVER, FEDJE, a_claim, a_line, credit_of

IN_CODE = re.compile(r'(?:yield|ClaimFault\() ?"([a-z_]+)"')
DAY_BEFORE = date(2026, 3, 1)
BROKEN = [
    ("missing", "id", {"id": " "}),
    ("missing", "name", {"customer": replace(FEDJE, name="")}),
    ("missing", "lines", {"lines": (a_line(text=""),)}),
    ("missing", "attachments", {"attachments": (Attachment("", "text/csv", b"1"),)}),
    ("no_reference", "buyer_reference", {"buyer_reference": "", "order_reference": " "}),
    ("no_exemption_reason", "exemption_reason", {"exemption_reason": ""}),
    ("unreadable_text", "note", {"note": "a\x0bb"}),
    ("unreadable_text", "lines", {"lines": (a_line(text="\ufffe"),)}),
    ("unreadable_text", "attachments", {"attachments": (Attachment("\0", "text/csv", b"1"),)}),
    ("bad_org_number", "supplier", {"supplier": replace(ALVER, org_number="920290923")}),
    ("bad_org_number", "customer", {"customer": replace(FEDJE, org_number="")}),
    ("bad_account_number", "supplier", {"supplier": replace(ALVER, account_number="1")}),
    ("claims_of_itself", "customer", {"customer": ALVER}),
    (
        "exempt_without_registration",
        "vat_category",
        {"vat_category": "E", "supplier": replace(ALVER, is_vat_registered=False)},
    ),
    ("due_before_issue", "due_date", {"due_date": DAY_BEFORE}),
    ("half_a_period", "ends_date", {"ends_date": None}),
    ("half_a_period", "ends_date", {"starts_date": None}),
    ("ends_before_start", "ends_date", {"ends_date": date(2026, 1, 1)}),
    ("bad_amount", "lines", {"lines": (a_line("0.001"),)}),
    ("bad_amount", "lines", {"lines": (a_line("NaN"),)}),
    ("bad_amount", "lines", {"lines": (a_line("1e13"),)}),
    ("bad_amount", "lines", {"lines": (a_line("-Infinity"),)}),
    ("bad_quantity", "lines", {"lines": (a_line(quantity=Decimal(0)),)}),
    ("bad_quantity", "lines", {"lines": (a_line(quantity=Decimal(-1)),)}),
    ("bad_quantity", "lines", {"lines": (a_line(quantity=Decimal("NaN")),)}),
    ("no_lines", "lines", {"lines": ()}),
    ("zero_claim", "lines", {"lines": (a_line("0"),)}),
    ("zero_claim", "lines", {"lines": (a_line("5"), a_line("-5", id="2"))}),
    ("bad_attachment", "attachments", {"attachments": (Attachment("a", "text/html", b"1"),)}),
    ("attachment_size", "attachments", {"attachments": (Attachment("a", "text/csv", b""),)}),
    (
        "attachment_size",
        "attachments",
        {"attachments": (Attachment("a", "text/csv", bytes(faults.LARGEST_ATTACHMENT + 1)),)},
    ),
]


@pytest.mark.parametrize(("code", "field", "changes"), BROKEN)
def test_a_fault_is_named(code, field, changes):
    with pytest.raises(ClaimFault) as caught:
        a_claim(**changes)

    assert (caught.value.code, caught.value.field) == (code, field)


def test_every_fault_has_words_and_an_example():
    written = "".join(Path(module.__file__).read_text() for module in (faults, rules))
    of_ids = {"bad_series", "bad_number"}  # tested with the rules
    assert set(IN_CODE.findall(written)) == set(FAULTS) == {code for code, _, _ in BROKEN} | of_ids


def test_due_on_the_day_of_issue_is_taken():
    assert a_claim(due_date=date(2026, 3, 2)).due_date == date(2026, 3, 2)


def test_a_claim_is_a_credit_where_its_lines_sum_below_nought():
    claim = a_claim(a_line("10"), a_line("-10.01", id="2"))
    assert claim.total == Decimal("-0.01")
    assert claim.is_credit


def test_a_credit_takes_back_the_whole_and_names_what_it_corrects():
    claim = a_claim()

    credit = credit_of(
        claim, id="LV2026-0008", issue_date=date(2026, 5, 1), due_date=date(2026, 6, 1)
    )

    assert credit.total == -claim.total
    assert (credit.corrects, credit.customer) == (claim.id, claim.customer)
