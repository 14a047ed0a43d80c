"""One invoice against its truth, field by field."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from robocorp.workitems import BusinessException

from bots.invoice_entry.reading.invoice import AMOUNTS, Box, Field, Invoice
from bots.invoice_entry.reading.labels import fold
from bots.invoice_entry.reading.reader import Observed, conclude, observe

KEY_FIELDS = ("number", "issue_date", "currency", "net", "tax", "gross")
FIELDS = (*KEY_FIELDS, "due_date", "seller", "buyer", "seller_vat", "iban", "po_number")
RIGHT, WRONG, MISSING = "right", "wrong", "missing"


@dataclass(frozen=True)
class Compared:
    """One field: what was read (empty when missing), what is printed, how sure the reader was."""

    name: str
    outcome: str
    read: str
    truth: str
    confidence: float
    page: int
    box: Box | None


@dataclass(frozen=True)
class Outcome:
    """One file. `trusted`: it would pass without a person. `lines_right` is None without line
    truth. `seen`: how many invoices of the vendor came before. `refusal` is the code of a file that
    was not read, `crash` what failed unforeseen."""

    file: str
    family: str
    pages: int
    seconds: float
    trusted: bool = False
    fields: tuple[Compared, ...] = ()
    doubts: tuple[str, ...] = ()
    lines_right: bool | None = None
    seen: int = 0
    refusal: str | None = None
    crash: str | None = None

    @property
    def undetected(self) -> list[Compared]:
        """Key fields that are not right, in a file that passes."""
        wrong = (f for f in self.fields if f.name in KEY_FIELDS and f.outcome != RIGHT)
        return list(wrong) if self.trusted else []


def compare(folder: Path, truth: Mapping[str, Any], *, use_xml: bool) -> Outcome:
    """Read the file that `truth` is about. Never raises: a crash is an outcome too."""
    observed = look(folder, truth, use_xml=use_xml)
    if isinstance(observed, Outcome):
        return observed
    document, seconds = observed
    return judged(truth, conclude(document, ()), seconds)


def look(
    folder: Path, truth: Mapping[str, Any], *, use_xml: bool
) -> tuple[Observed, float] | Outcome:
    """What the file says and how long that took; the outcome when it could not be read."""
    began = time.perf_counter()
    name, pages, family = _about(truth)
    try:
        observed = observe(folder / "pdf" / name, use_xml=use_xml)
        return observed, time.perf_counter() - began
    except BusinessException as refusal:
        seconds = time.perf_counter() - began
        return Outcome(name, family, pages, seconds, refusal=str(refusal.code))
    except Exception as error:
        seconds, crash = time.perf_counter() - began, f"{type(error).__name__}: {error}"
        return Outcome(name, family, pages, seconds, crash=crash)


def judged(truth: Mapping[str, Any], invoice: Invoice, seconds: float) -> Outcome:
    """The reading against the truth."""
    name, pages, family = _about(truth)
    return Outcome(
        name,
        family,
        pages,
        seconds,
        trusted=invoice.trusted,
        fields=tuple(_fields(invoice, truth["fields"])),
        doubts=tuple(doubt.code for doubt in invoice.doubts),
        lines_right=_lines_right(invoice, truth.get("lines") or []),
    )


def _about(truth: Mapping[str, Any]) -> tuple[str, int, str]:
    return str(truth["file"]), int(truth.get("pages") or 1), str(truth.get("family") or "")


def _fields(invoice: Invoice, truth: Mapping[str, Any]) -> Iterator[Compared]:
    for name in FIELDS:
        if not truth.get(name):
            continue
        found = invoice.fields.get(name)
        printed = truth[name] if isinstance(truth[name], list) else [truth[name]]
        yield _compared(name, found, [str(one) for one in printed])


def _compared(name: str, found: Field | None, printed: list[str]) -> Compared:
    shown = " or ".join(printed)
    if found is None:
        return Compared(name, MISSING, "", shown, 0.0, 1, None)
    outcome = RIGHT if any(_equal(name, found.value, one) for one in printed) else WRONG
    return Compared(name, outcome, found.value, shown, found.confidence, found.page, found.box)


def _equal(name: str, read_value: str, true_value: str) -> bool:
    if name in AMOUNTS:
        return abs(Decimal(read_value)) == abs(Decimal(true_value))
    if name in ("seller", "buyer"):
        return name_of(read_value) == name_of(true_value)
    return re.sub(r"\s", "", read_value) == re.sub(r"\s", "", true_value)


# Some e-invoices hold identifiers within the name; they are no part of it.
_IDENTIFIERS = re.compile(r"\b(?:GLN|Lief-Nr|Kunden-Nr)\b[\s.:]*\d+")


def name_of(text: str) -> str:
    """The name, without case, spaces and the identifiers that some e-invoices hold in it."""
    return fold(_IDENTIFIERS.sub("", text))[0]


def _lines_right(invoice: Invoice, truth: list[Mapping[str, Any]]) -> bool | None:
    """Whether every line's amount was read, in order."""
    if not truth:
        return None
    expected = [_decimal(line.get("net")) for line in truth]
    return expected == [_decimal(line.amount) for line in invoice.lines]


def _decimal(text: object) -> Decimal | None:
    try:
        return abs(Decimal(str(text)))
    except InvalidOperation:
        return None
