"""The heading of the item table: which column stands where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..words import Cell, Row

# fmt: off
_WORDS: Mapping[str, str] = {
    "description": r"beschreibung|bezeichnung|artikel|produkt|leistung|posten|description|item"
        r"|title|particulars|activity|task|goods|oggetto|detalle|artículo|towar|usług|product|service|details|désignation|designation|libellé|prestation|descripción|concepto"
        r"|descrizione|omschrijving|nazwa|名称|品名|项目|描述|货物",
    "quantity": r"menge|anzahl|stunden|qty|quantity|hours|qté|quantité|nombre|cantidad|cant"
        r"|unidades|quantità|q\.tà|aantal|ilość|数量",
    "unit": r"einheit|unit|unité|u\.m|eenheid|j\.?m|单位",
    "price": r"\w*preis|price|unit price|rate|prix|p\.u|tarif|precio|prezzo|prijs|cena|单价",
    "tax_rate": r"ust|mwst|steuersatz|steuer|vat|tax|tva|iva|btw|税率",
    "discount": r"rabatt|discount|remise|dto|descuento|sconto|korting|rabat|折扣",
    "amount": r"\w*betrag|\w*summe|gesamt\w*|\w*wert|entgelt|amount|total|montant|importe|importo"
        r"|sub-?total\w?|sous-total|netto|brutto|charges|line total|valor|imponibile|suma|kwota"
        r"|bedrag|totaal|wartość|金额|合计",
}
# fmt: on
_KINDS = {
    kind: re.compile(rf"(?<![^\W_])(?:{words})", re.IGNORECASE) for kind, words in _WORDS.items()
}
_NUMERIC = {"quantity", "price", "amount"}


@dataclass(frozen=True)
class Column:
    """Where a heading stands: its kind and its left and right edge in points."""

    kind: str
    left: float
    right: float

    def overlap(self, left: float, right: float) -> float:
        """Points shared with [left, right); negative is the gap between them."""
        return min(self.right, right) - max(self.left, left)


def is_heading(row: Row) -> bool:
    """Whether the row heads an item table: it names the item and one of its numbers, or, where
    the item is named on the next line, all of its numbers."""
    kinds = _kinds(row)
    if len(row.cells) < 2:
        return False
    return kinds >= _NUMERIC or ("description" in kinds and bool(kinds & _NUMERIC))


def names_item(cell: Cell) -> bool:
    """Whether the cell heads the column of what was sold."""
    return bool(_KINDS["description"].search(cell.text)) and not any(map(str.isdigit, cell.text))


def is_other_heading(row: Row) -> bool:
    """Whether the row heads another table, such as that of the taxes."""
    return len(row.cells) > 2 and len(_kinds(row) - {"description"}) > 1


def _kinds(row: Row) -> set[str]:
    if _digits(row) > 2:
        return set()
    return {kind for kind, words in _KINDS.items() if words.search(row.text)}


def _digits(row: Row) -> int:
    return sum(char.isdigit() for char in row.text)


def columns_of(rows: Sequence[Row], at: int) -> list[Column]:
    """The columns that the heading at `rows[at]` and the lines set close to it name."""
    first = rows[at]
    reach = 3.2 * first.height
    near = [row for row in rows if abs(row.top - first.top) <= reach]
    return [
        Column(kind, *_edges(cell, match.start(), match.end()))
        for row in near
        if _digits(row) < 3
        for cell in row.cells
        for kind, words in _KINDS.items()
        for match in words.finditer(cell.text)
    ]


def _edges(cell: Cell, start: int, end: int) -> tuple[float, float]:
    box = cell.box_between(start, end)
    return box[0], box[2]
