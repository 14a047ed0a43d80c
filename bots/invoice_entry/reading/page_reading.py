"""What the printed pages say, field by field, with what remains unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import (
    currency,
    dates,
    fapiao,
    heading,
    identifiers,
    parties,
    sender,
    terms,
    titles,
    unlabelled,
)
from .amounts import decimal_mark
from .invoice import TRUSTWORTHY, Doubt, Field
from .places import Read, labelled
from .totals import totals
from .wording import say
from .words import Page

_LABELLED = (
    "number", "issue_date", "due_date", "delivery_date", "iban", "seller_vat", "buyer_vat",
    "po_number",
)  # fmt: skip
# A second value with nearly the same evidence makes the first one a guess.
_RIVAL = 0.06
_SINGLE = ("number", "issue_date", "currency")


@dataclass(frozen=True)
class PageReading:
    """The fields read from the pages; `closes` when net + tax = gross on the page."""

    fields: dict[str, Field]
    doubts: Sequence[Doubt]
    closes: bool


def read_pages(pages: Sequence[Page]) -> PageReading:
    """Read the printed pages, scanned or not."""
    pages = [page for page in pages if page.rows] or pages
    with_labels = [(page, labelled(page)) for page in pages]
    mark = decimal_mark("\n".join(page.text for page in pages))
    found = _candidates(with_labels)
    sums = totals(with_labels, mark)
    fields = {name: _best(options) for name, options in found.items() if options}
    fields |= sums.fields | {"type": titles.kind(pages[0])} | fapiao.fields_on(pages)
    if _is_labelled(fields.get("buyer")) and "seller" in fields:
        fields["seller"] = parties.by_elimination(pages, fields["seller"], fields["buyer"])
    if "currency" not in fields and (only := currency.unlabelled(pages)):
        fields["currency"] = only
    doubts = [*titles.not_an_invoice(pages), *_rivals(found), *_impossible(with_labels, fields)]
    if sums.rivals:
        doubts.append(Doubt("gross", "amounts.ambiguous", say("sums")))
    doubts += [*_other_company(pages, fields), *fapiao.doubts_of(fields)]
    if any(page.scanned for page in pages):
        fields = {name: _as_ocr(field) for name, field in fields.items()}
    return PageReading(fields, doubts, sums.closes)


def _is_labelled(field: Field | None) -> bool:
    return field is not None and field.source == "label" and field.confidence >= TRUSTWORTHY


def _candidates(
    pages: Read,
) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    printed = [page for page, _ in pages]
    day_first = dates.are_day_first(
        [page.text for page in printed], [x.wording for _, labels in pages for x in labels]
    )
    for page, labels in pages:
        for name in _LABELLED:
            options = identifiers.candidates(page, labels, name, day_first=day_first)
            found.setdefault(name, []).extend(options)
        found["due_date"].extend(terms.candidates(page))
        for name, field in heading.candidates(page, day_first=day_first):
            found.setdefault(name, []).append(field)
        found.setdefault("currency", []).extend(currency.candidates(page, labels))
        for party in ("seller", "buyer"):
            found.setdefault(party, []).extend(parties.candidates(page, labels, party))
    for name, field in unlabelled.candidates(printed, day_first=day_first):
        found[name].append(field)
    if not found["issue_date"] and (date := unlabelled.lone_date(printed[0], day_first=day_first)):
        found["issue_date"].append(date)
    orders = any(label.label.field == "po_number" for _, labels in pages for label in labels)
    if not found["number"] and not orders and (named := unlabelled.lone_reference(printed[0])):
        found["number"].append(named)
    if not found["seller"]:
        buyer = found["buyer"][0].value if found["buyer"] else ""
        found["seller"].extend(sender.candidates(printed, buyer))
    _tell_vat_ids_apart(found)
    return found


def _tell_vat_ids_apart(found: dict[str, list[Field]]) -> None:
    """Move VAT ids that stand under the buyer's name, and not the seller's, to the buyer."""
    own, theirs = found["seller_vat"], found["buyer_vat"]
    buyer = next((field for field in found["buyer"] if field.box), None)
    seller = next((field for field in found["seller"] if field.box), None)
    if buyer is None or seller is None:
        return
    moved = [field for field in own if _belongs(field, buyer, seller)]
    theirs.extend(moved)
    own[:] = [field for field in own if field not in moved]


def _belongs(vat: Field, party: Field, other: Field) -> bool:
    if vat.page != party.page:
        return False
    return _distance(vat, party) < min(160.0, _distance(vat, other))


def _distance(vat: Field, party: Field) -> float:
    if vat.box is None or party.box is None or vat.page != party.page:
        return float("inf")
    below = vat.box[1] - party.box[1]
    beside = abs(vat.box[0] - party.box[0])
    return below + beside / 2 if below >= -2 else float("inf")


def _best(options: Sequence[Field]) -> Field:
    return max(options, key=lambda field: field.confidence)


def _rivals(found: dict[str, list[Field]]) -> list[Doubt]:
    doubts = []
    for name in _SINGLE:
        options = found.get(name) or []
        if not options:
            continue
        best = _best(options)
        others = {
            field.value
            for field in options
            if field.confidence > best.confidence - _RIVAL and field.value != best.value
        }
        if others:
            wording = say("rivals", values=", ".join(sorted(others)))
            doubts.append(Doubt(name, f"{name}.ambiguous", wording))
    return doubts


def _other_company(pages: Sequence[Page], fields: dict[str, Field]) -> list[Doubt]:
    seller, buyer = (fields[name].value if name in fields else "" for name in ("seller", "buyer"))
    other = parties.other_company_in_footer(pages, seller, buyer)
    if not seller or other is None:
        return []
    return [Doubt("seller", "seller.ambiguous", say("seller.other", company=other))]


def _impossible(pages: Read, fields: dict[str, Field]) -> list[Doubt]:
    return [
        Doubt("issue_date", "issue_date.impossible", say("impossible", value=text))
        for page, labels in pages
        for text in identifiers.impossible_dates(page, labels, "issue_date")
    ]


def _as_ocr(field: Field) -> Field:
    return replace(field, source="ocr", confidence=min(field.confidence, 0.6))
