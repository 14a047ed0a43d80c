"""What a vendor is known by, and which remembered vendor an invoice is of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .. import parties
from ..identifiers import ibans_in, vat_ids_in
from ..invoice import Field
from ..labels import fold
from ..words import Page
from .place import alike
from .printed import Print
from .vendor import VendorMemory

_MOST, _LONGEST = 200, 200
"""How many signs are looked up, and of how many characters: nobody is known by more."""


@dataclass(frozen=True)
class Recognised:
    """The memory of the vendor; `surely` when more than the reading itself names the vendor."""

    memory: VendorMemory
    surely: bool


class _Match(NamedTuple):
    """How well a remembered vendor fits a document; the better one compares as greater."""

    at_place: bool
    by_code: bool
    as_read: bool
    length: int


def signs_of(fields: Mapping[str, Field]) -> list[str]:
    """The signs of the seller of a confirmed invoice, the surest first."""
    return [*_codes(fields), _sign("name", fold(fields["seller"].value)[0])]


def belongs_to(signs: Sequence[str], memories: Sequence[VendorMemory]) -> VendorMemory | None:
    """The remembered vendor that has these signs; None when it is new. It has the same name, and
    no VAT id or IBAN speaks against it: a company that shares its VAT id with a sister, or its
    name with a stranger, has a memory of its own."""
    fitting = [memory for memory in memories if signs[-1] in memory.signs]
    shared = [memory for memory in fitting if _codes_of(signs) & _codes_of(memory.signs)]
    unknown = [memory for memory in fitting if not _kinds(signs) & _kinds(memory.signs)]
    return next(iter([*shared, *unknown]), None)


def _codes_of(signs: Sequence[str]) -> set[str]:
    return {sign for sign in signs if not sign.startswith("name/")}


def _kinds(signs: Sequence[str]) -> set[str]:
    return {sign.partition("/")[0] for sign in _codes_of(signs)}


def signs_on(pages: Sequence[Page], fields: Mapping[str, Field]) -> list[str]:
    """The signs on the pages by which the vendor, or the buyer, may be remembered, the likeliest
    first: a price list is full of what looks like a VAT id."""
    text = "\n".join(page.text for page in pages)
    names = [company.value for company in parties.companies(pages)]
    names += [fields["seller"].value] if "seller" in fields else []
    signs = [
        *_codes(fields),
        *(_sign("name", fold(name)[0]) for name in names),
        *(_sign("seller_vat", _code(code)) for code in vat_ids_in(text)),
        *(_sign("iban", _code(code)) for code in ibans_in(text)),
    ]
    return list(dict.fromkeys(signs))[:_MOST]


def recognise(
    pages: Sequence[Page], fields: Mapping[str, Field], memories: Sequence[VendorMemory]
) -> Recognised | None:
    """The vendor whose name the pages show, at its proven place or beside its VAT id or IBAN.
    None when there is none, or two that fit equally well."""
    signs = signs_on(pages, fields)
    fitting = [
        (match, memory) for memory in memories if (match := _match(pages, fields, signs, memory))
    ]
    fitting.sort(key=lambda each: each[0], reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    match, memory = fitting[0]
    return Recognised(memory, match.at_place or match.by_code)


def _match(
    pages: Sequence[Page], fields: Mapping[str, Field], signs: Sequence[str], memory: VendorMemory
) -> _Match | None:
    shown = Print(pages).text(memory.name)
    places = [place for place, standing in memory.places("seller") if standing.proven]
    at_place = any(alike(one.place, place) for one in shown for place in places)
    by_code = bool(_codes_of(signs) & _codes_of(memory.signs))
    as_read = _is_named(fields.get("seller"), memory)
    # A company of one's own that also sells to others is the buyer on all other invoices.
    if not at_place and _is_named(fields.get("buyer"), memory):
        return None
    if not (shown or as_read) or not (at_place or by_code or as_read):
        return None
    return _Match(at_place, by_code, as_read, len(memory.name))


def _is_named(party: Field | None, memory: VendorMemory) -> bool:
    return party is not None and fold(party.value)[0] == fold(memory.name)[0]


def _codes(fields: Mapping[str, Field]) -> list[str]:
    kinds = (kind for kind in ("seller_vat", "iban") if kind in fields)
    return [_sign(kind, _code(fields[kind].value)) for kind in kinds]


def _sign(kind: str, value: str) -> str:
    return f"{kind}/{value}"[:_LONGEST]


def _code(text: str) -> str:
    return re.sub(r"[\s.\-]", "", text).upper()
