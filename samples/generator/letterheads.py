"""Where the two parties stand. Most name the buyer by a heading; as letters, these do not."""

from collections.abc import Callable

from samples.generator.phrases import PHRASES
from samples.generator.sheet import LEFT, RIGHT, Sheet
from samples.generator.surface import WIDTH


def parties(sheet: Sheet) -> None:
    """Seller and buyer, as the style has them."""
    if letter := LETTERS.get(sheet.style.letterhead):
        letter(sheet)
    else:
        LETTERHEADS[sheet.style.letterhead](sheet)
        _buyer(sheet)


def _left(sheet: Sheet) -> None:
    sheet.block(LEFT, sheet.invoice.seller)
    sheet.down(1.5)


def _right(sheet: Sheet) -> None:
    sheet.block(RIGHT, sheet.invoice.seller, right=True)
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


def _letter(sheet: Sheet) -> None:
    """The sender's head, and the buyer in the window below it."""
    sheet.top = 56.0
    sheet.block(LEFT, sheet.invoice.seller)
    sheet.top = max(sheet.top + 30, 150.0)
    sheet.block(LEFT, sheet.invoice.buyer)
    sheet.down(2)


def _attended(sheet: Sheet) -> None:
    """The buyer left, for somebody's attention, and the sender beside, with its account."""
    name, *address = sheet.invoice.buyer
    top = sheet.top = 70.0
    sheet.block(330, (*sheet.invoice.seller, f"IBAN {sheet.invoice.iban}"))
    sheet.top = top
    somebody = PHRASES[sheet.invoice.language].attention
    sheet.block(LEFT, (name, somebody, *address))
    sheet.down(3)


LETTERHEADS: dict[str, Callable[[Sheet], None]] = {
    "left": _left, "right": _right, "centred": _centred, "banner": _banner, "footer": _footer,
}  # fmt: skip
LETTERS: dict[str, Callable[[Sheet], None]] = {"letter": _letter, "attended": _attended}
