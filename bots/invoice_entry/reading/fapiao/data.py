"""A 发票 as XML: that of the tax bureau's platform (数电票, root `EInvoice`), and the one inside
OFD documents (电子发票, GB/T 36609, root `eInvoice`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from lxml import etree

from ..amounts import money
from ..dates import first_date
from ..einvoice import EInvoice
from ..invoice import Doubt, InvoiceLine, TaxRate
from ..safe_xml import local_name
from ..wording import say
from . import capitals

Names = Mapping[str, Sequence[str]]

_FIELDS: Names = {
    "number": ("TaxSupervisionInfo/InvoiceNumber", "InvoiceNumber", "InvoiceNo", "EIid"),
    "invoice_code": ("InvoiceCode",),
    "check_code": ("InvoiceCheckCode",),
    "seller": ("SellerName",),
    "seller_vat": ("SellerIdNum", "SellerTaxID"),
    "seller_address": ("SellerAddr", "SellerAddrTel"),
    "buyer": ("BuyerName",),
    "buyer_vat": ("BuyerIdNum", "BuyerTaxID"),
    "buyer_address": ("BuyerAddr", "BuyerAddrTel"),
    "gross_in_words": ("TotalTax-includedAmountInChinese", "TaxInclusiveTotalAmountWithWords"),
}
_DATE = ("TaxSupervisionInfo/IssueTime", "IssueTime", "IssueDate", "RequestTime")
_AMOUNTS: Names = {
    "net": ("TotalAmWithoutTax", "TaxExclusiveTotalAmount"),
    "tax": ("TotalTaxAm", "TaxTotalAmount"),
    "gross": ("TotalTax-includedAmount", "TaxInclusiveTotalAmount"),
}
_LINES = ("IssuItemInformation", "GoodsInfo")
_LINE: Names = {
    "description": ("ItemName", "Item"),
    "quantity": ("Quantity",),
    "unit": ("MeaUnits", "MeasurementDimension"),
    "price": ("UnPrice", "Price"),
    "amount": ("Amount",),
    "rate": ("TaxRate", "TaxScheme"),
    "tax": ("ComTaxAm", "TaxAmount"),
}
_CENT = Decimal("0.01")


def is_fapiao(root: etree._Element) -> bool:
    """Whether this is the root of a 发票."""
    return local_name(root).lower() == "einvoice"


def read_root(root: etree._Element) -> EInvoice:
    """The invoice in a tree that `is_fapiao`; what it lacks is missing in the values."""
    written = _text(root, _DATE)
    date = first_date(written)
    day = date.value.isoformat() if date and date.value else ""
    amounts = {name: _number(_text(root, names)) for name, names in _AMOUNTS.items()}
    if amounts["tax"] is None and amounts["net"] == amounts["gross"]:
        amounts["tax"] = Decimal(0)
    gross = amounts["gross"]
    values = {name: _text(root, names) for name, names in _FIELDS.items()}
    values |= {name: money(value) for name, value in amounts.items() if value is not None}
    # 红字发票 give money back, and show it by their sign.
    values |= {"issue_date": day, "currency": "CNY", "type": "381" if (gross or 0) < 0 else "380"}
    rows = [_row(item) for name in _LINES for item in _all(root, name)]
    return EInvoice(
        values={name: value for name, value in values.items() if value},
        lines=[_line(row) for row in rows if row["amount"]],
        breakdown=list(_breakdown(rows)),
        impossible={"issue_date": written} if written and not day else {},
        broken=[*_sums(rows, amounts), *words_against_figures(values["gross_in_words"], gross)],
    )


def words_against_figures(words: str, figures: Decimal | None) -> Iterator[Doubt]:
    """价税合计 stands twice on a 发票; a difference between the two shows both."""
    if not words or figures is None:
        return
    found = capitals.find(words)
    if found is None or capitals.value(found) != figures:
        wording = say("fapiao.words", words=words, figures=money(figures))
        yield Doubt("gross", "fapiao.words", wording)


def _sums(
    rows: Sequence[Mapping[str, str]], amounts: Mapping[str, Decimal | None]
) -> Iterator[Doubt]:
    for column, field in (("amount", "net"), ("tax", "tax")):
        printed, total = [_number(row[column]) for row in rows], amounts[field]
        known = [value for value in printed if value is not None]
        if known and total is not None and abs(sum(known) - total) > _CENT * len(known):
            sum_of_lines = money(sum(known, Decimal(0)))
            wording = say("fapiao.lines", sum=sum_of_lines, total=money(total))
            yield Doubt(field, "fapiao.lines", wording)


def _row(item: etree._Element) -> dict[str, str]:
    return {column: _text(item, names) for column, names in _LINE.items()}


def _line(row: Mapping[str, str]) -> InvoiceLine:
    quantity, price, amount = (
        "" if (value := _number(row[column])) is None else money(value)
        for column in ("quantity", "price", "amount")
    )
    rate = _percent(row["rate"])
    return InvoiceLine(row["description"], quantity, row["unit"], price, amount, tax_rate=rate)


def _breakdown(rows: Sequence[Mapping[str, str]]) -> Iterator[TaxRate]:
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in rows:
        for place, column in enumerate(("amount", "tax")):
            sums[_percent(row["rate"])][place] += _number(row[column]) or 0
    for rate, (net, tax) in sums.items():
        yield TaxRate("S" if rate else "E", rate, money(net), money(tax))


def _percent(text: str) -> str:
    """The rate in per cent, which is written 0.13 or 13%; empty for 免税 and other words."""
    number = _number(text.rstrip("%％"))
    if number is None:
        return ""
    return f"{(number if text.endswith(('%', '％')) else number * 100).normalize():f}"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(re.sub(r"[,，¥￥\s]", "", text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _text(node: etree._Element, paths: Sequence[str]) -> str:
    """The text at the first path that has one; namespaces differ by maker, names do not."""
    for path in paths:
        *above, name = path.split("/")
        for found in _all(node, name):
            parent = found.getparent()
            inside = parent is not None and (not above or local_name(parent) == above[0])
            if inside and (text := " ".join("".join(map(str, found.itertext())).split())):
                return text
    return ""


def _all(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return node.iter(f"{{*}}{name}")
