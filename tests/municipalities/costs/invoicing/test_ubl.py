"""The XML that is written: valid, of the right kind, with the amounts of the claim to the øre."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

from municipalities.costs.invoicing import ubl
from municipalities.costs.invoicing.checking import findings
from municipalities.costs.invoicing.rules import ClaimFault
from municipalities.costs.invoicing.ubl_names import NAMESPACES
from tests.factories.claims import ALVER, FEDJE, LATER, a_bare_claim, a_claim, a_line, credit_of

ORE = st.integers(-(10**14), 10**14)
READABLE = st.characters(
    exclude_categories=("Cc", "Cs"), include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
)
QUANTITIES = st.decimals("0.001", 1000, places=3)


def read(claim, path):
    """Texts that stand at the path."""
    found = etree.fromstring(ubl.document(claim)).xpath(path, namespaces=NAMESPACES)
    return [each if isinstance(each, str) else each.text for each in found]


def of_lines(lines):
    return tuple(
        a_line(Decimal(ore).scaleb(-2), id=str(number), quantity=quantity)
        for number, (ore, quantity) in enumerate(lines, 1)
    )


@pytest.mark.parametrize("category", ["E", "O"])
@pytest.mark.parametrize("is_credit", [False, True])
def test_every_kind_of_document_breaks_no_rule(category, is_credit):
    claim = a_claim(vat_category=category)
    if is_credit:
        claim = credit_of(claim, **LATER)
    assert findings(ubl.document(claim)) == []


@pytest.mark.parametrize("sign", [1, -1])
def test_what_may_be_left_out_may_be_left_out(sign):
    claim = a_bare_claim(corrects="LV2025-0001")
    claim = replace(claim, lines=(replace(claim.lines[0], amount=sign * Decimal(1)),))
    broken = [each.rule for each in findings(ubl.document(claim))]
    assert broken == (["OWN-ACCOUNT"] if sign > 0 else [])


def test_an_invoice_says_what_the_claim_says():
    claim = a_claim()
    assert read(claim, "/inv:Invoice/cbc:InvoiceTypeCode") == ["380"]
    assert read(claim, "//cbc:DueDate") == ["2026-04-01"]
    assert read(claim, "//cac:InvoicePeriod/*") == ["2026-01-01", "2026-03-31"]
    assert read(claim, "//cbc:EndpointID[@schemeID='0192']") == ["920290922", "944041036"]
    assert read(claim, "//cac:PaymentMeans//*[not(*)]") == ["30", "26000074", "86011117947"]
    assert read(claim, "//cac:LegalMonetaryTotal/*") == ["1000.25"] * 4
    assert read(claim, "//cac:InvoiceLine/cbc:AccountingCost") == ["350", "350"]
    assert read(claim, "//cbc:EmbeddedDocumentBinaryObject/@filename") == ["avrekning.pdf"]


def test_a_line_the_other_way_has_a_negative_quantity_and_a_positive_price():
    claim = a_claim()
    assert read(claim, "//cac:InvoiceLine/cbc:LineExtensionAmount") == ["1000.50", "-0.25"]
    assert read(claim, "//cbc:InvoicedQuantity") == ["1", "-3"]
    assert read(claim, "//cbc:PriceAmount") == ["1000.50", "0.25"]
    assert read(claim, "//cbc:BaseQuantity") == ["3"]


def test_a_line_of_nought_has_no_sign():
    claim = a_claim(a_line("-1"), a_line("0", id="2"))
    assert read(claim, "//cac:CreditNoteLine[2]/cbc:LineExtensionAmount") == ["0.00"]
    assert read(claim, "//cac:CreditNoteLine[2]/cbc:CreditedQuantity") == ["1"]


def test_a_credit_note_names_what_it_corrects_and_asks_for_no_payment():
    credit = credit_of(a_claim(), **LATER)
    assert read(credit, "/cn:CreditNote/cbc:CreditNoteTypeCode") == ["381"]
    assert read(credit, "//cac:BillingReference//cbc:ID") == ["LV2026-0007"]
    assert read(credit, "//cbc:DueDate | //cac:PaymentMeans") == []


def test_a_further_invoice_may_correct_an_earlier_one():
    claim = a_claim(corrects="LV2026-0001")
    assert read(claim, "/inv:Invoice/cac:BillingReference//cbc:ID") == ["LV2026-0001"]


@pytest.mark.parametrize(("category", "numbers"), [("E", ["NO920290922MVA"]), ("O", [])])
def test_the_vat_identifier_stands_only_where_it_is_exempt(category, numbers):
    claim = a_claim(vat_category=category)
    assert read(claim, "//cac:PartyTaxScheme/cbc:CompanyID") == numbers
    assert read(claim, "//cbc:Percent") == ["0", "0", "0"] if numbers else numbers == []


@pytest.mark.parametrize("name", ["Å & Ø <Æ>", "«Sør»", "]]>", "&amp;", "A \"B\" 'C'"])
def test_names_are_escaped(name):
    claim = a_claim(customer=replace(FEDJE, name=name), note=name)
    assert read(claim, "//cbc:Note | //cac:AccountingCustomerParty//cbc:RegistrationName") == [
        name,
        name,
    ]
    assert findings(ubl.document(claim)) == []


@given(st.text(READABLE, min_size=1, max_size=8).filter(str.strip))
def test_any_readable_text_stands_as_it_was_written(text):
    claim = a_claim(a_line(text=text))
    assert read(claim, "//cac:Item/cbc:Name") == [text]
    assert findings(ubl.document(claim)) == []


@given(st.one_of(st.integers(0, 8), st.integers(14, 31), st.integers(0xD800, 0xDFFF)))
def test_a_text_that_xml_cannot_hold_is_refused(code):
    with pytest.raises(ClaimFault, match="unreadable_text"):
        a_claim(a_line(text=f"a{chr(code)}b"))


@given(st.lists(st.tuples(ORE, QUANTITIES), min_size=1, max_size=12), st.sampled_from("EO"))
def test_any_amounts_in_ore_sum_and_break_no_rule(lines, category):
    total = sum(ore for ore, _ in lines)
    assume(total)
    claim = a_claim(*of_lines(lines), vat_category=category, corrects="1")

    assert findings(ubl.document(claim)) == []
    (payable,) = read(claim, "//cbc:PayableAmount")
    assert int(payable.replace(".", "")) == abs(total)


@given(st.lists(st.tuples(ORE, QUANTITIES), min_size=1, max_size=6))
def test_a_credit_note_is_the_invoice_with_the_sign_turned(lines):
    assume(sum(ore for ore, _ in lines) > 0)
    claim = a_claim(*of_lines(lines))
    credit = credit_of(claim, **LATER)

    for path in (
        "//*[@currencyID]",
        "//cbc:InvoicedQuantity | //cbc:CreditedQuantity",
        "//cbc:BaseQuantity",
    ):
        assert read(claim, path) == read(credit, path)
    assert credit.total == -claim.total


def test_the_host_without_an_account_leaves_the_payment_out():
    claim = a_claim(supplier=replace(ALVER, account_number=""))
    assert read(claim, "//cac:PaymentMeans") == []
