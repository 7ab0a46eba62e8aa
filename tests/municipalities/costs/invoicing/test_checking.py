"""Every rule that is checked here finds the document that breaks it, however little."""

import copy

import pytest
from lxml import etree
from peppol import check_rules

from municipalities.costs.invoicing import ubl
from municipalities.costs.invoicing.assertions import ASSERTIONS
from municipalities.costs.invoicing.checking import Finding, RulesBroken, checked, findings
from municipalities.costs.invoicing.ubl_names import CAC, CBC, NAMESPACES
from tests.factories.claims import LATER, a_claim, credit_of

OUTSIDE, EXEMPT = a_claim(), a_claim(vat_category="E")
DOCUMENTS = {
    "invoice": etree.fromstring(ubl.document(OUTSIDE)),
    "exempt": etree.fromstring(ubl.document(EXEMPT)),
    "credit": etree.fromstring(ubl.document(credit_of(OUTSIDE, **LATER))),
}
SELLER, BUYER = "//cac:AccountingSupplierParty", "//cac:AccountingCustomerParty"
TOTAL = "//cac:LegalMonetaryTotal/cbc:"
NUMBER = {"schemeID": "0192"}
REGISTERED = f"""<cac:PartyTaxScheme xmlns:cac="{CAC}" xmlns:cbc="{CBC}">
<cbc:CompanyID>NO944041036MVA</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"""
PERCENT = f'<cbc:Percent xmlns:cbc="{CBC}">0</cbc:Percent>'


def written(path, text):
    def change(root):
        for element in found(root, path):
            element.text = text

    return change


def removed(path):
    def change(root):
        for element in found(root, path):
            element.getparent().remove(element)

    return change


def marked(path, **attributes):
    def change(root):
        for element in found(root, path):
            element.attrib.update(attributes)

    return change


def inserted(before, xml):
    def change(root):
        for element in found(root, before):
            element.addprevious(etree.fromstring(xml))

    return change


def doubled(path):
    def change(root):
        for element in found(root, path):
            element.addnext(copy.deepcopy(element))

    return change


def found(root, path):
    elements = root.xpath(path, namespaces=NAMESPACES)
    assert elements, f"nothing stands at {path}"
    return elements


BROKEN = [
    ("PEPPOL-EN16931-R004", "invoice", written("//cbc:CustomizationID", "urn:cen.eu:en16931:2017")),
    ("PEPPOL-EN16931-R007", "invoice", written("//cbc:ProfileID", "billing")),
    ("PEPPOL-EN16931-P0100", "invoice", written("//cbc:InvoiceTypeCode", "381")),
    ("PEPPOL-EN16931-P0101", "credit", written("//cbc:CreditNoteTypeCode", "380")),
    (
        "PEPPOL-EN16931-R003",
        "invoice",
        removed("//cbc:BuyerReference | //cac:OrderReference"),
    ),
    ("PEPPOL-EN16931-R008", "invoice", written("//cbc:Note", " ")),
    ("PEPPOL-EN16931-R010", "invoice", removed(f"{BUYER}//cbc:EndpointID")),
    ("PEPPOL-EN16931-R020", "invoice", removed(f"{SELLER}//cbc:EndpointID")),
    ("PEPPOL-EN16931-R051", "invoice", marked(f"{TOTAL}PayableAmount", currencyID="SEK")),
    ("BR-CO-25", "invoice", removed("//cbc:DueDate")),
    ("BR-CO-26", "invoice", removed(f"{SELLER}//cac:PartyLegalEntity/cbc:CompanyID")),
    ("BR-29", "invoice", written("//cac:InvoicePeriod/cbc:EndDate", "2025-12-31")),
    ("BR-61", "invoice", removed("//cac:PayeeFinancialAccount")),
    ("PEPPOL-EN16931-R121", "invoice", written("//cbc:BaseQuantity", "-3")),
    ("BR-27", "invoice", written("//cac:InvoiceLine[1]//cbc:PriceAmount", "-1000.50")),
    ("BR-CL-24", "invoice", marked("//cbc:EmbeddedDocumentBinaryObject", mimeCode="text/html")),
    ("BR-O-02", "invoice", inserted(f"{BUYER}//cac:PartyLegalEntity", REGISTERED)),
    ("BR-O-05", "invoice", inserted("//cac:ClassifiedTaxCategory/cac:TaxScheme", PERCENT)),
    ("BR-O-10", "invoice", removed("//cbc:TaxExemptionReason")),
    ("BR-E-02", "exempt", removed(f"{SELLER}//cac:PartyTaxScheme")),
    ("BR-E-05", "exempt", written("//cac:ClassifiedTaxCategory/cbc:Percent", "25")),
    ("OWN-CATEGORY", "exempt", written("//cac:ClassifiedTaxCategory/cbc:ID", "Z")),
    ("OWN-DUE-DATE", "invoice", written("//cbc:DueDate", "2026-03-01")),
    ("OWN-POSITIVE", "invoice", written(f"{TOTAL}PayableAmount", "-1000.25")),
    ("OWN-CREDIT-OF", "credit", removed("//cac:BillingReference")),
    ("OWN-ACCOUNT", "invoice", removed("//cac:PaymentMeans")),
    ("PEPPOL-COMMON-R041", "invoice", written(f"{BUYER}//cbc:EndpointID", "944041037")),
    (
        "PEPPOL-COMMON-R041",
        "credit",
        written(f"{SELLER}//cac:PartyLegalEntity/cbc:CompanyID", "920 290 922"),
    ),
    ("NO-R-001", "exempt", written("//cac:PartyTaxScheme/cbc:CompanyID", "NO920290923MVA")),
    ("NO-R-001", "exempt", written("//cac:PartyTaxScheme/cbc:CompanyID", "NO920290922")),
    ("BR-CO-10", "invoice", written(f"{TOTAL}LineExtensionAmount", "1000.26")),
    ("BR-CO-13", "invoice", written(f"{TOTAL}TaxExclusiveAmount", "1000.26")),
    ("BR-CO-13", "invoice", removed(f"{TOTAL}TaxExclusiveAmount")),
    ("BR-CO-14", "invoice", written("//cac:TaxTotal/cbc:TaxAmount", "0.01")),
    ("BR-CO-15", "invoice", written(f"{TOTAL}TaxInclusiveAmount", "1000.24")),
    ("BR-CO-16", "credit", written(f"{TOTAL}PayableAmount", "1000.24")),
    ("BR-O-01", "invoice", doubled("//cac:TaxSubtotal")),
    ("BR-E-01", "exempt", removed("//cac:TaxSubtotal")),
    ("BR-O-08", "credit", written("//cbc:TaxableAmount", "1000.26")),
    ("BR-E-08", "exempt", written("//cbc:TaxableAmount", "1000.24")),
    ("BR-O-09", "invoice", written("//cac:TaxSubtotal/cbc:TaxAmount", "0.01")),
    ("BR-E-09", "exempt", written("//cac:TaxSubtotal/cbc:TaxAmount", "0.01")),
    ("PEPPOL-EN16931-R120", "invoice", written("//cac:InvoiceLine[2]//cbc:PriceAmount", "0.26")),
    ("BR-DEC", "invoice", written(f"{TOTAL}PayableAmount", "1000.250")),
]
ONLY_WARNED = {"OWN-CREDIT-OF", "OWN-ACCOUNT"}


