"""An invoice on its pages: letterhead, facts, table, totals, notices."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from samples.generator.content import Invoice
from samples.generator.style import Style
from samples.generator.surface import WIDTH, Surface, surface
from samples.generator.words import WORDS

LEFT, RIGHT, BOTTOM = 56.0, 539.0, 740.0


@dataclass(slots=True)
class Sheet:
    invoice: Invoice
    style: Style
    on: Surface
    top: float = 60.0

    def word(self, name: str) -> str:
        return self.style.wording[name]

    def label(self, name: str) -> str:
        return self.word(name) + self.style.colon

    def text(self, x: float, words: str, *, bold: bool = False, right: bool = False) -> None:
        self.on.text(x, self.top, words, self.style.size, bold=bold, right=right)

    def down(self, lines: float = 1.0) -> None:
        self.top += lines * self.style.size * 1.45

    def facts(self) -> list[tuple[str, str]]:
        """Label and value of each, in the order of the page."""
        invoice, day = self.invoice, self.style.day
        values = {
            "number": invoice.number,
            "issue_date": day(invoice.issued),
            "due_date": day(invoice.due),
            "delivery_date": day(invoice.delivered),
            "order": invoice.order,
            "customer": invoice.customer,
        }
        shown = {"number", "issue_date"} | self.style.extras
        return [(self.label(name), value) for name, value in values.items() if name in shown]

    def sums(self) -> list[tuple[str, str]]:
        invoice, style = self.invoice, self.style
        taxes = [
            (style.wording["tax"].format(rate=rate), style.money(style.amount(amount)))
            for rate, amount in invoice.taxes
        ]
        return [
            (self.label("net"), style.money(style.amount(invoice.net))),
            *taxes,
            (self.label("gross"), style.money(style.amount(invoice.gross))),
        ]


def draw(invoice: Invoice, style: Style, dice: random.Random) -> bytes:
    sheet = Sheet(invoice, style, surface(style.writer, invoice.language, style.face))
    LETTERHEADS[style.letterhead](sheet)
    _buyer(sheet)
    sheet.on.text(LEFT, sheet.top, sheet.word("title"), style.size + 7, bold=True)
    sheet.down(2.2)
    FACTS[style.facts](sheet)
    sheet.down(1.5)
    _table(sheet)
    _room(sheet, 9)
    TOTALS[style.totals](sheet)
    sheet.down(2)
    _notices(sheet, dice)
    return sheet.on.finish()


def _left(sheet: Sheet) -> None:
    for number, part in enumerate(sheet.invoice.seller):
        sheet.text(LEFT, part, bold=number == 0)
        sheet.down()
    sheet.down(1.5)


def _right(sheet: Sheet) -> None:
    for number, part in enumerate(sheet.invoice.seller):
        sheet.text(RIGHT, part, bold=number == 0, right=True)
        sheet.down()
    sheet.down()


def _centred(sheet: Sheet) -> None:
    sheet.on.text(WIDTH / 2 - 80, sheet.top, sheet.invoice.seller[0], 15, bold=True)
    sheet.down(1.4)
    sheet.text(WIDTH / 2 - 80, " · ".join(sheet.invoice.seller[1:]))
    sheet.down(2.5)


def _banner(sheet: Sheet) -> None:
    sheet.on.box(LEFT, sheet.top - 16, RIGHT - LEFT, 40)
    sheet.on.text(LEFT + 8, sheet.top, sheet.invoice.seller[0], 14, bold=True)
    sheet.down()
    sheet.text(LEFT + 8, ", ".join(sheet.invoice.seller[1:]))
    sheet.down(3.2)


def _footer(sheet: Sheet) -> None:
    """The sender stands in the foot of the page alone, and small above the window."""
    sheet.on.text(LEFT, 806, " · ".join(sheet.invoice.seller), 7)
    sheet.on.text(LEFT, 818, f"IBAN {sheet.invoice.iban}", 7)
    sheet.top = 110
    sheet.on.text(LEFT, sheet.top, " - ".join(sheet.invoice.seller), 6)
    sheet.down(1.5)


def _buyer(sheet: Sheet) -> None:
    sheet.text(LEFT, sheet.label("buyer"), bold=True)
    sheet.down()
    for part in sheet.invoice.buyer:
        sheet.text(LEFT, part)
        sheet.down()
    sheet.down(2)


def _beside(sheet: Sheet) -> None:
    for label, value in sheet.facts():
        sheet.text(330, label)
        sheet.text(RIGHT, value, right=True)
        sheet.down()


def _under(sheet: Sheet) -> None:
    for number, (label, value) in enumerate(sheet.facts()):
        x = LEFT + number % 3 * 165
        sheet.on.text(x, sheet.top, label, sheet.style.size - 1)
        sheet.on.text(x, sheet.top + sheet.style.size * 1.4, value, sheet.style.size, bold=True)
        if number % 3 == 2:
            sheet.down(2.8)
    sheet.down(2.8)


def _inline(sheet: Sheet) -> None:
    for label, value in sheet.facts():
        sheet.text(LEFT, f"{label} {value}")
        sheet.down()


def _row(sheet: Sheet) -> None:
    """A table of one row."""
    facts = sheet.facts()
    step = (RIGHT - LEFT) / len(facts)
    size = min(sheet.style.size, 7.5)
    sheet.on.box(LEFT - 4, sheet.top - 11, RIGHT - LEFT + 8, sheet.style.size * 3)
    for number, (label, value) in enumerate(facts):
        sheet.on.text(LEFT + number * step, sheet.top, label, size)
        sheet.on.text(LEFT + number * step, sheet.top + size * 1.6, value, size)
    sheet.down(2.6)


def _spread(sheet: Sheet) -> None:
    """Two pairs in a line, label and value each in its own column."""
    facts = sheet.facts()
    for first in range(0, len(facts), 2):
        for x, (label, value) in zip((LEFT, 310), facts[first : first + 2], strict=False):
            sheet.text(x, label)
            sheet.text(x + 120, value, bold=True)
        sheet.down()


def _table(sheet: Sheet) -> None:
    _head(sheet)
    for line in sheet.invoice.lines:
        if sheet.top > BOTTOM:
            _turn(sheet)
            _head(sheet)
        amount = sheet.style.amount
        sheet.text(LEFT, line.name)
        sheet.text(330, f"{line.quantity}", right=True)
        sheet.text(430, amount(line.price), right=True)
        sheet.text(RIGHT, amount(line.amount), right=True)
        sheet.down()
    sheet.on.rule(LEFT, RIGHT, sheet.top - 4)
    sheet.down()


def _head(sheet: Sheet) -> None:
    name, quantity, price, amount = WORDS[sheet.invoice.language].columns
    sheet.text(LEFT, name, bold=True)
    for x, words in ((330, quantity), (430, price), (RIGHT, amount)):
        sheet.text(x, words, bold=True, right=True)
    sheet.on.rule(LEFT, RIGHT, sheet.top + 4)
    sheet.down(1.3)


def _room(sheet: Sheet, lines: float) -> None:
    if sheet.top + lines * sheet.style.size * 1.45 > BOTTOM + 40:
        _turn(sheet)


def _turn(sheet: Sheet) -> None:
    sheet.on.new_page()
    sheet.top = 60.0


def _column(sheet: Sheet) -> None:
    for number, (label, value) in enumerate(sheet.sums()):
        last = number == len(sheet.sums()) - 1
        sheet.text(340, label, bold=last)
        sheet.text(RIGHT, value, bold=last, right=True)
        sheet.down()
    _exempt(sheet)


def _boxed(sheet: Sheet) -> None:
    sums = sheet.sums()
    sheet.on.box(320, sheet.top - 12, RIGHT - 312, len(sums) * sheet.style.size * 1.45 + 8)
    _column(sheet)


def _rates(sheet: Sheet) -> None:
    """The gross amount first, in large type, then how it is made up."""
    *parts, (label, value) = sheet.sums()
    sheet.on.text(LEFT, sheet.top, f"{label} {value}", sheet.style.size + 3, bold=True)
    sheet.down(2)
    for part, amount in parts:
        sheet.text(LEFT, f"{part} {amount}")
        sheet.down()
    _exempt(sheet)


def _dotted(sheet: Sheet) -> None:
    for label, value in sheet.sums():
        sheet.text(250, label)
        sheet.text(RIGHT, f"{'.' * 12} {value}", right=True)
        sheet.down()
    _exempt(sheet)


def _strip(sheet: Sheet) -> None:
    """Labels in one line, amounts in the next."""
    sums = sheet.sums()
    step = (RIGHT - LEFT) / len(sums)
    for number, (label, value) in enumerate(sums):
        right = LEFT + (number + 1) * step
        sheet.on.text(right, sheet.top, label, sheet.style.size - 1, right=True)
        sheet.on.text(
            right, sheet.top + sheet.style.size * 1.5, value, sheet.style.size, right=True
        )
    sheet.down(3)
    _exempt(sheet)


def _exempt(sheet: Sheet) -> None:
    if not sheet.invoice.taxes:
        sheet.text(LEFT, WORDS[sheet.invoice.language].exempt)
        sheet.down()


def _notices(sheet: Sheet, dice: random.Random) -> None:
    for notice in sheet.style.notices:
        sheet.on.text(LEFT, sheet.top, notice, 7)
        sheet.down(0.9)
    if sheet.style.letterhead != "footer" and dice.random() < 0.7:
        sheet.on.text(LEFT, 806, f"{sheet.invoice.seller[0]} · IBAN {sheet.invoice.iban}", 7)


LETTERHEADS: dict[str, Callable[[Sheet], None]] = {
    "left": _left, "right": _right, "centred": _centred, "banner": _banner, "footer": _footer,
}  # fmt: skip
FACTS: dict[str, Callable[[Sheet], None]] = {
    "beside": _beside, "under": _under, "inline": _inline, "row": _row, "spread": _spread,
}  # fmt: skip
TOTALS: dict[str, Callable[[Sheet], None]] = {
    "column": _column, "boxed": _boxed, "rates": _rates, "dotted": _dotted, "strip": _strip,
}  # fmt: skip
