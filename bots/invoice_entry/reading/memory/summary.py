"""What a vendor's memory believes, for people to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from .printed import PLACED
from .vendor import Standing, VendorMemory

_CONSTANTS = ("seller", "currency", "iban")


def summary(memory: VendorMemory) -> dict[str, Any]:
    """Each place, each unchanging value and each table of items with how it stands, and the agreed
    formats."""
    return {
        "places": list(_places(memory)),
        "values": list(_values(memory)),
        "items": [
            {**asdict(table), **_as_json(standing)} for table, standing in memory.item_tables()
        ],
        "formats": asdict(memory.formats),
    }


def _places(memory: VendorMemory) -> Iterator[dict[str, Any]]:
    for name in PLACED:
        for place, standing in memory.places(name):
            yield {"field": name, **place.as_json(), **_as_json(standing)}


def _values(memory: VendorMemory) -> Iterator[dict[str, Any]]:
    for name in _CONSTANTS:
        for value, standing in memory.values(name).items():
            yield {"field": name, "value": value, **_as_json(standing)}


def _as_json(standing: Standing) -> dict[str, Any]:
    return {**asdict(standing), "proven": standing.proven}
