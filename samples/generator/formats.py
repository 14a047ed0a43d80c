"""How numbers and dates are printed, by language."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from samples.generator.words import MONTHS

Printer = Callable[[date], str]
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "CNY": "¥", "PLN": "zł", "CHF": "CHF"}


def amounts(dice: random.Random, language: str) -> Callable[[Decimal], str]:
    """Thousands and decimal marks as the language's people write them."""
    points = {"en": (",", "."), "zh": (",", "."), "fr": (" ", ","), "pl": (" ", ",")}
    thousands, mark = points.get(language, (".", ","))
    if dice.random() < 0.3:
        thousands = ""

    def show(amount: Decimal) -> str:
        text = f"{amount:,.2f}"
        return text.replace(",", "\0").replace(".", mark).replace("\0", thousands)

    return show


def with_currency(dice: random.Random, currency: str) -> Callable[[str], str]:
    symbol = SYMBOLS[currency]
    ways: tuple[Callable[[str], str], ...] = (
        lambda text: f"{text} {currency}",
        lambda text: f"{currency} {text}",
        lambda text: f"{symbol}{text}" if currency in ("GBP", "USD", "CNY") else f"{text} {symbol}",
    )
    return dice.choice(ways)


def dates(dice: random.Random, language: str) -> Printer:
    ways: list[Printer] = [lambda day: day.isoformat()]
    if language == "zh":
        ways += [lambda day: f"{day.year}年{day.month:02}月{day.day:02}日"] * 2
    elif language == "en":
        ways += [
            lambda day: f"{day.day} {MONTHS['en'][day.month - 1]} {day.year}",
            lambda day: f"{MONTHS['en'][day.month - 1]} {day.day}, {day.year}",
            lambda day: f"{day:%d/%m/%Y}",
        ]
    elif language in MONTHS:
        ways += [
            lambda day: f"{day:%d.%m.%Y}" if language in ("de", "nl") else f"{day:%d/%m/%Y}",
            lambda day: _long(day, language),
        ]
    else:
        ways.append(lambda day: f"{day:%d.%m.%Y}")
    return dice.choice(ways)


def _long(day: date, language: str) -> str:
    month = MONTHS[language][day.month - 1]
    if language == "de":
        return f"{day.day}. {month} {day.year}"
    joined = " de " if language == "es" else " "
    return f"{day.day}{joined}{month}{joined}{day.year}"
