"""The item table: the rows below its heading whose amounts add up to a printed sum."""

from .closing import closing_column
from .heading import is_heading, names_item
from .item import items
from .reading import read_lines
from .table import find_table

__all__ = ["closing_column", "find_table", "is_heading", "items", "names_item", "read_lines"]
