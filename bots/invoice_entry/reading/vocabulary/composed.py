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
            "miejsce i data wystawienia|data i miejsce wystawienia|miejsce i data|ort und datum"
            "|ort, datum|lieu et date|luogo e data|lugar y fecha|place and date of issue",
        )
    ),
    GOOD: """created|created on|date created|creation date|erstellt am|statement date|
        date d'édition|établie le|éditée le|émis|fecha doc|wystawiono|wystawiono dnia|dato""",
}

_NET_DE = "ohne|exkl|excl|zzgl|zuzüglich|vor"
_GROSS_DE = "inkl|incl|inklusive|mit|einschl|einschließlich"
_TAX_DE = "mwst|ust|umsatzsteuer|mehrwertsteuer|steuer|steuern"
_WHOLE_DE = "summe|gesamt|gesamtbetrag|betrag|total|rechnungsbetrag|endbetrag"
_SUM_DE = f"{_WHOLE_DE}|zwischensumme"
_WHOLE_EN = "total|total amount|amount|sum|total price|invoice total"
_SUM_EN = f"{_WHOLE_EN}|subtotal"
_TAX_EN = "vat|tax|gst|sales tax|taxes"
_WHOLE_FR = "total|montant|montant total|prix total|total facture|facture|total général"
_SUM_FR = f"{_WHOLE_FR}|sous-total"
_WHOLE_NL = "totaal|totaalbedrag|bedrag|totaal bedrag|factuurbedrag"
_SUM_NL = f"{_WHOLE_NL}|subtotaal"
_SUM_PL = "razem|wartość|kwota|suma|ogółem|łącznie|należność"

NET = {
    STRONG: "|".join(
        (
            _composed(_SUM_DE, _NET_DE, _TAX_DE),
            _composed("summe|betrag|gesamt|gesamtbetrag|rechnungsbetrag|endsumme|wert", "netto"),
            _composed(_SUM_EN, "excl|excluding|exclusive of|ex|without|before|less", _TAX_EN),
            "untaxed amount|total untaxed|net invoice|net invoice amount|net invoice total",
            _composed(_SUM_FR, "ht|hors tva|hors taxe|hors taxes|htva|h.t.v.a"),
            _composed("total|importe|importe total|subtotal", "sin iva|sin impuestos|neto"),
            _composed("totale|importo|importo totale|subtotale", "senza iva|iva esclusa|netto iva"),
            "imponibile iva|totale imponibile iva",
            _composed(_SUM_NL, "excl|exclusief|ex|zonder", "btw|b.t.w"),
            "maatstaf van heffing|grondslag|totaal netto",
            _composed(_SUM_PL, "netto"),
        )
    ),
    GOOD: "|".join(
        (
            _composed("excl|excluding|ex|exkl|exclusief", "vat|tax|gst|mwst|ust|btw"),
            "summe positionen|summe der positionen|items total|total items value",
        )
    ),
}
GROSS = {
    STRONG: "|".join(
        (
            _composed(_WHOLE_DE, _GROSS_DE, _TAX_DE),
            _composed("summe|betrag|gesamt|gesamtbetrag|rechnungsbetrag|endsumme", "brutto"),
            _composed(_WHOLE_EN, "incl|including|inclusive of|inc|with|after", _TAX_EN),
            "amount to pay|total to be paid|total amount to pay|final amount",
            _composed(_WHOLE_FR, "ttc|t.t.c|tvac|tva comprise|toutes taxes comprises"),
            "total facture ttc|net à payer ttc",
            _composed("total|importe|importe total", "con iva|iva incluido|iva inc|con impuestos"),
            _composed("totale|importo|importo totale", "con iva|iva inclusa|ivato|iva compresa"),
            _composed(_WHOLE_NL, "incl|inclusief|inc|met", "btw|b.t.w"),
            "totaal te betalen|te betalen bedrag|totaal te voldoen",
            _composed(_SUM_PL, "brutto|do zapłaty"),
        )
    ),
    GOOD: "to pay|incl vat|including vat|incl btw|inclusief btw|inkl mwst|inkl ust",
}
