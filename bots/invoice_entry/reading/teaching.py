"""Handing a confirmed invoice to the vendor memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from . import memory
from .amounts import money
from .document import part_of
from .invoice import AMOUNTS, Field, InvoiceLine
from .memory.service import MemoryService, stranger
from .reader import observe
from .wording import say


def teach(path: Path, payload: Mapping[str, Any], service: MemoryService) -> bool:
    """Teach the document at `path` with the invoice that the payload holds, `reviewed` by a person
    or not. False when it names no seller, and there is nobody to remember, or when it is data
    without pages, which shows no places."""
    fields = confirmed_fields(payload.get("invoice") or {})
    if "seller" not in fields:
        return False
    observed = observe(path, part=part_of(payload))
    if not observed.pages:
        return False
    signs = memory.signs_of(fields)
    vendor = memory.belongs_to(signs, service.recall(signs)) or stranger(fields["seller"].value)
    vendor = vendor.without(observed.digest)
    by_person = payload.get("reviewed") is True
    lines = confirmed_lines(payload["invoice"])
    learned = memory.learn(
        vendor, observed.digest, observed.pages, fields, lines, by_person=by_person
    )
    service.teach(vendor, learned, signs)
    return True


def confirmed_fields(invoice: Mapping[str, Any]) -> dict[str, Field]:
    """The fields of an invoice as the review hands it on; what is no value is left out."""
    fields: dict[str, Field] = {}
    for name, given in (invoice.get("fields") or {}).items():
        value = _value(name, str(given.get("value") or "").strip())
        if value:
            box = tuple(given["box"]) if given.get("box") else None
            fields[name] = Field(value, given.get("page") or 1, box, "review", 1.0, say("review"))
    return fields


def confirmed_lines(invoice: Mapping[str, Any]) -> list[InvoiceLine]:
    """The items of an invoice as the review hands it on, where a cell may be missing."""
    columns = [each.name for each in dataclass_fields(InvoiceLine)]
    given = invoice.get("lines") or []
    return [InvoiceLine(**{name: str(line.get(name) or "") for name in columns}) for line in given]


def _value(name: str, text: str) -> str:
    if name not in AMOUNTS:
        return text
    try:
        return money(Decimal(text))
    except InvalidOperation:
        return ""
