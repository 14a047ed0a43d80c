"""Chinese invoices (发票) that are data: XML of the tax bureau, and OFD documents."""

from .data import is_fapiao, read_root
from .ofd import read_ofd

__all__ = ["is_fapiao", "read_ofd", "read_root"]
