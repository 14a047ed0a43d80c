"""The sums, in the ways that they are set."""

from collections.abc import Callable

from samples.generator.phrases import PARTNERS, PHRASES
from samples.generator.sheet import LEFT, RIGHT, Sheet
from samples.generator.words import WORDS


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


def _tallied(sheet: Sheet) -> None:
    """A row of sums under their names, then what is to be paid."""
    sums = sheet.sums()
    if len(sums) != 3:
        _column(sheet)
        return
    places = (290.0, 410.0, RIGHT)
    for x, (label, _) in zip(places, sums, strict=True):
        sheet.on.text(x, sheet.top, label.rstrip(" :"), sheet.style.size - 1, right=True)
    sheet.down()
    sheet.text(LEFT, PHRASES[sheet.invoice.language].together, bold=True)
    for x, (_, value) in zip(places, sums, strict=True):
        sheet.text(x, value, right=True)
    sheet.down(2)
    label, value = sums[-1]
    sheet.text(LEFT, f"{label} {value}", bold=True)
    sheet.down()


def _slip(sheet: Sheet) -> None:
    """With a slip to pay by, which says number, amount and date once more."""
    _column(sheet)
    sheet.room(9)
    sheet.down(1.5)
    sheet.on.rule(LEFT, RIGHT, sheet.top)
    sheet.down(1.5)
    invoice, style = sheet.invoice, sheet.style
    for label, value in (
        ("IBAN", invoice.iban),
        (sheet.label("number"), invoice.number),
        (sheet.label("gross"), style.money(style.amount(invoice.gross))),
    ):
        sheet.text(330, label)
        sheet.text(RIGHT, value, right=True)
        sheet.down()


def _bilingual(sheet: Sheet) -> None:
    """Each label in a second language too."""
    partner = WORDS[PARTNERS[sheet.invoice.language]]
    net, *taxes, gross = sheet.sums()
    rates = [rate for rate, _ in sheet.invoice.taxes]
    others = [partner.net[0], *(partner.tax[0].format(rate=x) for x in rates), partner.gross[0]]
    for (label, value), other in zip((net, *taxes, gross), others, strict=True):
        sheet.text(250, f"{label.rstrip(' :')} / {other}")
        sheet.text(RIGHT, value, right=True)
        sheet.down()
    _exempt(sheet)


TOTALS: dict[str, Callable[[Sheet], None]] = {
    "column": _column, "boxed": _boxed, "rates": _rates, "dotted": _dotted, "strip": _strip,
    "tallied": _tallied, "slip": _slip, "bilingual": _bilingual,
}  # fmt: skip
