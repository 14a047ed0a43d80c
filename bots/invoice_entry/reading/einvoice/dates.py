"""The dates of an e-invoice, which real files write with a time, or of days that never were."""

from __future__ import annotations

import datetime as dt
import re

from lxml import etree

from ..safe_xml import local_name

_OURS = {
    "IssueDateTime": "issue_date",
    "IssueDate": "issue_date",
    "DueDateDateTime": "due_date",
    "DueDate": "due_date",
    "PaymentDueDate": "due_date",
    "OccurrenceDateTime": "delivery_date",
    "ActualDeliveryDate": "delivery_date",
}
_CII = "DateTimeString"
_UBL = re.compile(r"(Date)$")


def tidy(root: etree._Element) -> dict[str, str]:
    """Cut every date to its day, and take out those that no calendar has.

    Gives what was taken out, by our field's name. The tree is changed in place.
    """
    impossible: dict[str, str] = {}
    for element in root.iter("*"):
        name, written = local_name(element), (element.text or "").strip()
        if not written or not (name == _CII or (_UBL.search(name) and not len(element))):
            continue
        element.text = _day(written, "%Y%m%d" if name == _CII else "%Y-%m-%d")
        if element.text is None:
            parent = element.getparent()
            holder = local_name(parent) if name == _CII and parent is not None else name
            if holder in _OURS:
                impossible.setdefault(_OURS[holder], written)
    return impossible


def _day(written: str, style: str) -> str | None:
    digits = re.sub(r"\D", "", written)[:8]
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).strftime(style)
    except ValueError:
        return None
