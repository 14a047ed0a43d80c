"""The currency: named by a label, or the only one that stands at the amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .invoice import AMOUNTS, Field
from .places import Labelled, spots
from .words import Page

_CODE = re.compile(
    r"(?<![A-Z])(EUR|USD|GBP|CHF|CNY|RMB|JPY|PLN|CZK|HUF|SEK|NOK|DKK|CAD|AUD|HKD|SGD|TWD|INR|RON"
    r"|BGN|TRY)(?![A-Z])"
)
_WITH_SUM = re.compile(rf"\W*(?:in\s)?\(?{_CODE.pattern}")
_SYMBOLS = {"€": "EUR", "£": "GBP", "zł": "PLN", "元": "CNY", "人民币": "CNY"}
_SHARED_SYMBOLS = {"$": "USD", "¥": "CNY", "￥": "CNY"}
_CHINESE = re.compile(r"发票|税额|开票|价税")
_AT_AMOUNT = re.compile(
    r"(?P<before>€|£|\$|¥|￥|[A-Z]{3})\s?-?\d[\d.,' ]*"
    r"|\d[\d.,' ]*[.,]\d\d-?\s?(?P<after>€|£|\$|zł|元|[A-Z]{3})"
)


def candidates(page: Page, labels: Sequence[Labelled]) -> Iterator[Field]:
    """The currency codes at currency labels of this page."""
    for label in labels:
        if label.label.field in AMOUNTS and (match := _WITH_SUM.match(label.after)):
            start = label.label.end + match.start(1)
            box = label.cell.box_between(start, start + 3)
            reason = f"with the label “{label.wording}”"
            yield Field(_iso(match.group(1)), page.number, box, "label", 0.9, reason)
        if label.label.field != "currency":
            continue
        for spot in spots(page, label):
            match = _CODE.search(spot.text)
            if match and match.start() <= 12:
                reason = f"{spot.way} the label “{label.wording}”"
                box = spot.box(match.start(), match.end())
                yield Field(
                    _iso(match.group(1)), page.number, box, "label", label.label.strength, reason
                )
                break


def at_amounts(pages: Sequence[Page]) -> Field | None:
    """The one currency that stands at amounts; None when there is none or more than one."""
    seen: dict[str, Field] = {}
    for page in pages:
        for row in page.rows:
            for cell in row.cells:
                for match in _AT_AMOUNT.finditer(cell.text):
                    mark = match.group("before") or match.group("after")
                    code = _code_of(mark)
                    if code and code not in seen:
                        box = cell.box_between(match.start(), match.end())
                        sure = 0.6 if _is_shared(mark, page) else 0.88
                        reason = "the only currency at the amounts"
                        seen[code] = Field(code, page.number, box, "position", sure, reason)
    return next(iter(seen.values())) if len(seen) == 1 else None


def _is_shared(mark: str, page: Page) -> bool:
    """Whether several currencies use the sign: of yen and yuan, simplified characters tell."""
    return mark in _SHARED_SYMBOLS and not (mark != "$" and _CHINESE.search(page.text))


def _code_of(mark: str) -> str | None:
    if _CODE.fullmatch(mark):
        return _iso(mark)
    return _SYMBOLS.get(mark) or _SHARED_SYMBOLS.get(mark)


def _iso(code: str) -> str:
    return "CNY" if code == "RMB" else code
