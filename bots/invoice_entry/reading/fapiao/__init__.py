"""Chinese invoices (发票): XML of the tax bureau, OFD documents, and what only they print."""

from .data import is_fapiao, read_root
from .ofd import read_ofd
from .printed import doubts_of, fields_on

__all__ = ["doubts_of", "fields_on", "is_fapiao", "read_ofd", "read_root"]
