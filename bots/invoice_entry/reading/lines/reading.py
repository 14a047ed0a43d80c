"""Reads the item table and says so when it cannot be proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..amounts import decimal_mark
from ..invoice import Doubt, Field, InvoiceLine
from ..wording import say
from ..words import Page
from .closing import below_sums, closing_column, holds_sums_alone
from .item import items
from .table import find_table, without_heading


def read_lines(
    pages: Sequence[Page], fields: Mapping[str, Field]
) -> tuple[Sequence[InvoiceLine], list[Doubt]]:
    """The items, when their amounts add up to a sum that is printed; else none and a doubt, for
    half a table misleads. No doubt where the pages print sums alone, and no item at all."""
    mark = decimal_mark("\n".join(page.text for page in pages))
    net = Decimal(fields["net"].value) if "net" in fields else None
    table = find_table(pages, mark)
    amounts = closing_column(table, net) if table and table.numbers else ()
    whole = without_heading(pages, mark)
    if not amounts and net is not None and whole.numbers:
        table, amounts = whole, closing_column(whole, net, only_net=True)
    if not amounts and net is not None and (later := below_sums(whole)):
        table, amounts = later, closing_column(later, net, only_net=True)
    if table is not None and amounts:
        return items(table, amounts), []
    if net is not None and holds_sums_alone(whole):
        return [], []
    return [], [Doubt("lines", "lines.unproven", say("lines"))]
