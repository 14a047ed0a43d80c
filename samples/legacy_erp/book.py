"""The booked invoices, in an SQLite file that both clients write."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from samples.legacy_erp.form import FIELDS, stored

SCHEMA = """
CREATE TABLE IF NOT EXISTS booked_invoices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    erp_number TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    vendor TEXT NOT NULL,
    vendor_vat TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    invoice_date TEXT NOT NULL,
    due_date TEXT NOT NULL,
    currency TEXT NOT NULL,
    net TEXT NOT NULL,
    tax TEXT NOT NULL,
    gross TEXT NOT NULL,
    iban TEXT NOT NULL,
    po_number TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL
)
"""
COLUMNS = tuple(field.column for field in FIELDS)
INSERT = (
    "INSERT INTO booked_invoices (erp_number, entered_by, entered_at, type, vendor, vendor_vat,"
    " invoice_number, invoice_date, due_date, po_number, currency, net, tax, gross, iban)"
    " VALUES (:erp_number, :entered_by, :entered_at, :type, :vendor, :vendor_vat,"
    " :invoice_number, :invoice_date, :due_date, :po_number, :currency, :net, :tax, :gross, :iban)"
)
SEARCH = (
    "SELECT * FROM booked_invoices"
    " WHERE (:number = '' OR fold(invoice_number) = fold(:number))"
    " AND (:vendor = '' OR instr(fold(vendor || ' ' || vendor_vat), fold(:vendor)) > 0)"
    " ORDER BY id"
)
NEXT = "SELECT coalesce(max(id), 0) + 1 FROM booked_invoices"


class Book:
    """The book in one file. Every call is its own transaction; any process may write."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute(SCHEMA)

    def add(self, typed: Mapping[str, str], entered_by: str) -> str:
        """Book what was typed and answer its ERP number. The same invoice twice is two bookings."""
        row = {field.column: stored(field, typed.get(field.column, "")) for field in FIELDS}
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            number = f"ERP-{connection.execute(NEXT).fetchone()[0]:06d}"
            entered_at = datetime.now(UTC).isoformat(timespec="seconds")
            stamp = {"erp_number": number, "entered_by": entered_by, "entered_at": entered_at}
            connection.execute(INSERT, row | stamp)
        return number

    def search(self, vendor: str, number: str) -> list[dict[str, str]]:
        """Bookings of the invoice number whose vendor name or VAT number contains `vendor`."""
        with self._open() as connection:
            terms = {"vendor": vendor.strip(), "number": number.strip()}
            return [_texts(row) for row in connection.execute(SEARCH, terms)]

    def get(self, erp_number: str) -> dict[str, str] | None:
        with self._open() as connection:
            query = "SELECT * FROM booked_invoices WHERE erp_number = ?"
            row = connection.execute(query, (erp_number,)).fetchone()
        return _texts(row) if row else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._file, timeout=10)
        connection.row_factory = sqlite3.Row
        connection.create_function("fold", 1, str.casefold, deterministic=True)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _texts(row: sqlite3.Row) -> dict[str, str]:
    return {column: str(row[column]) for column in row.keys()}  # noqa: SIM118 - a Row iterates values
