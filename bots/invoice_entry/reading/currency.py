"""The currency: named by a label, or the only one that stands at the amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .amounts import CODE
from .identifiers import ibans_in, vat_ids_in
from .invoice import AMOUNTS, Field
from .lines import is_heading
from .places import Labelled, spots
from .wording import say
from .words import Page

_CODE = re.compile(rf"(?<![A-Z])({CODE})(?![A-Z])")
_WITH_SUM = re.compile(rf"\W*(?:in\s)?\(?{_CODE.pattern}")
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "zł": "PLN", "元": "CNY", "人民币": "CNY", "₹": "INR", "Kč": "CZK",
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD",
}  # fmt: skip
_DOLLARS = {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN"}
_SHARED_SYMBOLS = {"$": "USD", "¥": "CNY", "￥": "CNY"}
_CHINESE = re.compile(r"发票|税额|开票|价税")
_NAMES = {
    "EUR": r"euros?\b",
    "USD": r"u\.?s\.? dollars?\b",
    "GBP": r"pounds? sterling\b|sterling\b",
    "CHF": r"schweizer franken\b|francs? suisses?\b|swiss francs?\b",
    "PLN": r"złot\w+",
}
_SAID = re.compile(
    rf"\b(?:amounts?|prices?|charges|beträge|preise|montants?|prix|importes?|importi|prezzi|bedragen"
    rf"|kwoty|ceny)\b.{{0,25}}\b(?:in|en|w)\s({'|'.join(_NAMES.values())})",
    re.IGNORECASE,
)
_EURO_LAND = re.compile(r"AT|BE|HR|CY|EE|FI|FR|DE|EL|GR|IE|IT|LV|LT|LU|MT|NL|PT|SK|SI|ES")
_SIGN = r"(?:US|CA|AU|NZ|HK|NT|[ACS])?\$|[€£¥￥₹]"
_AT_AMOUNT = re.compile(
    rf"(?P<before>{_SIGN}|[A-Z]{{3}})\s?-?\d(?:[\d.,' ]*\d)?(?:\s?(?P<named>{CODE})\b)?"
    r"|\d[\d.,' ]*[.,]\d\d-?\s?(?P<after>€|£|\$|zł|Kč|元|[A-Z]{3})"
)
_IN_HEADING = re.compile(rf"(?P<named>€|£|zł|{CODE})(?!\w)")
# A plain dollar sign is the American one where an American address stands, and no other land.
_AMERICAN = re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\bUSA\b|\bUnited States\b")
_OTHER_DOLLARS = re.compile(
    r"\b(?:Canada|Australia|New Zealand|Singapore|Hong Kong|Taiwan|ABN|GST|HST|QST|Mexico)\b"
)


def candidates(page: Page, labels: Sequence[Labelled]) -> Iterator[Field]:
    """The currency codes at currency labels of this page."""
    for label in labels:
        if label.label.field in AMOUNTS and (match := _WITH_SUM.match(label.after)):
            start = label.label.end + match.start(1)
            box = label.cell.box_between(start, start + 3)
            reason = say("label.with", label=label.wording)
            yield Field(_iso(match.group(1)), page.number, box, "label", 0.9, reason)
        if label.label.field != "currency":
            continue
        for spot in spots(page, label):
            match = _CODE.search(spot.text)
            if match and match.start() <= 12:
                reason = say(f"label.{spot.way}", label=label.wording)
                box = spot.box(match.start(), match.end())
                yield Field(
                    _iso(match.group(1)), page.number, box, "label", label.label.strength, reason
                )
                break


def unlabelled(pages: Sequence[Page]) -> Field | None:
    """The currency that stands at the amounts, is said in words, or is that of the country in which
    both the parties are registered and the account is held."""
    return _at_amounts(pages) or _in_words(pages) or _of_the_country(pages)


def _in_words(pages: Sequence[Page]) -> Field | None:
    """`Montants exprimés en euros`."""
    for page in pages:
        for row in page.rows:
            for cell in row.cells:
                if match := _SAID.search(cell.text):
                    code = next(
                        code for code, word in _NAMES.items() if re.match(word, match[1], re.I)
                    )
                    box = cell.box_between(match.start(1), match.end(1))
                    return Field(code, page.number, box, "label", 0.85, say("in_words"))
    return None


def _of_the_country(pages: Sequence[Page]) -> Field | None:
    text = "\n".join(page.text for page in pages)
    accounts = ibans_in(text)
    # The beginning of an account number looks like a VAT id.
    registered = [x for x in vat_ids_in(text) if not any(iban.startswith(x) for iban in accounts)]
    known = registered and accounts
    if not known or not all(_EURO_LAND.match(found) for found in (*registered, *accounts)):
        return None
    reason = say("currency.land")
    return Field("EUR", pages[0].number, None, "position", 0.78, reason)


def _at_amounts(pages: Sequence[Page]) -> Field | None:
    """The one currency at amounts and in the headings of the items; None when there is none or
    more than one."""
    seen: dict[str, Field] = {}
    named: set[str] = set()
    text = "\n".join(page.text for page in pages)
    for page in pages:
        for row in page.rows:
            pattern = _IN_HEADING if is_heading(row) else _AT_AMOUNT
            for cell in row.cells:
                for match in pattern.finditer(cell.text):
                    found = match.groupdict()
                    mark = found["named"] or found.get("before") or found.get("after") or ""
                    code = _code_of(mark)
                    if code and code not in seen:
                        box = cell.box_between(match.start(), match.end())
                        sure = 0.6 if _is_shared(mark, text) else 0.88
                        reason = say("currency.only")
                        seen[code] = Field(code, page.number, box, "position", sure, reason)
                        if mark != "$":
                            named.add(code)
    # A dollar sign is the dollar that is named somewhere.
    if seen.keys() - named == {"USD"} and len(seen) == 2 and named <= _DOLLARS:
        del seen["USD"]
    return next(iter(seen.values())) if len(seen) == 1 else None


def _is_shared(mark: str, text: str) -> bool:
    """Whether several currencies use the sign: of yen and yuan, simplified characters tell, of
    dollars the address."""
    if mark == "$":
        return not _AMERICAN.search(text) or bool(_OTHER_DOLLARS.search(text))
    return mark in _SHARED_SYMBOLS and not _CHINESE.search(text)


def _code_of(mark: str) -> str | None:
    if _CODE.fullmatch(mark):
        return _iso(mark)
    return _SYMBOLS.get(mark) or _SHARED_SYMBOLS.get(mark)


def _iso(code: str) -> str:
    return "CNY" if code == "RMB" else code
