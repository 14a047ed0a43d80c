"""The row of sums below the items, `Razem 100,00 23,00 123,00`: net, tax, gross in this order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..amounts import amounts_in
from ..invoice import TRUSTWORTHY, Box
from ..places import Labelled, Read
from ..wording import say
from ..words import Page, Row
from .candidate import Candidate
from .rates import fits, rates_in

_ROLES = ("net", "tax", "gross")
_STRENGTH = 0.82


def with_sum_rows(
    found: Sequence[Candidate],
    pages: Read,
    mark: str | None,
) -> list[Candidate]:
    """What was found with the amounts of such rows, each in the role that its place gives it and in
    no other; empty where there is none."""
    rows = list(_sum_rows(found, pages, mark))
    placed = {(item.page, item.box) for item in rows}
    others = [item for item in found if (item.page, item.box) not in placed]
    return [*others, *rows] if rows else []


def _sum_rows(
    found: Sequence[Candidate],
    pages: Read,
    mark: str | None,
) -> Iterator[Candidate]:
    """The three amounts in a row that a sum's label opens, of which the first two make the third:
    the second is the tax of the first at a rate that the pages print, or the third is named gross
    elsewhere."""
    rates = [rate for page, _ in pages for rate in rates_in(page.text)]
    for page, labels in pages:
        for at in sorted({label.row for label in labels if _opens(page, label)}):
            printed = list(_amounts(page.rows[at], mark))
            for three in zip(printed, printed[1:], printed[2:], strict=False):
                named = _is_named_elsewhere(found, page.number, three[2])
                if _is_sum(*(value for value, _ in three), rates=rates, named=named):
                    yield from _candidates(page, three)


def _opens(page: Page, label: Labelled) -> bool:
    is_first = label.cell is page.rows[label.row].cells[0]
    return label.label.field in ("net", "gross") and label.leads and is_first


def _amounts(row: Row, mark: str | None) -> Iterator[tuple[Decimal, Box]]:
    for cell in row.cells:
        for amount in amounts_in(cell.text, mark):
            if amount.has_cents:
                yield amount.value, cell.box_between(amount.start, amount.end)


def _is_sum(
    net: Decimal, tax: Decimal, gross: Decimal, *, rates: Sequence[Decimal], named: bool
) -> bool:
    is_tax = tax != 0 and abs(tax) < abs(net)
    return is_tax and net + tax == gross and (named or fits(net, tax, rates))


def _is_named_elsewhere(found: Sequence[Candidate], page: int, gross: tuple[Decimal, Box]) -> bool:
    value, (_, top, _, bottom) = gross
    return any(
        item.role == "gross" and item.value == value and item.strength >= TRUSTWORTHY
        for item in found
        if item.box and (item.page != page or not top < (item.box[1] + item.box[3]) / 2 < bottom)
    )


def _candidates(page: Page, three: Sequence[tuple[Decimal, Box]]) -> Iterator[Candidate]:
    for role, (value, box) in zip(_ROLES, three, strict=True):
        reason = say("table.sums")
        yield Candidate(role, value, page.number, box, _STRENGTH, reason, source="table")
