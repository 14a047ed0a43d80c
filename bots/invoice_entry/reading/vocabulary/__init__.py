"""The words that invoices print beside their values, by field, strength and language.

A label may stand for nothing we want (`other`): it is listed so that the longer, exact label wins
over the shorter one inside it, as in *Gesamtbetrag der Abschläge*.
"""

from . import composed, others, papers, parties, sums
from .strength import GOOD, STRONG, WEAK


def _joined(one: dict[float, str], other: dict[float, str]) -> dict[float, str]:
    return {
        strength: "|".join(words[strength] for words in (one, other) if strength in words)
        for strength in (STRONG, GOOD, WEAK)
    }


VOCABULARY = {
    "number": _joined(papers.NUMBER, composed.NUMBER),
    "issue_date": _joined(papers.ISSUE_DATE, composed.ISSUE_DATE),
    "due_date": papers.DUE_DATE,
    "delivery_date": papers.DELIVERY_DATE,
    "net": _joined(sums.NET, composed.NET),
    "tax": sums.TAX,
    "gross": _joined(sums.GROSS, composed.GROSS),
    "currency": sums.CURRENCY,
    "iban": sums.IBAN,
    "seller_vat": parties.SELLER_VAT,
    "buyer_vat": parties.BUYER_VAT,
    "po_number": papers.PO,
    "seller": parties.SELLER,
    "buyer": parties.BUYER,
    "party_name": parties.PARTY_NAME,
    "other": others.OTHER,
}

__all__ = ["GOOD", "STRONG", "VOCABULARY", "WEAK"]
