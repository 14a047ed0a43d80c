"""What the amounts of an e-invoice must satisfy: the arithmetic rules of EN 16931-1, chapter 6.4,
and of Peppol BIS Billing 3.0 for a line's own amount.

Sums hold to the cent. Where the standard multiplies, sellers round each line for itself, and a
cent for each line is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import money
from ..invoice import Doubt
from ..wording import Wording, say
from .business_terms import Terms, amount, groups, text, total
from .lines import counted_lines

CENT = Decimal("0.01")
_STRICT = re.compile("peppol|xrechnung", re.IGNORECASE)
"""EN 16931 itself leaves open how a line's amount comes about; these of its users do not."""
_UNTAXED = {"Z": "Z", "E": "E", "AE": "AE", "K": "IC", "G": "G", "O": "O"}
"""VAT category codes (UNTDID 5305) without tax, and what the standard calls their rules."""
_NAMES = {"S": "S", "L": "IG", "M": "IP"} | _UNTAXED


def broken(terms: Terms) -> Iterator[Doubt]:
    """The rules that do not hold. What a profile leaves out (lines, breakdown) is not checked."""
    yield from _totals(terms)
    yield from _sums(terms)
    for row in groups(terms, "BG-23"):
        yield from _breakdown(terms, row)
    if _STRICT.search(text(terms, "BT-24")):
        for line in counted_lines(terms):
            yield from _line(line)


def _totals(terms: Terms) -> Iterator[Doubt]:
    lines, net, gross, due = (amount(terms, f"BT-{n}") for n in (106, 109, 112, 115))
    allowances, charges, tax, paid, rounding = (
        amount(terms, f"BT-{n}") or Decimal(0) for n in (107, 108, 110, 113, 114)
    )
    if lines is not None:
        wanted = lines - allowances + charges
        yield from _equal("BR-CO-13", "net", say("rule.lines_total"), wanted, net)
    if net is not None:
        yield from _equal("BR-CO-15", "gross", say("rule.net_tax"), net + tax, gross)
    if gross is not None:
        wanted = gross - paid + rounding
        yield from _equal("BR-CO-16", "payable", say("rule.gross_paid"), wanted, due)


def _sums(terms: Terms) -> Iterator[Doubt]:
    for rule, group, term, of, field, what in (
        ("BR-CO-10", "BG-25", "BT-131", "BT-106", None, "rule.lines"),
        ("BR-CO-11", "BG-20", "amount", "BT-107", None, "rule.allowances"),
        ("BR-CO-12", "BG-21", "amount", "BT-108", None, "rule.charges"),
        ("BR-CO-14", "BG-23", "BT-117", "BT-110", "tax", "rule.breakdown"),
    ):
        found = counted_lines(terms) if group == "BG-25" else groups(terms, group)
        if found:
            wanted = amount(terms, of) or Decimal(0)
            yield from _equal(rule, field, say(what), total(found, term), wanted)


def _breakdown(terms: Terms, row: Terms) -> Iterator[Doubt]:
    category, rate = text(row, "BT-118"), amount(row, "BT-119") or Decimal(0)
    basis, tax = amount(row, "BT-116"), amount(row, "BT-117")
    if basis is None or tax is None or category not in _NAMES:
        return
    lines = [line for line in counted_lines(terms) if _taxed(line, "BT-151", "BT-152", row)]
    slack = CENT * max(len(lines), 1)
    if category in _UNTAXED:
        rule = f"BR-{_UNTAXED[category]}-09"
        yield from _equal(rule, "tax", say("rule.untaxed"), Decimal(0), tax)
    else:
        wanted = (basis * rate / 100).quantize(CENT)
        what = say("rule.rate", basis=money(basis), rate=f"{rate.normalize():f}")
        yield from _equal("BR-CO-17", "tax", what, wanted, tax, slack)
    if counted_lines(terms):
        allowances, charges = (
            [each for each in groups(terms, name) if _taxed(each, *_CATEGORY_AND_RATE, row)]
            for name in ("BG-20", "BG-21")
        )
        wanted = total(lines, "BT-131") - total(allowances, "amount") + total(charges, "amount")
        rule = f"BR-{_NAMES[category]}-08"
        what = say("rule.category", category=category)
        yield from _equal(rule, "net", what, wanted, basis, slack)


_CATEGORY_AND_RATE = ("vat_category_code", "vat_rate")


def _taxed(item: Terms, category: str, rate: str, row: Terms) -> bool:
    """Whether a line, allowance or charge belongs to this row of the breakdown."""
    same_rate = (amount(item, rate) or 0) == (amount(row, "BT-119") or 0)
    return text(item, category) == text(row, "BT-118") and same_rate


def _line(line: Terms) -> Iterator[Doubt]:
    quantity, price, net = (amount(line, name) for name in ("BT-129", "BT-146", "BT-131"))
    if quantity is None or price is None:
        return
    per = amount(line, "BT-149") or Decimal(1)
    wanted = quantity * price / per
    wanted += total(groups(line, "BG-28"), "amount") - total(groups(line, "BG-27"), "amount")
    what = say("rule.line", line=text(line, "BT-126"))
    yield from _equal("PEPPOL-EN16931-R120", None, what, wanted.quantize(CENT), net, 2 * CENT)


def _equal(
    rule: str,
    field: str | None,
    what: Wording,
    wanted: Decimal,
    found: Decimal | None,
    slack: Decimal = Decimal(0),
) -> Iterator[Doubt]:
    if found is None or abs(wanted.quantize(CENT) - found.quantize(CENT)) <= slack:
        return
    wording = say("rule", rule=rule, what=what, wanted=money(wanted), found=money(found))
    yield Doubt(field, f"en16931.{rule}", wording)
