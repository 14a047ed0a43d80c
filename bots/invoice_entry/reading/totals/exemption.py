"""What a page says of taxes that are not charged."""

from __future__ import annotations

import re

from ..invoice import Box
from ..places import Read

_EXEMPT = re.compile(
    r"kein(?:e|en|er)?\b.{0,20}(?:umsatzsteuer|mehrwertsteuer|mwst|ust\b)|kleinunternehmer"
    r"|steuerfrei"
    r"|ohne umsatzsteuer|umsatzsteuerbefrei|differenzbesteuerung|reverse.charge"
    r"|steuerschuldnerschaft|autoliquidation|tva non applicable|exon[ée]r|vat exempt"
    r"|exempt from vat"
    r"|zero.rated|no vat|vat.registered|registered for vat|vat (?:is )?not applicable"
    r"|outside the scope of|inversión del sujeto|exent[oa] de iva|no sujet[oa]"
    r"|inversione contabile"
    r"|esente|fuori campo|regime forfett?ario|btw verlegd|vrijgesteld|kleineondernemers"
    r"|odwrotne obciążenie|zwolni|免税",
    re.IGNORECASE,
)
_REGISTERED = re.compile(r"vat.registered|registered for vat", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no)\b", re.IGNORECASE)


def exemption(
    pages: Read,
) -> tuple[int, Box] | None:
    """Where the pages say first that no tax is charged."""
    for page, _ in pages:
        for row in page.rows:
            if says_no_tax(row.text):
                return page.number, row.cells[0].box
    return None


def says_no_tax(text: str) -> bool:
    """Whether the text says so."""
    match = _EXEMPT.search(text)
    if match and _REGISTERED.search(match[0]):
        return bool(_NOT.search(text[: match.start()]))
    return match is not None
