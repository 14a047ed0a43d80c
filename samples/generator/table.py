"""The table of the items, over as many pages as it takes."""

from samples.generator.sheet import BOTTOM, LEFT, RIGHT, Sheet
from samples.generator.words import WORDS

NAME, QUANTITY, PRICE = LEFT + 60, 330, 430


def table(sheet: Sheet) -> None:
    _head(sheet)
    coded = sheet.style.table == "coded"
    for number, line in enumerate(sheet.invoice.lines, 1):
        if sheet.top > BOTTOM:
            sheet.turn()
            _head(sheet)
        amount = sheet.style.amount
        if coded:
            sheet.text(LEFT, f"A{number * 7919 % 90000 + 10000}")
        elif sheet.style.table == "counted":
            sheet.text(LEFT, f"{number}.")
        sheet.text(_name_at(sheet), line.name)
        sheet.text(QUANTITY, f"{line.quantity}", right=True)
        sheet.text(PRICE, amount(line.price), right=True)
        sheet.text(RIGHT, amount(line.amount), right=True)
        sheet.down()
    sheet.on.rule(LEFT, RIGHT, sheet.top - 4)
    sheet.down()


def _name_at(sheet: Sheet) -> float:
    return LEFT if sheet.style.table == "plain" else NAME


def _head(sheet: Sheet) -> None:
    name, quantity, price, amount = WORDS[sheet.invoice.language].columns
    if sheet.style.table != "plain":
        sheet.text(LEFT, "#", bold=True)
    sheet.text(_name_at(sheet), name, bold=True)
    for x, words in ((QUANTITY, quantity), (PRICE, price), (RIGHT, amount)):
        sheet.text(x, words, bold=True, right=True)
    sheet.on.rule(LEFT, RIGHT, sheet.top + 4)
    sheet.down(1.3)