def broken_document(kind, change):
    root = copy.deepcopy(DOCUMENTS[kind])
    change(root)
    return etree.tostring(root)


@pytest.mark.parametrize(("rule", "kind", "change"), BROKEN, ids=[each[0] for each in BROKEN])
def test_a_broken_rule_is_found(rule, kind, change):
    document = broken_document(kind, change)

    broken = findings(document)

    assert rule in {each.rule for each in broken}
    assert {each.is_fatal for each in broken if each.rule == rule} == {rule not in ONLY_WARNED}


def test_every_assertion_has_a_broken_example():
    assert {assertion.rule for assertion in ASSERTIONS} <= {rule for rule, _, _ in BROKEN}


def test_what_breaks_no_rule_is_handed_out_as_it_is():
    document = ubl.document(OUTSIDE)
    assert checked(document) is document


def test_what_breaks_a_rule_is_not_handed_out():
    document = broken_document("invoice", written("//cbc:DueDate", "2026-03-01"))

    with pytest.raises(RulesBroken, match="OWN-DUE-DATE") as caught:
        checked(document)

    assert [each.rule for each in caught.value.findings] == ["OWN-DUE-DATE"]


def test_a_warning_keeps_nothing_back():
    assert checked(broken_document("invoice", removed("//cac:PaymentMeans")))


def test_a_wrong_ore_that_the_package_lets_pass_is_found():
    document = broken_document("invoice", written(f"{TOTAL}LineExtensionAmount", "1000.26"))
    assert check_rules(document) == []
    assert findings(document)


def test_a_rule_of_the_package_is_told_by_its_name():
    document = broken_document("invoice", written("//cac:TaxSubtotal//cac:TaxCategory/cbc:ID", "E"))
    assert "BR-CO-04" in {each.rule for each in findings(document)}


def test_elements_out_of_order_break_the_schema():
    root = copy.deepcopy(DOCUMENTS["invoice"])
    root.append(root[0])
    (finding, *_rest) = findings(etree.tostring(root))
    assert (finding.rule, finding.is_fatal) == ("UBL-2.1", True)


@pytest.mark.parametrize("document", [b"", b"<Invoice>", b"not XML", b"\xff\xfe"])
def test_what_is_not_xml_is_said(document):
    assert [each.rule for each in findings(document)] == ["XML"]


def test_another_document_breaks_the_schema():
    assert [each.rule for each in findings(b"<Order/>")] == ["UBL-2.1"]


def test_a_document_that_declares_entities_is_not_read_further():
    declared = b'<!DOCTYPE Invoice [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    document = ubl.document(OUTSIDE).replace(b"Samarbeidsavtale", b"&e;")
    start = document.index(b"<Invoice")

    told = findings(document[:start] + declared + document[start:])

    assert told == [Finding("XML", "A document type declaration is not taken.")]
