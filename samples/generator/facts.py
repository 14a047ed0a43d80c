"""Number, dates and what else is told of an invoice, in the ways that they are set."""

from collections.abc import Callable

from samples.generator.phrases import PHRASES
from samples.generator.sheet import LEFT, RIGHT, Sheet


def title(sheet: Sheet, words: str) -> None:
    sheet.on.text(LEFT, sheet.top, words, sheet.style.size + 7, bold=True)
    sheet.down(2.2)


def told(sheet: Sheet) -> None:
    """The title, and the facts as the style has them."""
    if titled := TITLED.get(sheet.style.facts):
        titled(sheet)
    else:
        title(sheet, sheet.word("title"))
        FACTS[sheet.style.facts](sheet)


def _beside(sheet: Sheet) -> None:
    _pairs(sheet, sheet.facts())


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


def _aside(sheet: Sheet) -> None:
    """Values under their labels, between the lines of the address of delivery."""
    half, top = sheet.style.size * 0.7, sheet.top
    sheet.top += half
    sheet.block(LEFT, (PHRASES[sheet.invoice.language].ship_to, *sheet.invoice.buyer))
    sheet.top = top
    for label, value in sheet.facts():
        sheet.text(330, label, bold=True)
        sheet.down()
        sheet.text(330, value)
        sheet.down(1.6)


def _titled(sheet: Sheet) -> None:
    """`Rechnung Nr. 7 vom 1. März 2024`."""
    number, issued, *others = sheet.facts()
    phrases = PHRASES[sheet.invoice.language]
    heading = f"{sheet.word('title')} {phrases.mark} {number[1]}"
    title(sheet, f"{heading} {phrases.dated} {issued[1]}")
    _pairs(sheet, others)


def _headline(sheet: Sheet) -> None:
    """The number in the title, and the date alone in the next line."""
    number, issued, *others = sheet.facts()
    title(sheet, f"{sheet.word('title')} {PHRASES[sheet.invoice.language].mark} {number[1]}")
    sheet.text(LEFT, issued[1])
    sheet.down(2)
    _pairs(sheet, others)


def _both(sheet: Sheet) -> None:
    """`Nummer/Datum` over its two values, as business systems print it."""
    number, issued, *others = sheet.facts()
    title(sheet, sheet.word("title"))
    sheet.text(330, PHRASES[sheet.invoice.language].both)
    sheet.down()
    sheet.text(330, f"{number[1]} / {issued[1]}")
    sheet.down(1.5)
    _pairs(sheet, others)


def _pairs(sheet: Sheet, facts: list[tuple[str, str]]) -> None:
    for label, value in facts:
        sheet.text(330, label)
        sheet.text(RIGHT, value, right=True)
        sheet.down()


FACTS: dict[str, Callable[[Sheet], None]] = {
    "beside": _beside, "under": _under, "inline": _inline, "row": _row, "spread": _spread,
    "aside": _aside,
}  # fmt: skip
TITLED: dict[str, Callable[[Sheet], None]] = {
    "titled": _titled, "headline": _headline, "both": _both,
}  # fmt: skip
