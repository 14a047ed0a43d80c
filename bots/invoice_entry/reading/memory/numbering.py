"""A vendor's invoice numbers: each is new, and they look alike."""

from __future__ import annotations

import re
from dataclasses import replace

from ..invoice import Doubt, Field
from ..wording import say
from .opinion import Opinion
from .printed import Print
from .vendor import VendorMemory

_ENOUGH = 3
"""From so many numbers of a vendor on it is known what its numbers look like."""
_REPEATED = 0.85
"""What is left of a number's confidence when it is not new."""
_UNLIKE = 0.6


def settle(
    memory: VendorMemory,
    printed: Print,
    said: Opinion | None,
    fields: dict[str, Field],
    doubts: list[Doubt],
) -> None:
    """Weigh the number against the vendor's earlier ones. `said` is what stands at the proven
    place; a number that stands there is not asked what it looks like.

    A number that only repeats must have a clear label: whether the invoice is a duplicate, the
    booking finds out.
    """
    number = fields.get("number")
    earlier = [each.values["number"] for each in memory.confirmations if "number" in each.values]
    if number is None or not earlier:
        return
    shapes = {shape_of(each) for each in earlier} if len(earlier) >= _ENOUGH else set()
    unlike = bool(shapes) and shape_of(number.value) not in shapes
    if unlike and number.source == "memory":
        fields["number"] = replace(number, confidence=_UNLIKE)
    if said is not None and said.value == number.value:
        return
    if number.value in earlier:
        reason = number.reason + say("but.repeated")
        fields["number"] = replace(number, confidence=number.confidence * _REPEATED, reason=reason)
    if unlike:
        wording = say("vendor.shape", value=number.value, earlier=earlier[-1])
        doubts.append(Doubt("number", "number.unlike_before", wording))
    elif len(shapes) == 1 and _alone(number.value, printed):
        doubts[:] = [doubt for doubt in doubts if doubt.code != "number.ambiguous"]


def shape_of(number: str) -> str:
    """Runs of letters and digits, and what is between them: `RE-2024/7` is `A-9/9`."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "A", number))


def _alone(number: str, printed: Print) -> bool:
    """Whether nothing else on the pages looks like this number."""
    shape = shape_of(number)
    alike = {one.value for one in printed.values("number") if shape_of(one.value) == shape}
    return alike == {number}
