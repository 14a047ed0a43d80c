"""The language of a document, told by its commonest small words."""

from __future__ import annotations

import re

_WORDS = {
    "de": "der die das und für mit von den rechnung bitte nummer betrag zahlbar seite",
    "en": "the of and for to is by invoice please number amount payment terms page",
    "fr": "le les des et pour du par facture de la votre montant paiement numéro",
    "es": "el los las y para del por factura su importe pago número fecha",
    "it": "il gli di e per del fattura pagamento importo numero data scadenza imponibile",
    "nl": "het een en van voor met factuur bedrag betaling nummer datum klant",
    "pl": "i na do z faktura nr kwota termin płatności data sprzedawca nabywca razem",
}
_SPLIT = {name: frozenset(words.split()) for name, words in _WORDS.items()}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENOUGH = 3


def language_of(text: str) -> str | None:
    """The ISO 639-1 code; None when too little speaks for any one language."""
    if len(_CHINESE.findall(text)) > 10:
        return "zh"
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {name: sum(word in known for word in words) for name, known in _SPLIT.items()}
    first, second, *_ = sorted(counts, key=lambda name: counts[name], reverse=True)
    clear = counts[first] >= _ENOUGH and counts[first] > counts[second]
    return first if clear else None
