"""The learning curve: how many invoices pass by themselves, the more of a vendor were seen."""

from dataclasses import dataclass

from orchestrator.store.sql import execute
from orchestrator.store.unit import Unit

MANY = 8
"""From so many earlier invoices on all are counted together."""


@dataclass(frozen=True, slots=True)
class Point:
    """Of the invoices that had so many of their vendor before them (the last point: or more)."""

    seen: int
    invoices: int
    straight_through: int


def learning_curve(unit: Unit, vendor_key: int | None = None) -> list[Point]:
    """Of one vendor, or of all."""
    rows = execute(unit, "vendor_curve", vendor=vendor_key, many=MANY)
    return [Point(row.seen, row.invoices, row.straight_through) for row in rows]
