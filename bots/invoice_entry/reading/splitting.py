"""Several invoices in one file, and an invoice with papers behind it: which pages belong together.

A new invoice begins where two signs agree: another number, and either a page count that starts
again or sums of its own that add up. One sign alone is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import heading, identifiers
from .amounts import decimal_mark
from .invoice import TRUSTWORTHY, Doubt, Field, Part
from .places import Labelled, labelled
from .totals import totals
from .wording import say
from .words import Page

_OF = r"(?:/|von|of|sur|de|di|van|z|页\s*[,，/]?\s*共)"
_NAMED = re.compile(
    rf"(?:seite|page|blatt|pagina|página|strona|第)\s*:?\s*(\d{{1,3}})\s*{_OF}\s*(\d{{1,3}})", re.I
)
_BARE = re.compile(r"(\d{1,3})\s?/\s?(\d{1,3})")
_EDGE_ROWS = 3


@dataclass(frozen=True)
class _Seen:
    """What one page says of itself: its invoice number, and that it is page `count` of `total`."""

    page: Page
    labels: Sequence[Labelled]
    number: str
    dated: bool
    count: int
    total: int


def parts_of(pages: Sequence[Page]) -> tuple[Sequence[Part], list[Doubt]]:
    """One part for each invoice, without the papers behind it; a doubt where that is unsure.

    Not unsure, and one part, wherever nothing speaks for several.
    """
    seen = [_look(page) for page in pages]
    groups = _groups(seen)
    if len(groups) > 1 and not all(_complete(group) for group in groups):
        numbers = ", ".join(dict.fromkeys(group[0].number for group in groups))
        return [_part(seen)], [
            Doubt(None, "document.several", say("file.several", numbers=numbers))
        ]
    return [_part(_without_papers(group)) for group in groups], []


def within(part: Part, pages: Sequence[Page]) -> Sequence[Page]:
    """The pages of that part."""
    return [page for page in pages if part.first <= page.number <= part.last]


def one_of(parts: Sequence[Part]) -> Doubt:
    """The doubt of whoever takes the first of several invoices for the whole file."""
    where = ", ".join(
        f"{part.first}-{part.last}" if part.last > part.first else str(part.first) for part in parts
    )
    return Doubt(None, "document.one_of_several", say("file.first", count=len(parts), pages=where))


def _look(page: Page) -> _Seen:
    labels = labelled(page)
    number = _best([x for name, x in heading.candidates(page) if name == "number"])
    number = number or _best(list(identifiers.candidates(page, labels, "number")))
    dates = identifiers.candidates(page, labels, "issue_date")
    dated = any(field.confidence >= TRUSTWORTHY for field in dates)
    count, total = next(_counts(page), (0, 0))
    return _Seen(page, labels, number, dated, count, total)


def _best(candidates: Sequence[Field]) -> str:
    sure = [field for field in candidates if field.confidence >= TRUSTWORTHY]
    return max(sure, key=lambda field: field.confidence).value if sure else ""


def _counts(page: Page) -> Iterator[tuple[int, int]]:
    for row in page.rows:
        if match := _NAMED.search(row.text):
            yield int(match[1]), int(match[2])
    for row in (*page.rows[:_EDGE_ROWS], *page.rows[-_EDGE_ROWS:]):
        for cell in row.cells:
            match = _BARE.fullmatch(cell.text.strip())
            if match and 1 <= int(match[1]) <= int(match[2]):
                yield int(match[1]), int(match[2])


def _groups(seen: Sequence[_Seen]) -> list[list[_Seen]]:
    """Runs of pages; a run begins with a number that is not that of the pages before."""
    groups: list[list[_Seen]] = []
    for each in seen:
        if groups and not _begins(each, groups[-1]):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _begins(page: _Seen, before: Sequence[_Seen]) -> bool:
    known = {each.number for each in before} - {""}
    if not page.number or not known or page.number in known or page.count > 1:
        return False
    return page.count == 1 or page.dated


def _complete(group: Sequence[_Seen]) -> bool:
    """Whether these pages are an invoice by themselves: its count is whole, or its sums close."""
    if group[0].count == 1 and len(group) >= group[0].total:
        return True
    mark = decimal_mark("\n".join(each.page.text for each in group))
    return totals([(each.page, each.labels) for each in group], mark).closes


def _without_papers(group: list[_Seen]) -> list[_Seen]:
    """The pages up to where the invoice's own count is full; all where it has none."""
    total = group[0].total
    full = [(each.count, each.total) for each in group[:total]]
    return group[:total] if total and full == [(n, total) for n in range(1, total + 1)] else group


def _part(group: Sequence[_Seen]) -> Part:
    return Part(group[0].page.number, group[-1].page.number)
