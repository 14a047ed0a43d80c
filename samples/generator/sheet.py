"""The page that an invoice is drawn on: where the pen is, and what its style calls things."""

from collections.abc import Sequence
from dataclasses import dataclass

from samples.generator.content import Invoice
from samples.generator.style import Style
from samples.generator.surface import Surface

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

    def block(self, x: float, parts: Sequence[str], *, right: bool = False) -> None:
        """The parts under one another, the first in bold."""
        for number, part in enumerate(parts):
            self.text(x, part, bold=number == 0, right=right)
            self.down()

    def room(self, lines: float) -> None:
        """Turn the page where so many lines have no place."""
        if self.top + lines * self.style.size * 1.45 > BOTTOM + 40:
            self.turn()

    def turn(self) -> None:
        self.on.new_page()
        self.top = 60.0
