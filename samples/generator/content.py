"""What a random invoice says. The same seed and number give the same invoice."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from samples.generator.words import CHINESE_NAMES, NAMES, WORDS

CENT = Decimal("0.01")
CURRENCIES = {"de": ("EUR", "CHF"), "en": ("GBP", "USD", "EUR"), "zh": ("CNY",), "pl": ("PLN",)}
RATES = {"de": ("19", "7"), "en": ("20", "5"), "fr": ("20", "5.5"), "es": ("21", "10"),
         "it": ("22", "10"), "nl": ("21", "9"), "pl": ("23", "8"), "zh": ("13", "6")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    quantity: Decimal
    price: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Invoice:
    """`taxes` are (rate, amount), in percent; none under reverse charge."""

    language: str
    number: str
    shape: int
    """Which of the ways to number invoices the vendor has."""
    issued: date
    due: date
    delivered: date
    order: str
    customer: str
    seller: tuple[str, str, str]
    buyer: tuple[str, str, str]
    currency: str
    iban: str
    lines: tuple[Line, ...]
    net: Decimal
    taxes: tuple[tuple[str, Decimal], ...]
    gross: Decimal

    @property
    def tax(self) -> Decimal:
        return sum((amount for _, amount in self.taxes), Decimal("0.00"))


def invoice(dice: random.Random, language: str | None = None) -> Invoice:
    """An invoice of a vendor of its own, in the language, or in any."""
    language = language or dice.choice(sorted(WORDS))
    issued = date(2023, 1, 1) + timedelta(days=dice.randrange(1200))
    lines = tuple(_line(dice, language) for _ in range(dice.choice((1, 2, 3, 5, 8, 14, 40))))
    net = sum((line.amount for line in lines), Decimal("0.00"))
    taxes = _taxes(dice, language, lines)
    shape, number = dice.choice(list(enumerate(_numbers(dice, issued))))
    return Invoice(
        language=language,
        number=number,
        shape=shape,
        issued=issued,
        due=issued + timedelta(days=dice.choice((10, 14, 30, 45))),
        delivered=issued - timedelta(days=dice.randrange(1, 20)),
        order=f"{dice.choice(('PO-', '45', 'B'))}{dice.randrange(10**6, 10**7)}",
        customer=str(dice.randrange(10_000, 99_999)),
        seller=_party(dice, language),
        buyer=_party(dice, language),
        currency=dice.choice(CURRENCIES.get(language, ("EUR",))),
        iban=f"DE{dice.randrange(10, 99)}{dice.randrange(10**17, 10**18)}",
        lines=lines,
        net=net,
        taxes=taxes,
        gross=net + sum((amount for _, amount in taxes), Decimal(0)),
    )


def _line(dice: random.Random, language: str) -> Line:
    quantity = Decimal(dice.randrange(1, 40))
    price = (Decimal(dice.randrange(150, 90_000)) / 100).quantize(CENT)
    return Line(dice.choice(WORDS[language].items), quantity, price, quantity * price)


def _taxes(
    dice: random.Random, language: str, lines: tuple[Line, ...]
) -> tuple[tuple[str, Decimal], ...]:
    if dice.random() < 0.06:
        return ()
    standard, reduced = RATES[language]
    split = len(lines) > 1 and dice.random() < 0.25
    parts = {standard: lines[:-1], reduced: lines[-1:]} if split else {standard: lines}
    return tuple(
        (rate, _rounded(sum((x.amount for x in part), Decimal(0)) * Decimal(rate) / 100))
        for rate, part in parts.items()
    )


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def another(dice: random.Random, first: Invoice) -> Invoice:
    """One more invoice of the vendor of `first`."""
    new = invoice(dice, first.language)
    return replace(
        new,
        number=_numbers(dice, new.issued)[first.shape],
        shape=first.shape,
        seller=first.seller,
        currency=first.currency,
        iban=first.iban,
    )


def _numbers(dice: random.Random, issued: date) -> tuple[str, ...]:
    """One new number, as vendors shape theirs."""
    serial = dice.randrange(1, 99_999)
    return (
        f"{issued.year}-{serial:05}",
        f"RE{serial:06}",
        f"{serial:08}",
        f"INV-{issued:%y}{serial:04}",
        f"{issued:%Y%m}/{serial}",
        f"F{issued:%y}.{serial:05}",
        f"{serial}",
        f"{issued.year}{serial:05}",
    )


def _party(dice: random.Random, language: str) -> tuple[str, str, str]:
    words = WORDS[language]
    town = f"{dice.randrange(10_000, 99_999)} {dice.choice(NAMES)}stadt"
    if language == "zh":
        name = dice.choice(CHINESE_NAMES) + dice.choice(("科技", "贸易", "办公用品"))
        return (
            name + dice.choice(words.forms),
            f"{dice.choice(words.streets)}100号",
            "200120 上海",
        )
    name = f"{dice.choice(NAMES)} {dice.choice(NAMES)} {dice.choice(words.forms)}"
    return (name, f"{dice.choice(words.streets)} {dice.randrange(1, 200)}", town)
