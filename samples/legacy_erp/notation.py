"""How the screens write amounts and dates: 1.234,50 and 31.12.2026."""

import re
from datetime import date, datetime
from decimal import Decimal

AMOUNT = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d{1,4})?", re.ASCII)
DAY = re.compile(r"\d{2}\.\d{2}\.\d{4}", re.ASCII)


def parse_amount(text: str) -> Decimal:
    """The amount a clerk typed; ValueError when it is not in European notation."""
    if not AMOUNT.fullmatch(text):
        raise ValueError(f"{text!r} is not an amount like 1.234,50")
    return Decimal(text.replace(".", "").replace(",", "."))


def show_amount(amount: Decimal) -> str:
    """The amount with grouped thousands and at least two decimals."""
    places = max(2, -int(amount.as_tuple().exponent))
    return f"{amount:,.{places}f}".translate(str.maketrans(",.", ".,"))


def parse_day(text: str) -> date:
    """The day a clerk typed; ValueError when it is not like 31.12.2026."""
    if not DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a date like 31.12.2026")
    return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone


def show_day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
