"""Amounts of money as people print them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# ISO 4217, of the lands that trade with those whose languages are read; RMB is what people write.
CODE = (
    r"(?:EUR|USD|GBP|CHF|CNY|RMB|JPY|PLN|CZK|HUF|SEK|NOK|DKK|CAD|AUD|NZD|HKD|SGD|TWD|INR|RON|BGN|TRY"
    r"|MXN|BRL|ZAR|AED|ILS|KRW|THB|ISK|UAH)"
)
CURRENCY = rf"(?:(?:US|CA|AU|NZ|HK|NT|[ACS])?\$|[€£¥￥₣₹]|zł|Kč|{CODE})"
_NUMBER = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,4})?"
_AMOUNT = re.compile(
    rf"(?<![\w.,/:\ufffd-])(?P<sign>[-−–+]|\()?\s?{CURRENCY}?\s?(?P<minus>[-−–])?\s?(?P<number>{_NUMBER})"
    # `468.00T`, `12,99 A`: a letter that tells the tax may stand at the cents.
    rf"(?P<trail>-(?!\w)|\))?\s?{CURRENCY}?"
    r"(?:(?![\w/:%\ufffd]|[.,]\d|\s?%)|(?<=[.,]\d\d)(?=[A-Z*](?![\w.])))"
)
_GLUED = re.compile(r"^(-?\d[\d.]*,\d{2}|-?\d[\d,]*\.\d{2})(\d[\d.]*,\d{2}|\d[\d,]*\.\d{2})$")
_CENTS = re.compile(r"\d([.,])\d{2}(?![\d.,])")


@dataclass(frozen=True)
class Amount:
    """A number in a text: characters [start, end)."""

    value: Decimal
    start: int
    end: int
    has_cents: bool


def decimal_mark(text: str) -> str | None:
    """Comma or point, whichever this document puts before its cents."""
    marks = Counter(match.group(1) for match in _CENTS.finditer(text)).most_common(2)
    return marks[0][0] if marks else None


def amounts_in(text: str, mark: str | None) -> Iterator[Amount]:
    """The amounts of a text, left to right; percentages, dates and codes are not amounts."""
    for match in _AMOUNT.finditer(text):
        value = parse(match.group("number"), mark)
        if value is None:
            continue
        negative = match.group("sign") in ("-", "−", "–", "(") or match.group("minus")
        if match.group("trail") == "-" or negative:
            value = -value
        cents = bool(_CENTS.search(match.group("number")))
        yield Amount(value, match.start(), match.end(), cents)


def glued(text: str, mark: str | None) -> list[Decimal]:
    """The two amounts that an overprinted column shows as one word: `163,16183,14`."""
    match = _GLUED.match(text)
    values = [parse(part, mark) for part in match.groups()] if match else []
    return [value for value in values if value is not None]


def parse(number: str, mark: str | None = None) -> Decimal | None:
    """The value of digits with separators; None when it could mean two different values."""
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", number)
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return Decimal(digits)
    last = marks[-1]
    whole, _, fraction = digits.rpartition(last)
    if len(set(marks)) == 1 and _groups_thousands(whole, fraction, marks, mark):
        return Decimal(re.sub(r"[.,]", "", digits))
    if len(set(marks)) == 1 and len(fraction) == 3 and not whole.startswith("0") and mark is None:
        return None
    return Decimal(f"{re.sub(r'[.,]', '', whole)}.{fraction}")


def _groups_thousands(whole: str, fraction: str, marks: list[str], mark: str | None) -> bool:
    if len(marks) > 1:
        return True
    return len(fraction) == 3 and not whole.startswith("0") and mark not in (None, marks[0])


def money(value: Decimal) -> str:
    """The decimal string with at least two places that the contract asks for."""
    cents = value.quantize(Decimal("0.01"))
    return f"{cents if cents == value else value.normalize():f}"
