"""Amounts in words as a 发票 prints them (大写): 壹仟壹佰叁拾圆整.

The numerals are those of 《正确填写票据和结算凭证的基本规定》(People's Bank of China).
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    char: digit
    for chars in ("零壹贰叁肆伍陆柒捌玖", "〇壹貳參肆伍陸柒捌玖")
    for digit, char in enumerate(chars)
}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_PARTS = {"角": Decimal("0.1"), "分": Decimal("0.01")}
_YUAN = "圆元圓"
_NUMERALS = "".join((*_DIGITS, *_TENS, *_SECTIONS))
_AMOUNT = re.compile(
    rf"(?P<minus>[负負])?(?P<yuan>(?=[{_NUMERALS}]*[{''.join(_DIGITS)}拾])[{_NUMERALS}]+)[{_YUAN}]"
    rf"(?P<rest>[{_NUMERALS}角分]*)[整正]?"
)


def find(text: str) -> re.Match[str] | None:
    """The first amount in words."""
    return _AMOUNT.search(re.sub(r"(?<=\S) (?=\S)", "", text))


def value(match: re.Match[str]) -> Decimal:
    """What the words mean, in 元."""
    amount = Decimal(_whole(match.group("yuan"))) + _fraction(match.group("rest"))
    return -amount if match.group("minus") else amount


def _whole(words: str) -> int:
    total = section = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            # 拾 alone, at the front, is ten.
            section += (digit or 1) * _TENS[char]
            digit = 0
        else:
            # 亿 stands over the 万 before it, too.
            total = _above(total, section + digit, _SECTIONS[char])
            section = digit = 0
    return total + section + digit


def _above(total: int, section: int, unit: int) -> int:
    return (total + section) * unit if unit > 10**4 else total + section * unit


def _fraction(words: str) -> Decimal:
    amount, digit = Decimal(0), 0
    for char in words:
        if char in _PARTS:
            amount += digit * _PARTS[char]
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return amount
