"""What letters and business systems print around their facts, by language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    mark: str
    """Before the number in a title."""
    dated: str
    """Between the number in a title and the date."""
    both: str
    """Heads a number and a date together."""
    together: str
    """Opens the row of sums below the items."""
    attention: str
    ship_to: str


PHRASES: Mapping[str, Phrases] = {
    "de": Phrases("Nr.", "vom", "Nummer/Datum", "Summe", "z. Hd. Buchhaltung", "Lieferadresse"),
    "en": Phrases("#", "dated", "Number/Date", "Total", "Attention: Accounts", "Ship to"),
    "fr": Phrases("n°", "du", "Numéro/Date", "Total", "À l’attention de la comptabilité",
                  "Adresse de livraison"),
    "es": Phrases("nº", "de", "Número/Fecha", "Total", "A la atención de Contabilidad",
                  "Dirección de entrega"),
    "it": Phrases("n.", "del", "Numero/Data", "Totale", "Alla c.a. Contabilità",
                  "Indirizzo di consegna"),
    "nl": Phrases("nr.", "van", "Nummer/Datum", "Totaal", "t.a.v. de administratie",
                  "Afleveradres"),
    "pl": Phrases("nr", "z dnia", "Numer/Data", "Razem", "Dział Księgowości", "Adres dostawy"),
    "zh": Phrases("号码：", "日期：", "编号/日期", "合计", "财务部 收", "收货地址"),
}  # fmt: skip
PARTNERS: Mapping[str, str] = {
    "de": "fr", "fr": "de", "nl": "fr", "en": "fr", "es": "en", "it": "en", "pl": "en", "zh": "en",
}  # fmt: skip
"""The second language of a page in two."""
