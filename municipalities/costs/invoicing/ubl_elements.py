"""Elements of UBL: what has nothing to say is left out, for no element may be empty."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lxml.builder import ElementMaker

from municipalities.costs.invoicing.ubl_names import CAC, CBC, CURRENCY

Element = Any  # lxml has no types of its own
_BASIC = ElementMaker(namespace=CBC, nsmap={"cbc": CBC})
_AGGREGATE = ElementMaker(namespace=CAC, nsmap={"cac": CAC})


def value(name: str, text: str, **attributes: str) -> Element | None:
    """A basic component, such as `<cbc:ID>`; None where the text is blank."""
    return _BASIC(name, text, attributes) if text.strip() else None


def amount(name: str, kroner: Decimal) -> Element | None:
    """An amount with its currency and two decimals, which are never rounded here."""
    return value(name, f"{kroner:.2f}", currencyID=CURRENCY)


def group(name: str, *parts: Element | None) -> Element | None:
    """An aggregate component, such as `<cac:Party>`, of the parts there are; None where none is."""
    present = [part for part in parts if part is not None]
    return _AGGREGATE(name, *present) if present else None
