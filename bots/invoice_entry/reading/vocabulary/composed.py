"""Labels put together of the paper and what is said of it, in each language's order.

`Rechnung` + `Kennung`, `référence` + `de la facture`: nobody prints all of them, each is printed by
somebody. Spaces and punctuation count for nothing in a label.
"""

from __future__ import annotations

from itertools import product

from .strength import GOOD, STRONG


def _composed(*parts: str) -> str:
    """Every choice of one of each of the parts, in this order; `_` is nothing."""
    choices = product(*(part.split("|") for part in parts))
    return "|".join(" ".join(word for word in choice if word != "_") for choice in choices)


_DE = "rechnung|rechnungs|rechn|gutschrift|gutschrifts|fakturen|rechnungskorrektur"
_EN = (
    "invoice|tax invoice|vat invoice|sales invoice|service invoice|our invoice|bill|credit note"
    "|credit memo"
)
_FR = "facture|avoir"
_PL = "faktura|faktura vat|faktury|faktury vat|rachunek|rachunku"

NUMBER = {
    STRONG: "|".join(
        (
            _composed(_DE, "nummer|nr|no|id|kennung"),
            _composed("nummer der|nr der|nr", "rechnung"),
            _composed(_EN, "number|no|nr|num|id|#"),
            _composed(_FR, "numéro|numero|n°|no|nº|nr|num|id"),
            _composed("numéro|numero|n°|no|nº|num", "de|de la|d'|_", _FR),
            _composed("factura|factura simplificada", "número|numero|num|núm|nº|n.º|no|n°"),
            _composed("número|numero|num|núm|nº|n.º|n°", "de|de la|_", "factura"),
            _composed("fattura", "numero|nr|num|n°|no|n"),
            _composed("numero|nr|num|n°|n", "della|di|_", "fattura"),
            _composed("factuur|faktuur", "nummer|nr|no|id"),
            _composed("nummer|nr", "factuur"),
            _composed(_PL, "nr|numer"),
            _composed("nr|numer", "faktury|faktury vat|rachunku"),
        )
    ),
    GOOD: "|".join(
        (
            _composed(_EN, "reference|ref"),
            _composed(_FR, "référence|réf"),
            _composed("référence|réf", "de|de la|d'|_", _FR),
            _composed("referencia", "de|de la|_", "factura"),
            _composed("riferimento", "_|della", "fattura"),
            _composed("factuur", "kenmerk|referentie"),
        )
    ),
}
ISSUE_DATE = {
    STRONG: "|".join(
        (
            _composed("rechnungs|rechnung|gutschrifts|ausstellungs|erstellungs|beleg", "datum"),
            _composed("datum", "der|_", "rechnung|gutschrift|ausstellung|rechnungsstellung"),
            _composed("rechnungs|rechnungs-/", "und|_", "lieferdatum|leistungsdatum"),
            "rechnungsdatum lieferdatum|rechnungsdatum leistungsdatum|liefer- und rechnungsdatum",
            _composed(_EN, "date|issue date|issued|issued on|created|created on"),
            _composed("date", "of|of the|_", "invoice|bill|issue|issuance|issuing|credit note"),
            _composed("issue|issued|issuing|issuance|invoicing|billing|bill", "date"),
            _composed("date", "de|de la|_", "facture|facturation|établissement|création|édition"),
            _composed("fecha", "de|de la|_", "factura|facturación|emisión|expedición"),
            _composed("data", "di|della|del|_", "fattura|fatturazione|emissione|documento"),
            _composed("datum", "van|_", "factuur|uitgifte"),
            _composed("data", "wystawienia|wyst|faktury|rachunku|wystawienia faktury"),
        )
    ),
    GOOD: """created|created on|date created|creation date|erstellt am|statement date|
        date d'édition|établie le|éditée le|émis|fecha doc|wystawiono|wystawiono dnia|dato""",
}
