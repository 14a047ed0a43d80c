"""Which of the amounts add up best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from ..invoice import AMOUNTS, Field
from ..places import Read
from .beyond import goes_on
from .candidate import Candidate
from .derived import missing_gross, missing_net, missing_tax, no_tax, sum_of_rates, untaxed
from .labelled import candidates
from .rates import fits, rates_at
from .sum_row import with_sum_rows


@dataclass(frozen=True)
class Totals:
    """The chosen amounts; `closes` when net + tax = gross, `rivals` when others would too."""

    fields: dict[str, Field]
    closes: bool
    rivals: bool


def totals(pages: Read, mark: str | None) -> Totals:
    """The best supported net, tax and gross of the document."""
    found = [item for page, labels in pages for item in candidates(page, labels, mark)]
    found += sum_of_rates(found)
    found = with_sum_rows(found, pages, mark) or [*found, *no_tax(found, pages)]
    closing = _ranked(found)
    for missing in (missing_tax, missing_net, missing_gross, untaxed):
        if closing:
            break
        found += missing(found, pages, mark)
        closing = _ranked(found)
    if not closing:
        return Totals(_strongest(found), closes=False, rivals=False)
    best = closing[0]
    fields = {item.role: item.as_field(min(item.strength + 0.04, 0.99)) for item in best}
    rivals = _has_rival(best, closing, pages) or goes_on(best[2], found, pages, mark)
    return Totals(fields, closes=True, rivals=rivals)


def _closing(found: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    by_role = [_distinct(item for item in found if item.role == role) for role in AMOUNTS]
    for net, tax, gross in product(*by_role):
        if net.value + tax.value == gross.value and abs(tax.value) <= abs(net.value):
            yield net, tax, gross


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    best: dict[Decimal, Candidate] = {}
    for item in candidates:
        if item.value not in best or item.strength > best[item.value].strength:
            best[item.value] = item
    return list(best.values())


def _score(triple: tuple[Candidate, ...]) -> float:
    return sum(item.strength for item in triple)


def _ranked(found: Sequence[Candidate]) -> list[tuple[Candidate, ...]]:
    return sorted(_closing(found), key=_score, reverse=True)


def _has_rival(
    best: tuple[Candidate, ...],
    closing: Sequence[tuple[Candidate, ...]],
    pages: Read,
) -> bool:
    values = [item.value for item in best]
    net, tax, _ = best
    taxed = tax.value != 0 and fits(net.value, tax.value, rates_at(pages, tax))
    return any(
        _score(other) > _score(best) - 0.15
        and [item.value for item in other] != values
        # A zero printed somewhere is no rival of a tax that its rate proves.
        and not (taxed and other[1].value == 0 and other[2].value in (best[0].value, best[2].value))
        for other in closing[1:]
    )


def _strongest(found: Sequence[Candidate]) -> dict[str, Field]:
    fields = {}
    for role in AMOUNTS:
        own = sorted(
            (item for item in found if item.role == role),
            key=lambda item: item.strength,
            reverse=True,
        )
        if own:
            fields[role] = own[0].as_field(min(own[0].strength, 0.7))
    return fields
