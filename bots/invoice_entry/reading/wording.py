"""What a reading tells people: each phrase once, by its key, with holes for what fills it.

A reading hands on key and values beside the English, so that whoever shows it can tell it in
another language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

PHRASES: Mapping[str, str] = {
    # doubts
    "missing": "No {field} was found.",
    "weak": "“{value}” has one sign only: {signs}.",
    "unreadable": "“{value}” cannot be read as {field}.",
    "impossible": "There is no such day as {value}.",
    "rivals": "The page also shows {values} at such a label.",
    "sum": "{net} + {tax} is {sum}, but the gross amount reads {gross}.",
    "sums": "More than one set of amounts adds up; which one is the total is a guess.",
    "scan": "This is a scan; letters and digits are the guess of an OCR program.",
    "lines": "No item table was found whose amounts add up to the net amount.",
    "seller.other": "The foot of the page names {company}; which company sells is a guess.",
    "title.other": "The page is titled “{title}”, which is not an invoice.",
    "title.denied": "The page says that it is not an invoice.",
    "title.none": "Nothing on the page says that it is an invoice.",
    "file.several": "The file seems to hold several invoices ({numbers}), but where one ends is "
    "not sure. Split the file, and send each invoice by itself.",
    "file.first": "The file holds {count} invoices (pages {pages}); this is the first of them.",
    "xml.unreadable": "The embedded e-invoice XML cannot be read ({error}); the page was read "
    "instead.",
    "xml.differs": "The page shows {page}, the e-invoice XML holds {xml}.",
    "xml.unseen": "The e-invoice XML holds {value}, which the page does not show.",
    "xml.impossible": "The e-invoice XML holds {value}, which is no day.",
    "fapiao.differs": "The page shows {page}, the invoice data holds {data}.",
    "fapiao.words": "The gross amount in words is {words}, in figures {figures}.",
    "fapiao.lines": "The lines add up to {sum}, not {total}.",
    "vendor.place": "{value} was read, but where this vendor prints it stands {remembered}.",
    "vendor.always": "{value} was read, but this vendor's was always {known}.",
    "vendor.shape": "{value} looks unlike this vendor's earlier numbers, as {earlier}.",
    # rules of EN 16931: what is computed, what it gives, what the invoice says
    "rule": "The e-invoice breaks {rule}: {what} gives {wanted}, it says {found}.",
    "rule.lines_total": "lines less allowances plus charges",
    "rule.net_tax": "net plus tax",
    "rule.gross_paid": "gross less what was paid",
    "rule.lines": "the sum of the lines",
    "rule.allowances": "the sum of the allowances",
    "rule.charges": "the sum of the charges",
    "rule.breakdown": "the sum of the tax breakdown",
    "rule.untaxed": "untaxed",
    "rule.rate": "the tax on {basis} at {rate} %",
    "rule.category": "the sum of what is taxed as {category}",
    "rule.line": "line {line}: quantity by price",
    # signs of a value
    "label.behind": "behind the label “{label}”",
    "label.right": "beside the label “{label}”",
    "label.below": "below the label “{label}”",
    "label.with": "with the label “{label}”",
    "label.earlier": "beside the label “{label}”, before another amount",
    "label.block": "in the block “{label}”",
    "column.end": "end of the column “{label}”",
    "but.day_or_month": "day or month first",
    "but.anothers": "perhaps that of another",
    "but.not_whole": "perhaps not all of it",
    "but.other_paper": "which may be of the paper above it",
    "but.repeated": "but an earlier invoice of this vendor has it",
    "title.in": "in the title",
    "title.under": "under the title",
    "title.beside": "beside the title",
    "title.credit": "titled a credit note",
    "title.invoice": "not titled a credit note",
    "terms": "in the payment terms",
    "currency.only": "the only currency at the amounts",
    "currency.land": "no currency is named, and tax numbers and account are of the euro area",
    "label.pair": "at the label of number and date",
    "only.hash": "the only # on the page",
    "letter.date": "the only date that stands alone, as on a letter",
    "proved.rate": "gross less tax, whose rate fits",
    "proved.items": "gross less tax, to which the items add up",
    "proved.gross": "net and tax together, whose rate fits",
    "proved.untaxed": "the items add up to the gross amount, and nothing is said of tax",
    "tax.held": "held in a sum",
    "tax.rows": "sum of the tax rows",
    "tax.row": "in a row about tax",
    "tax.none": "says: no tax",
    "tax.gross": "gross, without tax",
    "tax.net": "net is gross",
    "form.place": "at its place in the form",
    "form.label": "at its label",
    "in_words": "in words",
    "typed": "typed in the table",
    "sign": "by the sign of the gross amount",
    "xml.only": "in the e-invoice XML only",
    "xml.page": "in the e-invoice XML and on the page",
    "xml.file": "in the e-invoice",
    "title.reference": "the reference under the title, nothing else naming a number",
    "table.sums": "the row of sums below the items",
    "seller.company": "a company",
    "buyer.attended": "addressed to somebody in the house",
    "seller.person": "no company besides the buyer",
    "seller.left": "the only company besides the buyer",
    "seller.top": "a company on top",
    "seller.foot": "in the foot of the page",
    "seller.return_address": "in a return address line",
    "seller.reached": "with the means to reach it",
    "seller.vat": "with a VAT id",
    "seller.first": "first of all",
    "seller.large": "in large print on top",
    "seller.letterhead": "at the head of the letter, above the one addressed",
    "seller.repeated": "more than once",
    "seller.domain": "in a web address",
    "seller.payee": "as the payee",
    "vendor.stood": "where it stood in {count} confirmed invoices of this vendor",
    "vendor.rates": "the sum of the {count} amounts of tax where this vendor prints it",
    "vendor.known": "a known vendor, by its place or code",
    "vendor.as_always": "as on every confirmed invoice of this vendor",
    "review": "confirmed",
}


@dataclass(frozen=True)
class Note:
    """A phrase by its key, with what fills it: texts, or other notes."""

    key: str
    values: Mapping[str, str | Wording]

    def __str__(self) -> str:
        filled = {
            name: value if isinstance(value, str) else english(value)
            for name, value in self.values.items()
        }
        return PHRASES[self.key].format_map(filled)

    def as_json(self) -> dict[str, Any]:
        values = {
            name: value if isinstance(value, str) else notes(value)
            for name, value in self.values.items()
        }
        return {"key": self.key, "values": values}


Wording: TypeAlias = tuple[Note, ...]
"""Phrases that are told one after the other."""


def say(key: str, **values: object) -> Wording:
    """The phrase of `key`, to which others can be added; KeyError when there is none."""
    if key not in PHRASES:
        raise KeyError(key)
    return (Note(key, {name: _filling(value) for name, value in values.items()}),)


def english(wording: Wording) -> str:
    return ", ".join(str(note) for note in wording)


def notes(wording: Wording) -> Sequence[dict[str, Any]]:
    return [note.as_json() for note in wording]


def _filling(value: object) -> str | Wording:
    return value if isinstance(value, tuple) else str(value)
