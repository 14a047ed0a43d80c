"""Six ways to set an invoice on a page. Each takes a `Page` and draws on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from samples.invoices.catalog import BUYER, Invoice
from samples.invoices.texts import LABELS, amount, day

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 60.0, 535.0
INK, SHADE = HexColor("#1f2933"), HexColor("#e4e9f0")


@dataclass(frozen=True, slots=True)
class Page:
    canvas: Canvas
    invoice: Invoice
    font: str
    bold: str

    @property
    def labels(self) -> dict[str, str]:
        return LABELS[self.invoice.vendor.language]

    @property
    def title(self) -> str:
        return self.labels["credit" if self.invoice.credit else "invoice"]

    def text(
        self, x: float, top: float, words: str, size: float = 9, *, bold: bool = False
    ) -> None:
        self._font(size, bold)
        self.canvas.drawString(x, HEIGHT - top, words)

    def right(
        self, x: float, top: float, words: str, size: float = 9, *, bold: bool = False
    ) -> None:
        self._font(size, bold)
        self.canvas.drawRightString(x, HEIGHT - top, words)

    def centred(self, top: float, words: str, size: float = 9, *, bold: bool = False) -> None:
        self._font(size, bold)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - top, words)

    def rule(self, top: float, x0: float = LEFT, x1: float = RIGHT) -> None:
        self.canvas.line(x0, HEIGHT - top, x1, HEIGHT - top)

    def box(self, x: float, top: float, width: float, height: float, *, fill: bool = False) -> None:
        self.canvas.setFillColor(SHADE)
        self.canvas.rect(x, HEIGHT - top - height, width, height, stroke=not fill, fill=fill)

    def money(self, name: str) -> str:
        return amount(getattr(self.invoice, name), self.invoice.vendor.language)

    def facts(self) -> list[tuple[str, str]]:
        """Label and value of the head data, those that this invoice prints."""
        invoice, language = self.invoice, self.invoice.vendor.language
        rows = [
            ("number", invoice.number),
            ("issue_date", day(invoice.issued, language)),
            ("due_date", day(invoice.due, language)),
            ("po_number", invoice.po_number),
        ]
        return [(self.labels[k], v) for k, v in rows if v and k not in invoice.hidden]

    def sender(self) -> list[str]:
        vendor = self.invoice.vendor
        vat = [f"{self.labels['vat_id']}: {vendor.vat_id}"] if vendor.vat_id else []
        return [vendor.name, vendor.street, vendor.city, *vat]

    def footer(self, top: float) -> None:
        iban = self.invoice.iban or self.invoice.vendor.iban
        self.text(LEFT, top, self.labels["thanks"], 8)
        if iban:
            self.text(LEFT, top + 14, f"IBAN: {iban}", 8)

    def _font(self, size: float, bold: bool) -> None:
        self.canvas.setFillColor(INK)
        self.canvas.setFont(self.bold if bold else self.font, size)


def _stack(page: Page, x: float, top: float, rows: Sequence[str], *, size: float = 9) -> float:
    for row in rows:
        page.text(x, top, row, size)
        top += size + 4
    return top


def _buyer(page: Page, x: float, top: float) -> None:
    page.text(x, top, page.labels["bill_to"], 8, bold=True)
    _stack(page, x, top + 13, BUYER[:3])


def _lines(page: Page, top: float) -> float:
    labels, language = page.labels, page.invoice.vendor.language
    page.box(LEFT, top - 12, RIGHT - LEFT, 18, fill=True)
    page.text(LEFT + 4, top, labels["description"], bold=True)
    for x, name in ((350, "quantity"), (440, "unit_price"), (RIGHT - 4, "amount")):
        page.right(x, top, labels[name], bold=True)
    for line in page.invoice.lines:
        top += 18
        page.text(LEFT + 4, top, line.description)
        page.right(350, top, str(line.quantity))
        page.right(440, top, amount(line.unit_price, language))
        page.right(RIGHT - 4, top, amount(line.amount, language))
    page.rule(top + 8)
    return top + 28


def _totals(page: Page, top: float, x: float = 350) -> float:
    invoice, labels = page.invoice, page.labels
    tax = f"{labels['tax']} {invoice.vendor.rate}%"
    for label, name in ((labels["net"], "net"), (tax, "tax"), (labels["gross"], "gross")):
        page.text(x, top, label, bold=name == "gross")
        page.right(
            RIGHT - 4, top, f"{page.money(name)} {invoice.vendor.currency}", bold=name == "gross"
        )
        top += 16
    return top + 20


def letter(page: Page) -> None:
    """A business letter: sender on top, facts at the right as label: value."""
    _stack(page, LEFT, 60, page.sender())
    _buyer(page, LEFT, 150)
    top = 150.0
    for label, value in page.facts():
        page.text(350, top, f"{label}:")
        page.right(RIGHT, top, value)
        top += 15
    page.text(LEFT, 250, page.title, 16, bold=True)
    page.footer(_totals(page, _lines(page, 290)))


def boxes(page: Page) -> None:
    """Facts in a row of boxes, the label above the value."""
    page.text(LEFT, 60, page.invoice.vendor.name, 15, bold=True)
    _stack(page, LEFT, 78, page.sender()[1:], size=8)
    _buyer(page, LEFT, 140)
    page.text(350, 150, page.title, 18, bold=True)
    facts = page.facts()
    width = (RIGHT - LEFT) / len(facts)
    for i, (label, value) in enumerate(facts):
        page.box(LEFT + i * width, 210, width, 34)
        page.text(LEFT + i * width + 5, 222, label, 7.5)
        page.text(LEFT + i * width + 5, 237, value, 9.5, bold=True)
    page.footer(_totals(page, _lines(page, 285)))


def sidebar(page: Page) -> None:
    """Facts in a shaded column at the right, each label over its value."""
    page.box(400, 40, 150, 200, fill=True)
    page.text(LEFT, 70, page.title, 22, bold=True)
    _stack(page, LEFT, 100, page.sender())
    _buyer(page, LEFT, 175)
    top = 65.0
    for label, value in page.facts():
        page.text(412, top, label, 8)
        page.text(412, top + 13, value, 10, bold=True)
        top += 36
    page.footer(_totals(page, _lines(page, 285)))


def table(page: Page) -> None:
    """Facts in a two-column ruled table beside the buyer."""
    page.right(RIGHT, 60, page.title, 20, bold=True)
    _stack(page, LEFT, 60, page.sender())
    _buyer(page, LEFT, 160)
    top = 160.0
    for label, value in page.facts():
        page.box(310, top - 12, 110, 18)
        page.box(420, top - 12, 115, 18)
        page.text(315, top, label)
        page.text(425, top, value)
        top += 18
    page.footer(_totals(page, _lines(page, 290)))


def centred(page: Page) -> None:
    """Everything on the middle axis, the facts as one column of label: value."""
    page.centred(60, page.invoice.vendor.name, 16, bold=True)
    page.centred(76, " · ".join(page.sender()[1:]), 8)
    page.centred(110, page.title, 14, bold=True)
    top = 135.0
    for label, value in page.facts():
        page.centred(top, f"{label}: {value}")
        top += 14
    _buyer(page, LEFT, 210)
    page.footer(_totals(page, _lines(page, 290)))


def compact(page: Page) -> None:
    """A till-like page: facts in pairs on two lines, totals at the left."""
    page.text(LEFT, 50, page.title, 13, bold=True)
    for i, (label, value) in enumerate(page.facts()):
        x, top = LEFT + 240 * (i % 2), 75.0 + 16 * (i // 2)
        page.text(x, top, f"{label}: {value}")
    _stack(page, LEFT, 125, page.sender())
    _buyer(page, 350, 125)
    page.footer(_totals(page, _lines(page, 215), x=LEFT + 150))


LAYOUTS: dict[str, Callable[[Page], None]] = {
    f.__name__: f for f in (letter, boxes, sidebar, table, centred, compact)
}
