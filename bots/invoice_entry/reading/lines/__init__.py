"""The item table: the rows below its heading whose amounts add up to a printed sum."""

from .heading import is_heading
from .reading import read_lines

__all__ = ["is_heading", "read_lines"]
