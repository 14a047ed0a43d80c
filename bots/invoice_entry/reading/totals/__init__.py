"""Net, tax and gross: the labelled amounts that add up."""

from .choosing import Totals, totals

__all__ = ["Totals", "totals"]
