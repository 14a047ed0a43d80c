"""What the items of the document say of its sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..identifiers import vat_ids_in
from ..lines import closing_column, find_table
from ..lines.table import Printed, Table
from ..places import Read

_NOT_ENGLISH = re.compile(
    r"rechnung|facture|factura|fattura|factuur|faktur|fatura|发\s*票", re.IGNORECASE
)
# An invoice for the customs, with the terms of delivery: what is exported bears no tax.
_EXPORTED = re.compile(r"commercial invoice|商业发票", re.IGNORECASE)
_DELIVERED = re.compile(r"\b(?:FOB|CIF|CFR|EXW|FCA|CPT|CIP|DAP|DDP|FAS|C&F|CNF)\b")
# Taxes in languages that are not read; what they are called there is not known, only that they are.
_TAX_ELSEWHERE = re.compile(
    r"\b(?:moms|mva|dph|áfa|alv|pvm|pvn|ddv|pdv|kdv|φπα|ндс|пдв|imposto|icms|impuestos?|tasse"
    r"|tassa|podatek|taxes?|duty|steuern?)\b|消費税|消费税|부가세|税率",
    re.IGNORECASE,
)


def items_make(value: Decimal, pages: Read, mark: str | None) -> bool:
    """Whether there is an item table whose amounts add up to this value."""
    return _items(value, pages, mark) is not None


def stand_alone_below(value: Decimal, pages: Read, mark: str | None) -> bool:
    """Whether the items make this value and, below them, no other amount is printed; on a page that
    names no tax, nor a party that is registered for one."""
    text = "\n".join(page.text for page, _ in pages)
    # Where there is a value added tax, an invoice that does not speak of it is not complete.
    exported = _EXPORTED.search(text) and _DELIVERED.search(text)
    taxable = _NOT_ENGLISH.search(text) or _TAX_ELSEWHERE.search(text) or vat_ids_in(text)
    if taxable and not exported:
        return False
    found = _items(value, pages, mark)
    if found is None:
        return False
    table, amounts = found
    below = (n for n in table.numbers if n.row > amounts[-1].row and n.amount.has_cents)
    return all(number.amount.value in (value, 0) for number in below)


def _items(value: Decimal, pages: Read, mark: str | None) -> tuple[Table, Sequence[Printed]] | None:
    table = find_table([page for page, _ in pages], mark)
    if table is None or not table.numbers:
        return None
    amounts = closing_column(table, value, only_net=True)
    return (table, amounts) if amounts else None
