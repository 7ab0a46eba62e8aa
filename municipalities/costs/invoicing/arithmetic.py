"""The sums of an electronic invoice, to the øre.

Peppol and the package that is run beside this allow an øre or two of rounding; here nothing is
ever rounded. Our documents have no allowances, charges or amounts paid beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from municipalities.costs.invoicing.ubl_elements import Element
from municipalities.costs.invoicing.ubl_names import NAMESPACES

DECIMALS = 2
LINES = "/*/cac:InvoiceLine | /*/cac:CreditNoteLine"
CATEGORY_OF_LINE = "cac:Item/cac:ClassifiedTaxCategory/cbc:ID"
SUBTOTALS = "/*/cac:TaxTotal/cac:TaxSubtotal"


def broken_sums(root: Element) -> Iterator[tuple[str, str]]:
    """Rule and text for each sum that is wrong. The document is valid by the schema."""
    yield from _totals(root)
    yield from _vat(root)
    for line in _all(root, LINES):
        yield from _line(line)
    for amount in _all(root, "//*[@currencyID][not(self::cbc:PriceAmount)]"):
        if -int(Decimal(amount.text).as_tuple().exponent) > DECIMALS:
            yield "BR-DEC", f"{amount.text} has more than two decimals."


def _totals(root: Element) -> Iterator[tuple[str, str]]:
    lines, exclusive, inclusive, payable = (
        _amount(root, f"cac:LegalMonetaryTotal/cbc:{name}Amount")
        for name in ("LineExtension", "TaxExclusive", "TaxInclusive", "Payable")
    )
    tax = _amount(root, "cac:TaxTotal/cbc:TaxAmount")
    yield from _differs("BR-CO-10", lines, _sum(root, f"({LINES})/cbc:LineExtensionAmount"))
    yield from _differs("BR-CO-13", exclusive, lines)
    yield from _differs("BR-CO-14", tax, _sum(root, f"{SUBTOTALS}/cbc:TaxAmount"))
    yield from _differs("BR-CO-15", inclusive, exclusive + tax)
    yield from _differs("BR-CO-16", payable, inclusive)


def _vat(root: Element) -> Iterator[tuple[str, str]]:
    """Each category of the lines has one sum of its own, of its lines, with no VAT."""
    for category in sorted({each.text for each in _all(root, f"({LINES})/{CATEGORY_OF_LINE}")}):
        subtotals = _all(root, f"{SUBTOTALS}[cac:TaxCategory/cbc:ID = $code]", code=category)
        if len(subtotals) != 1:
            yield f"BR-{category}-01", f"{category} has {len(subtotals)} sums in the VAT, not one."
            continue
        of_category = f"({LINES})[{CATEGORY_OF_LINE} = $code]/cbc:LineExtensionAmount"
        lines = _sum(root, of_category, code=category)
        yield from _differs(f"BR-{category}-08", _amount(subtotals[0], "cbc:TaxableAmount"), lines)
        yield from _differs(
            f"BR-{category}-09", _amount(subtotals[0], "cbc:TaxAmount"), Fraction(0)
        )


def _line(line: Element) -> Iterator[tuple[str, str]]:
    """Quantity × price ÷ the quantity that the price is of."""
    quantity = _amount(line, "cbc:InvoicedQuantity | cbc:CreditedQuantity")
    price = _amount(line, "cac:Price/cbc:PriceAmount")
    base = _amount(line, "cac:Price/cbc:BaseQuantity") or Fraction(1)
    net = _amount(line, "cbc:LineExtensionAmount")
    yield from _differs("PEPPOL-EN16931-R120", net, quantity * price / base)


def _differs(rule: str, told: Fraction, right: Fraction) -> Iterator[tuple[str, str]]:
    if told != right:
        yield rule, f"{float(told):.2f} stands where {float(right):.2f} is right."


def _all(root: Element, path: str, **variables: str) -> list[Element]:
    return root.xpath(path, namespaces=NAMESPACES, **variables)


def _sum(root: Element, path: str, **variables: str) -> Fraction:
    return sum((Fraction(found.text) for found in _all(root, path, **variables)), Fraction(0))


def _amount(root: Element, path: str) -> Fraction:
    """The first that is found; nought where nothing stands."""
    found = _all(root, path)
    return Fraction(found[0].text) if found else Fraction(0)
