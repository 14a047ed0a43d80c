"""What a style prints and where: the parts it is made of, and the words it has chosen."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.generator import formats
from samples.generator.content import Invoice
from samples.generator.words import WORDS, Words

LETTERHEADS = {
    "dev": ("left", "right", "centred", "letter"),
    "test": ("footer", "banner", "attended"),
}
FACTS = {
    "dev": ("beside", "under", "inline", "titled", "both"),
    "test": ("row", "spread", "aside", "headline"),
}
TABLES = {"dev": ("plain", "coded"), "test": ("plain", "counted")}
TOTALS = {
    "dev": ("column", "boxed", "rates", "tallied"),
    "test": ("dotted", "strip", "slip", "bilingual"),
}


@dataclass(frozen=True, slots=True)
class Style:
    letterhead: str
    facts: str
    table: str
    totals: str
    writer: str
    face: str
    size: float
    wording: Mapping[str, str]
    """The chosen wording of each label."""
    amount: Callable[[Decimal], str]
    money: Callable[[str], str]
    day: Callable[[date], str]
    colon: str
    notices: tuple[str, ...]
    extras: frozenset[str]
    """Which of due_date, delivery_date, order and customer are printed."""
    scanned: bool

    @property
    def family(self) -> str:
        return f"{self.letterhead}-{self.facts}-{self.totals}"


def style(dice: random.Random, invoice: Invoice, split: str) -> Style:
    words = WORDS[invoice.language]
    extras = ("due_date", "delivery_date", "order", "customer")
    return Style(
        letterhead=dice.choice(LETTERHEADS[split]),
        facts=dice.choice(FACTS[split]),
        table=dice.choice(TABLES[split]),
        totals=dice.choice(TOTALS[split]),
        writer=dice.choice(("reportlab", "fpdf")),
        face=dice.choice(("sans", "sans", "serif", "mono")),
        size=dice.choice((8.0, 9.0, 10.0)),
        wording=_wording(dice, words),
        amount=formats.amounts(dice, invoice.language),
        money=formats.with_currency(dice, invoice.currency),
        day=formats.dates(dice, invoice.language),
        colon=dice.choice(("", ":", " :")),
        notices=tuple(dice.sample(words.legal, dice.randrange(1, len(words.legal) + 1))),
        extras=frozenset(e for e in extras if dice.random() < 0.6),
        scanned=dice.random() < 0.05,
    )


_LABELS = ("title", "number", "issue_date", "due_date", "delivery_date", "order", "customer", "net",
           "tax", "gross", "buyer")  # fmt: skip


def _wording(dice: random.Random, words: Words) -> dict[str, str]:
    return {name: dice.choice(getattr(words, name)) for name in _LABELS}
