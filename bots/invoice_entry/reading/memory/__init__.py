"""Vendor memory: what confirmed invoices of a vendor teach the reading of its next one."""

from .evidence import weigh, weigh_items
from .learning import learn
from .signs import belongs_to, recognise, signs_of, signs_on
from .summary import summary
from .vendor import Confirmation, VendorMemory

__all__ = [
    "Confirmation",
    "VendorMemory",
    "belongs_to",
    "learn",
    "recognise",
    "signs_of",
    "signs_on",
    "summary",
    "weigh",
    "weigh_items",
]
