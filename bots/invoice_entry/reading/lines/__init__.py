"""The item table: the rows below its heading whose amounts add up to a printed sum."""

from .reading import read_lines

__all__ = ["read_lines"]
