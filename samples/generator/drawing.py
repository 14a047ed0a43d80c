"""An invoice on its pages: letterhead, facts, table, totals, notices."""

import random

from samples.generator.content import Invoice
from samples.generator.facts import told
from samples.generator.letterheads import parties
from samples.generator.sheet import LEFT, Sheet
from samples.generator.style import Style
from samples.generator.surface import surface
from samples.generator.table import table
from samples.generator.totals import TOTALS


def draw(invoice: Invoice, style: Style, dice: random.Random) -> bytes:
    sheet = Sheet(invoice, style, surface(style.writer, invoice.language, style.face))
    parties(sheet)
    told(sheet)
    sheet.down(1.5)
    table(sheet)
    sheet.room(9)
    TOTALS[style.totals](sheet)
    sheet.down(2)
    _notices(sheet, dice)
    return sheet.on.finish()


def _notices(sheet: Sheet, dice: random.Random) -> None:
    for notice in sheet.style.notices:
        sheet.on.text(LEFT, sheet.top, notice, 7)
        sheet.down(0.9)
    if sheet.style.letterhead != "footer" and dice.random() < 0.7:
        sheet.on.text(LEFT, 806, f"{sheet.invoice.seller[0]} · IBAN {sheet.invoice.iban}", 7)
