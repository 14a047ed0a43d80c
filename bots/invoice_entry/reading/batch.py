"""A batch of invoices typed into a table: one row, one invoice, headings in any language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from robocorp.workitems import BusinessException

from . import checks
from .amounts import decimal_mark, money, parse
from .dates import first_date
from .invoice import AMOUNTS, KEY_FIELDS, Doubt, Field, Invoice
from .labels import VOCABULARY, fold
from .sheets import Rows, rows_of
from .wording import say

_COLUMNS = (*KEY_FIELDS, "due_date", "delivery_date", "buyer", "seller_vat", "iban", "po_number")
_HEADING_ROWS = 10
_SURE = PatternFill("solid", fgColor="DDF2DD")
_DOUBTED = PatternFill("solid", fgColor="F8D7D7")


@dataclass(frozen=True)
class BatchRow:
    """The invoice of one row of the sheet; `row` is the row's number in it."""

    row: int
    invoice: Invoice

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "invoice": self.invoice.as_json(),
            "trusted": self.invoice.trusted,
        }


@dataclass(frozen=True)
class Batch:
    """The rows read, and the workbook that tells of each whether it can be used."""

    rows: Sequence[BatchRow]
    result: Path


def read_batch_file(path: Path, result: Path) -> Batch:
    """Read a workbook or CSV file, write the workbook `result`; BusinessException `batch.*` when
    it is no batch."""
    sheet = rows_of(path)
    heading, columns = _heading(path.name, sheet)
    mark = _decimal_mark(sheet, columns)
    rows = [
        BatchRow(number, _invoice(path.name, values, columns, mark))
        for number, values in enumerate(sheet[heading + 1 :], heading + 2)
        if any(value not in (None, "") for value in values)
    ]
    if not rows:
        raise BusinessException(
            f"{path.name} has headings but no rows. Enter one invoice per row.", code="batch.empty"
        )
    _write(rows, result)
    return Batch(rows, result)


def _heading(name: str, sheet: Rows) -> tuple[int, Mapping[str, int]]:
    for index, row in enumerate(sheet[:_HEADING_ROWS]):
        columns: dict[str, int] = {}
        for place, value in enumerate(row):
            field = _FIELD_OF.get(fold(str(value))[0]) if value else None
            if field:
                columns.setdefault(field, place)
        if len(columns) >= 3:
            return index, columns
    raise BusinessException(
        f"{name} has no row of headings. Name the columns, for example: "
        "Invoice number, Invoice date, Seller, Currency, Net, VAT, Gross.",
        code="batch.no_headings",
    )


def _field_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for field in _COLUMNS:
        for labels in (field, *VOCABULARY[field].values()):
            for label in labels.split("|"):
                names.setdefault(fold(label)[0], field)
    return names


_FIELD_OF = _field_names()


def _decimal_mark(sheet: Rows, columns: Mapping[str, int]) -> str | None:
    """What the amounts typed as text put before their cents."""
    places = [place for field, place in columns.items() if field in AMOUNTS]
    return decimal_mark("\n".join(str(row[at]) for row in sheet for at in places if at < len(row)))


def _invoice(
    name: str, values: Sequence[Any], columns: Mapping[str, int], mark: str | None
) -> Invoice:
    fields: dict[str, Field] = {}
    doubts: list[Doubt] = []
    for field, place in columns.items():
        value = values[place] if place < len(values) else None
        if value in (None, ""):
            continue
        text = _text(field, value, mark)
        if text is None:
            wording = say("unreadable", value=value, field=checks.named(field))
            doubts.append(Doubt(field, f"{field}.unreadable", wording))
        else:
            fields[field] = Field(text, 1, None, "table", 0.95, say("typed"))
    doubts += [*checks.missing(fields), *checks.arithmetic(fields)]
    gross = fields.get("gross")
    kind = "381" if gross and gross.value.startswith("-") else "380"
    fields["type"] = Field(kind, 1, None, "table", 0.8, say("sign"))
    doubted = checks.doubted_fields(doubts)
    judged = {key: field.with_trust(key not in doubted) for key, field in fields.items()}
    return Invoice(name, (), judged, doubts=tuple(doubts), trusted=not doubts)


def _text(field: str, value: object, mark: str | None) -> str | None:
    """The value as the contract writes it; None when it is not one of this field."""
    if field in AMOUNTS:
        return _amount(value, mark)
    if field.endswith("_date"):
        return _date(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    return text.replace(" ", "") if field in ("iban", "seller_vat") else text


def _amount(value: object, mark: str | None) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return money(Decimal(str(round(value, 4))))
    text = str(value).strip()
    digits = text.lstrip("-")
    number = parse(digits, mark) if digits[:1].isdigit() and _plain(text) else None
    return None if number is None else money(-number if text.startswith("-") else number)


def _plain(text: str) -> bool:
    return all(char.isdigit() or char in ".,-' " for char in text)


def _date(value: object) -> str | None:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    found = first_date(str(value))
    return found.value.isoformat() if found and found.value and not found.ambiguous else None


def _write(rows: Sequence[BatchRow], path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    if sheet is None:
        sheet = workbook.create_sheet()
    sheet.title = "Result"
    sheet.append(["row", "status", "errors", *_COLUMNS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        invoice = row.invoice
        status = "read" if invoice.trusted else "doubtful"
        errors = "; ".join(doubt.message for doubt in invoice.doubts)
        values = [invoice.fields[name].value if name in invoice.fields else "" for name in _COLUMNS]
        sheet.append([row.row, status, errors, *values])
        sheet.cell(sheet.max_row, 2).fill = _SURE if invoice.trusted else _DOUBTED
    sheet.freeze_panes = "A2"
    workbook.save(path)
