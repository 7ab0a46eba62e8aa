"""Claims of Alver, the host, on Fedje. Organisation numbers are those of the municipalities."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from municipalities.costs.invoicing.documents import Attachment, Claim, Line, Party, VatCategory

ALVER = Party(
    name="Alver kommune",
    org_number="920290922",
    street="Kvernhusmyrane 20",
    postal_code="5914",
    city="Isdalstø",
    is_vat_registered=True,
    account_number="86011117947",
)
FEDJE = Party(name="Fedje kommune", org_number="944041036", postal_code="5947", city="Fedje")
# How a later claim that credits the first differs.
LATER = {"id": "LV2026-0008", "issue_date": date(2026, 5, 4), "due_date": date(2026, 6, 3)}
STATEMENT = Attachment("avrekning.pdf", "application/pdf", b"%PDF-1.7")


def a_line(amount="1000.50", **changes):
    told = {"id": "1", "text": "Legevakt, 1. kvartal 2026", "account_art": "350"}
    return Line(**(told | {"amount": Decimal(amount)} | changes))


def a_claim(*lines, **changes):
    """Every field is filled, but for what it corrects."""
    told = {
        "id": "LV2026-0007",
        "issue_date": date(2026, 3, 2),
        "due_date": date(2026, 4, 1),
        "supplier": ALVER,
        "customer": FEDJE,
        "lines": lines or (a_line(), a_line("-0.25", id="2", quantity=Decimal(3))),
        "vat_category": VatCategory.OUTSIDE,
        "exemption_reason": "Ikkje omfatta av meirverdiavgiftslova",
        "buyer_reference": "4633-17",
        "order_reference": "PO-1",
        "note": "Samarbeidsavtale av 2025",
        "starts_date": date(2026, 1, 1),
        "ends_date": date(2026, 4, 1),
        "payment_reference": "26000074",
        "attachments": (STATEMENT,),
    }
    return Claim(**(told | changes))


def a_bare_claim(**changes):
    """Nothing is filled that may be left out."""
    bare = {
        "supplier": Party(name="Alver kommune", org_number="920290922"),
        "customer": Party(name="Fedje kommune", org_number="944041036"),
        "order_reference": "",
        "note": "",
        "starts_date": None,
        "ends_date": None,
        "payment_reference": "",
        "attachments": (),
    }
    return a_claim(a_line(account_art=""), **(bare | changes))


def credit_of(claim: Claim, *, id: str, issue_date: date, due_date: date) -> Claim:
    """A claim that takes back the whole of another, line by line, and names it."""
    return replace(
        claim,
        id=id,
        issue_date=issue_date,
        due_date=due_date,
        lines=tuple(replace(line, amount=-line.amount) for line in claim.lines),
        corrects=claim.id,
    )
