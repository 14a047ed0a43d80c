"""Reference data: the vendor master and the purchase orders, kept as workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from rapidfuzz import fuzz, process, utils
from robocorp.workitems import ApplicationException

from .record import Record

_NAME_SCORE = 92
_TRUE = ("1", "true", "yes", "y", "x", "ja", "oui", "是")


@dataclass(frozen=True)
class Vendor:
    """A row of vendors.xlsx; VAT id and IBAN without spaces, empty when the cell is."""

    vendor_id: str
    name: str
    vat_id: str
    iban: str
    country: str
    blocked: bool
    group: str = ""
    """Vendors whose error budget is one; a column that may be left out."""


@dataclass(frozen=True)
class Order:
    """A row of purchase_orders.xlsx."""

    po_number: str
    vendor_id: str
    currency: str
    net_amount: Decimal
    open_amount: Decimal


@dataclass(frozen=True)
class Reference:
    """Both tables, and how an invoice finds its row in them."""

    vendors: Sequence[Vendor]
    orders: Mapping[str, Order]

    def vendor_of(self, record: Record) -> Vendor | None:
        """The vendor with the invoice's VAT id, else the one whose name is as good as the same."""
        vat_id = (record.text("seller_vat") or "").upper()
        for vendor in self.vendors:
            if vat_id and vendor.vat_id == vat_id:
                return vendor
        return self._vendor_named(record.text("seller") or "")

    def proves(self, vendor: Vendor, record: Record) -> bool:
        """Whether two independent signs say that it is this vendor; the name alone is enough for
        one of whom the master knows nothing else."""
        named = self._vendor_named(record.text("seller") or "") is vendor
        signs = [
            bool(known) and known == (record.text(field) or "").replace(" ", "").upper()
            for field, known in (("seller_vat", vendor.vat_id), ("iban", vendor.iban))
        ]
        return sum((named, *signs)) > 1 or (named and not vendor.vat_id and not vendor.iban)

    def _vendor_named(self, name: str) -> Vendor | None:
        found = process.extractOne(
            name,
            [vendor.name for vendor in self.vendors],
            scorer=fuzz.token_sort_ratio,
            processor=utils.default_process,
            score_cutoff=_NAME_SCORE,
        )
        return self.vendors[found[2]] if found else None


def load(folder: Path) -> Reference:
    """The reference data of a folder; ApplicationException `reference.*` when it cannot be read.
    Without a workbook of orders there are none."""
    vendors = [_vendor(row) for row in _rows(folder / "vendors.xlsx", Vendor)]
    placed = folder / "purchase_orders.xlsx"
    orders = map(_order, _rows(placed, Order) if placed.exists() else ())
    return Reference(vendors, {order.po_number: order for order in orders})


def _vendor(row: Mapping[str, str]) -> Vendor:
    return Vendor(
        vendor_id=row["vendor_id"],
        name=row["name"],
        vat_id=_code(row["vat_id"]),
        iban=_code(row["iban"]),
        country=row["country"],
        blocked=row["blocked"].lower() in _TRUE,
        group=row.get("group", ""),
    )


def _order(row: Mapping[str, str]) -> Order:
    try:
        net = Decimal(row["net_amount"] or "0")
        still_open = Decimal(row["open_amount"]) if row["open_amount"] else net
    except InvalidOperation as error:
        raise ApplicationException(
            f"An amount of the order {row['po_number']} in purchase_orders.xlsx is no number.",
            code="reference.amount",
        ) from error
    return Order(row["po_number"], row["vendor_id"], row["currency"].upper(), net, still_open)


def _rows(path: Path, shape: type[Vendor] | type[Order]) -> Iterator[dict[str, str]]:
    """The rows below the headings, as text by heading."""
    headings, *rows = _cells(path) or [()]
    names = [_cell(value).lower() for value in headings]
    missing = {f.name for f in fields(shape) if f.default is MISSING} - set(names)
    if missing:
        raise ApplicationException(
            f"{path.name} lacks the columns {', '.join(sorted(missing))}.",
            code="reference.columns",
        )
    for row in rows:
        if any(value is not None for value in row):
            yield dict(zip(names, map(_cell, row), strict=False))


def _cells(path: Path) -> list[tuple[object, ...]]:
    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as workbook:
            return list(workbook.worksheets[0].iter_rows(values_only=True))
    except (OSError, BadZipFile, KeyError) as error:
        raise ApplicationException(
            f"The reference data {path.name} cannot be read from {path.parent}. "
            "DESKHAND_REFERENCE_DIR names the folder that holds it.",
            code="reference.unreadable",
        ) from error


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _code(text: str) -> str:
    return "".join(text.split()).upper()
